#pragma once

#include <QWidget>

#include <vector>

namespace s1::ui {

// The loss of every step so far, faint, and its running mean, which is what to look at.
class LossCurve : public QWidget {
    Q_OBJECT

public:
    explicit LossCurve(QWidget* parent = nullptr);

    void setLosses(std::vector<double> losses, int steps); // steps: of the whole run
    QSize sizeHint() const override { return {280, 130}; }
    QSize minimumSizeHint() const override { return {160, 80}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<double> m_losses;
    std::vector<double> m_smooth;
    int m_steps = 0;
};

} // namespace s1::ui
