#include "widgets/clip_thumbnail.h"

#include "viewers/clip_image.h"
#include "viewers/playback_clock.h"
#include "widgets/themed_icon.h"

#include <QPainter>
#include <QPainterPath>

namespace s1::ui {

namespace {
constexpr double kRadius = 7;
} // namespace

ClipThumbnail::ClipThumbnail(const PlaybackClock* clock, QWidget* parent) : QWidget(parent), m_clock(clock) {
    if (clock)
        connect(clock, &PlaybackClock::frameChanged, this, &ClipThumbnail::showFrame);
}

void ClipThumbnail::setClip(ClipPtr clip) {
    m_clip = std::move(clip);
    m_shown = -1;
    m_image = {};
    showFrame(m_clock ? m_clock->frame() : 0);
    update();
}

void ClipThumbnail::setPlaceholder(const QString& icon, const QString& text) {
    m_icon = icon;
    m_text = text;
    update();
}

void ClipThumbnail::setFitted(bool fitted) {
    m_fitted = fitted;
    update();
}

void ClipThumbnail::showFrame(int tick) {
    if (!m_clip || m_clip->frames.empty())
        return;
    const int frame = tick % m_clip->frameCount();
    if (frame == m_shown)
        return;
    m_shown = frame;
    m_image = clipImage(m_clip, frame);
    update();
}

void ClipThumbnail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    QSizeF size = m_image.size();
    size.scale(QSizeF(this->size()), m_fitted ? Qt::KeepAspectRatio : Qt::KeepAspectRatioByExpanding);
    const QRectF picture(QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size);
    QPainterPath shape; // a fitted picture is its own card, as in the viewer
    shape.addRoundedRect(m_image.isNull() ? QRectF(rect()) : picture & QRectF(rect()), kRadius, kRadius);
    painter.setClipPath(shape);
    if (m_image.isNull()) {
        painter.fillPath(shape, palette().color(QPalette::Dark));
        paintPlaceholder(painter);
        return;
    }
    painter.drawImage(picture, m_image);
}

void ClipThumbnail::paintPlaceholder(QPainter& painter) {
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    painter.setFont(small);
    const QRect room = rect().adjusted(12, 6, -12, -6);
    const int wrap = Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap;
    QRect text = m_text.isEmpty() ? QRect() : painter.fontMetrics().boundingRect(room, wrap, m_text);
    const int side = qMin(height() * 2 / 5, fontMetrics().height() * 3 / 2);
    const int gap = fontMetrics().height() / 2;
    const bool both = !text.isEmpty() && side + gap + text.height() <= room.height();
    const int top = room.center().y() - (both ? side + gap + text.height() : side) / 2;
    painter.setOpacity(0.55);
    themedIcon(m_icon, QPalette::PlaceholderText).paint(&painter, QRect((width() - side) / 2, top, side, side));
    if (!both)
        return; // the tool tip says it
    painter.setOpacity(1);
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(QRect(room.x(), top + side + gap, room.width(), text.height() + 2), wrap, m_text);
}

} // namespace s1::ui
