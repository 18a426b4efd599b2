#pragma once

#include "media/clip.h"

#include <QImage>

namespace s1::ui {

// A frame as an image, ready to paint. Index is clamped; null without a frame.
QImage clipImage(const ClipPtr& clip, int frame);
QImage toImage(const Frame& frame);

} // namespace s1::ui
