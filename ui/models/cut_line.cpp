#include "models/cut_line.h"

#include <algorithm>

namespace s1::ui {

void CutLine::setKind(Kind kind) {
    if (kind == m_kind)
        return;
    const QPointF middle = m_line.center();
    m_kind = kind;
    if (kind == Kind::Horizontal)
        m_line = {0, middle.y(), 1, middle.y()};
    else if (kind == Kind::Vertical)
        m_line = {middle.x(), 0, middle.x(), 1};
    Q_EMIT kindChanged();
    Q_EMIT changed();
}

void CutLine::setVisible(bool visible) {
    if (visible == m_visible)
        return;
    m_visible = visible;
    Q_EMIT visibleChanged(visible);
    Q_EMIT changed();
}

void CutLine::moveBy(QPointF offset) {
    const auto [left, right] = std::minmax({m_line.x1(), m_line.x2()});
    const auto [top, bottom] = std::minmax({m_line.y1(), m_line.y2()});
    const double x = m_kind == Kind::Horizontal ? 0 : std::clamp(offset.x(), -left, 1 - right);
    const double y = m_kind == Kind::Vertical ? 0 : std::clamp(offset.y(), -top, 1 - bottom);
    m_line.translate(x, y);
    Q_EMIT changed();
}

void CutLine::moveEnd(int end, QPointF to) {
    const QPointF inside(std::clamp(to.x(), 0.0, 1.0), std::clamp(to.y(), 0.0, 1.0));
    QLineF line = m_line;
    end == 0 ? line.setP1(inside) : line.setP2(inside);
    if (line.length() < 0.02)
        return; // a point has no slice
    m_line = line;
    if (m_kind != Kind::Free) {
        m_kind = Kind::Free;
        Q_EMIT kindChanged();
    }
    Q_EMIT changed();
}

} // namespace s1::ui
