#pragma once

#include <QPointF>
#include <QRectF>
#include <QTransform>

class QPainter;
class QPalette;

namespace s1::ui {

class CutLine;

// The slice line on a picture: painted, and dragged by its body (moves) or its ends (rotates).
class SliceHandles {
public:
    explicit SliceHandles(CutLine& line) : m_line(line) {}

    // picture: where the picture lies in the widget.
    void paint(QPainter& painter, const QRectF& picture, const QPalette& palette) const;
    Qt::CursorShape cursorAt(QPointF position, const QRectF& picture) const; // ArrowCursor: nothing to grab
    bool press(QPointF position, const QRectF& picture);                     // true when it took hold
    void drag(QPointF position, const QRectF& picture);
    void release() { m_grip = Grip::None; }
    bool isHeld() const { return m_grip != Grip::None; }

private:
    enum class Grip { None, Body, Start, End };

    Grip gripAt(QPointF position, const QRectF& picture) const;

    CutLine& m_line;
    Grip m_grip = Grip::None;
    QPointF m_last;
};

} // namespace s1::ui
