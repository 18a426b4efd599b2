#include "widgets/clip_thumbnail.h"

#include "viewers/clip_image.h"
#include "viewers/playback_clock.h"
#include "widgets/themed_icon.h"

#include <QPainter>
#include <QPainterPath>

namespace s1::ui {

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

void ClipThumbnail::setIcon(const QString& icon) {
    m_icon = icon;
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
    QPainterPath shape;
    shape.addRoundedRect(QRectF(rect()), 7, 7);
    painter.setClipPath(shape);
    painter.fillPath(shape, palette().color(QPalette::Dark));
    if (m_image.isNull()) {
        const int side = qMin(height() * 2 / 5, fontMetrics().height() * 2);
        QRect icon(0, 0, side, side);
        icon.moveCenter(rect().center());
        painter.setOpacity(0.45);
        themedIcon(m_icon, QPalette::PlaceholderText).paint(&painter, icon);
        return;
    }
    QSizeF size = m_image.size();
    size.scale(QSizeF(this->size()), m_fitted ? Qt::KeepAspectRatio : Qt::KeepAspectRatioByExpanding);
    painter.drawImage(QRectF(QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size), m_image);
}

} // namespace s1::ui
