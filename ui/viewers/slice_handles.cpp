#include "viewers/slice_handles.h"

#include "models/cut_line.h"

#include <QPainter>
#include <QPalette>

#include <cmath>

namespace s1::ui {

namespace {

constexpr double kReach = 9; // px around the line that grab it
constexpr double kHandleRadius = 5.5;
constexpr double kHandleInset = 14; // keeps the end handles of a full-width line inside the picture

QPointF toWidget(QPointF share, const QRectF& picture) {
    return {picture.x() + share.x() * picture.width(), picture.y() + share.y() * picture.height()};
}

QPointF toShare(QPointF position, const QRectF& picture) {
    return {(position.x() - picture.x()) / picture.width(), (position.y() - picture.y()) / picture.height()};
}

QLineF widgetLine(const CutLine& line, const QRectF& picture) {
    return {toWidget(line.line().p1(), picture), toWidget(line.line().p2(), picture)};
}

QPointF handle(const QLineF& line, int end) {
    const double inset = std::min(kHandleInset, line.length() / 4);
    return line.pointAt(end == 0 ? inset / line.length() : 1 - inset / line.length());
}

double distance(QPointF point, const QLineF& line) {
    const QPointF along = line.p2() - line.p1();
    const double squared = QPointF::dotProduct(along, along);
    const double share =
        squared > 0 ? std::clamp(QPointF::dotProduct(point - line.p1(), along) / squared, 0.0, 1.0) : 0;
    return QLineF(point, line.pointAt(share)).length();
}

} // namespace

void SliceHandles::paint(QPainter& painter, const QRectF& picture, const QPalette& palette) const {
    if (!m_line.isVisible() || picture.isEmpty())
        return;
    const QLineF line = widgetLine(m_line, picture);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    // White on a dark halo: seen on every picture.
    painter.setPen(QPen(QColor(0, 0, 0, 110), 3.5, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(line);
    painter.setPen(QPen(Qt::white, 1.5, Qt::CustomDashLine, Qt::FlatCap));
    QPen dashes(Qt::white, 1.5);
    dashes.setDashPattern({5, 3});
    painter.setPen(dashes);
    painter.drawLine(line);
    painter.setPen(QPen(Qt::white, 2));
    painter.setBrush(palette.color(QPalette::Highlight));
    for (const int end : {0, 1})
        painter.drawEllipse(handle(line, end), kHandleRadius, kHandleRadius);
    painter.restore();
}

SliceHandles::Grip SliceHandles::gripAt(QPointF position, const QRectF& picture) const {
    if (!m_line.isVisible() || picture.isEmpty())
        return Grip::None;
    const QLineF line = widgetLine(m_line, picture);
    if (QLineF(position, handle(line, 0)).length() <= kReach)
        return Grip::Start;
    if (QLineF(position, handle(line, 1)).length() <= kReach)
        return Grip::End;
    return distance(position, line) <= kReach ? Grip::Body : Grip::None;
}

Qt::CursorShape SliceHandles::cursorAt(QPointF position, const QRectF& picture) const {
    switch (gripAt(position, picture)) {
    case Grip::None:
        return Qt::ArrowCursor;
    case Grip::Start:
    case Grip::End:
        return Qt::PointingHandCursor;
    case Grip::Body:
        break;
    }
    switch (m_line.kind()) {
    case CutLine::Kind::Horizontal:
        return Qt::SplitVCursor;
    case CutLine::Kind::Vertical:
        return Qt::SplitHCursor;
    case CutLine::Kind::Free:
        break;
    }
    return Qt::SizeAllCursor;
}

bool SliceHandles::press(QPointF position, const QRectF& picture) {
    m_grip = gripAt(position, picture);
    m_last = toShare(position, picture);
    return isHeld();
}

void SliceHandles::drag(QPointF position, const QRectF& picture) {
    if (!isHeld() || picture.isEmpty())
        return;
    const QPointF now = toShare(position, picture);
    if (m_grip == Grip::Body)
        m_line.moveBy(now - m_last);
    else
        m_line.moveEnd(m_grip == Grip::Start ? 0 : 1, now);
    m_last = now;
}

} // namespace s1::ui
