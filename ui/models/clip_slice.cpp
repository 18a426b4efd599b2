#include "models/clip_slice.h"

#include "viewers/clip_image.h"

namespace s1::ui {

ClipSlice sliceClip(const ClipPtr& clip, const QLineF& line) {
    if (!clip || clip->frames.empty())
        return {};
    const Frame slice = sliceOf(*clip, SliceLine{line.x1(), line.y1(), line.x2(), line.y2()});
    return {toImage(slice), measureSlice(slice)};
}

} // namespace s1::ui
