#pragma once

#include "media/clip.h"

#include <QImage>
#include <QLineF>

#include <optional>

namespace s1::ui {

// motion-and-quality.md 2.3
struct SliceNumbers {
    double coherence = 0;
    double flicker = 0;
    double highFrequency = 0;
    double roughness = 0;
};

struct ClipSlice {
    QImage image; // one row per frame; null without a clip
    std::optional<SliceNumbers> numbers;
};

// line: shares of width and height.
ClipSlice sliceClip(const ClipPtr& clip, const QLineF& line);

} // namespace s1::ui
