#pragma once

#include "slice/slice.h"

#include <QImage>
#include <QLineF>

#include <optional>

namespace s1::ui {

struct ClipSlice {
    QImage image; // one row per frame; null without a clip
    std::optional<SliceNumbers> numbers;
};

// line: shares of width and height.
ClipSlice sliceClip(const ClipPtr& clip, const QLineF& line);

} // namespace s1::ui
