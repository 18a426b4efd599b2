#pragma once

#include "media/clip.h"

#include <QImage>
#include <QWidget>

namespace s1::ui {

class PlaybackClock;

// A small moving picture. All thumbnails of a window share one clock, which only counts.
class ClipThumbnail : public QWidget {
    Q_OBJECT

public:
    explicit ClipThumbnail(const PlaybackClock* clock, QWidget* parent = nullptr); // null clock: stands still

    void setClip(ClipPtr clip);
    void setPlaceholder(const QString& icon, const QString& text = {}); // shown while there is no clip
    void setFitted(bool fitted); // the whole picture, instead of filling the widget with its middle
    void showFrame(int tick);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return width * 9 / 16; }
    QSize sizeHint() const override { return {160, 90}; }
    QSize minimumSizeHint() const override { return {34, 22}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintPlaceholder(QPainter& painter);

    const PlaybackClock* m_clock;
    ClipPtr m_clip;
    int m_shown = -1;
    QImage m_image;
    QString m_icon;
    QString m_text;
    bool m_fitted = false;
};

} // namespace s1::ui
