#pragma once

#include <QLineF>
#include <QObject>
#include <QPointF>

namespace s1::ui {

// The line a clip is cut along, shared by the picture (which drags it) and the slice panel (which shows the cut).
// Ends are shares of the picture's width and height, so a line fits every stage's size.
class CutLine : public QObject {
    Q_OBJECT

public:
    enum class Kind { Horizontal, Vertical, Free };

    using QObject::QObject;

    Kind kind() const { return m_kind; }
    QLineF line() const { return m_line; }
    bool isVisible() const { return m_visible; }

    void setKind(Kind kind); // keeps the line's middle
    void setVisible(bool visible);
    void moveBy(QPointF offset);       // stays inside; horizontal and vertical lines keep their direction
    void moveEnd(int end, QPointF to); // 0 or 1; makes the line free

Q_SIGNALS:
    void changed();
    void kindChanged();
    void visibleChanged(bool visible);

private:
    Kind m_kind = Kind::Horizontal;
    QLineF m_line{0, 0.5, 1, 0.5};
    bool m_visible = true;
};

} // namespace s1::ui
