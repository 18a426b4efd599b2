#pragma once

#include <QWidget>

namespace s1::ui {

// Lies over the window during a drag and says what the drop will do.
class DropVeil : public QWidget {
    Q_OBJECT

public:
    explicit DropVeil(QWidget* parent);

    void say(const QString& title, const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_title;
    QString m_text;
};

} // namespace s1::ui
