#pragma once

#include <QImage>
#include <QWidget>

namespace s1::ui {

// The slice: along the line to the right, time downwards, with a cursor at the frame on show. Click to seek.
class SliceView : public QWidget {
    Q_OBJECT

public:
    explicit SliceView(QWidget* parent = nullptr);

    void setSlice(QImage slice); // one row per frame; null: nothing to show
    void setCursorRow(int row);
    const QImage& slice() const { return m_slice; }
    int cursorRow() const { return m_row; }

    QSize sizeHint() const override { return {240, 240}; }
    QSize minimumSizeHint() const override { return {140, 90}; }

Q_SIGNALS:
    void rowPicked(int row);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    void pick(double y);

    QImage m_slice;
    int m_row = 0;
};

} // namespace s1::ui
