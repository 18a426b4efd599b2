#include "panels/slice_view.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace s1::ui {

SliceView::SliceView(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Slice picture"));
    setAccessibleDescription(tr("What lies under the slice line, one row per frame, time downwards"));
    setToolTip(tr("One row per frame, time downwards. A moving edge is a slanted streak, flicker a horizontal band, "
                  "noise is speckle. Click to go to a frame."));
}

void SliceView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    // Taller than this, single frames look like bars and streaks lose their slope.
    setMaximumHeight(width() * 11 / 5);
}

void SliceView::setSlice(QImage slice) {
    m_slice = std::move(slice);
    update();
}

void SliceView::setCursorRow(int row) {
    if (row == m_row)
        return;
    m_row = row;
    update();
}

void SliceView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(QRectF(rect()), 8, 8);
    painter.fillPath(shape, palette().color(QPalette::Dark));
    if (m_slice.isNull()) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect().adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Time along the slice line appears here as soon as there is a clip."));
        return;
    }
    painter.setClipPath(shape);
    // Smooth along the line, but every frame keeps its own row: rows that blend would hide what is looked for.
    const int across = std::max(1, qRound(width() * devicePixelRatioF()));
    const QImage smooth = m_slice.scaled(across, m_slice.height(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    painter.drawImage(QRectF(rect()), smooth);
    const double row = static_cast<double>(height()) / m_slice.height();
    const double y = (std::clamp(m_row, 0, m_slice.height() - 1) + 0.5) * row;
    painter.setPen(QPen(QColor(0, 0, 0, 110), 3.5));
    painter.drawLine(QPointF(0, y), QPointF(width(), y));
    painter.setPen(QPen(Qt::white, 1.5));
    painter.drawLine(QPointF(0, y), QPointF(width(), y));
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(QPalette::Highlight));
    painter.drawEllipse(QPointF(0, y), 4, 4);
    painter.drawEllipse(QPointF(width(), y), 4, 4);
}

void SliceView::mousePressEvent(QMouseEvent* event) {
    pick(event->position().y());
}

void SliceView::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton)
        pick(event->position().y());
}

void SliceView::pick(double y) {
    if (!m_slice.isNull() && height() > 0)
        Q_EMIT rowPicked(std::clamp(static_cast<int>(y / height() * m_slice.height()), 0, m_slice.height() - 1));
}

} // namespace s1::ui
