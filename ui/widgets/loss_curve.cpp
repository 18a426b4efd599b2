#include "widgets/loss_curve.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace s1::ui {

LossCurve::LossCurve(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Loss curve"));
}

void LossCurve::setLosses(std::vector<double> losses, int steps) {
    m_losses = std::move(losses);
    std::erase_if(m_losses, [](double loss) { return !std::isfinite(loss); });
    m_steps = std::max(steps, static_cast<int>(m_losses.size()));
    m_smooth.clear();
    for (const double loss : m_losses)
        m_smooth.push_back(m_smooth.empty() ? loss : m_smooth.back() * 0.9 + loss * 0.1);
    setAccessibleDescription(m_smooth.empty() ? QString()
                                              : tr("Loss %1").arg(locale().toString(m_smooth.back(), 'g', 3)));
    update();
}

void LossCurve::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(QPalette::AlternateBase));
    painter.drawRoundedRect(rect(), 8, 8);
    const QColor quiet = palette().color(QPalette::PlaceholderText);
    if (m_losses.empty()) {
        painter.setPen(quiet);
        painter.drawText(rect(), Qt::AlignCenter, tr("The loss appears here while it learns"));
        return;
    }
    const QRectF area = QRectF(rect()).adjusted(12, 12, -12, -12);
    const double top = std::max(*std::max_element(m_losses.begin(), m_losses.end()), 1e-9);
    const auto path = [&](const std::vector<double>& values) {
        QPainterPath curve;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double x = area.left() + area.width() * static_cast<double>(i) / std::max(1, m_steps - 1);
            const QPointF point(x, area.bottom() - area.height() * values[i] / top);
            i == 0 ? curve.moveTo(point) : curve.lineTo(point);
        }
        return curve;
    };
    painter.setPen(QPen(palette().color(QPalette::Mid), 1));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    painter.setBrush(Qt::NoBrush);
    QColor faint = palette().color(QPalette::Link);
    faint.setAlphaF(0.3F);
    painter.setPen(QPen(faint, 1));
    painter.drawPath(path(m_losses));
    painter.setPen(QPen(palette().color(QPalette::Link), 2));
    painter.drawPath(path(m_smooth));
    painter.setPen(quiet);
    painter.drawText(area, Qt::AlignTop | Qt::AlignRight | Qt::AlignAbsolute, // where the curve is low in every script
                     tr("loss %1").arg(locale().toString(m_smooth.back(), 'g', 3)));
}

} // namespace s1::ui
