#include "viewers/clip_image.h"

#include <algorithm>

namespace s1::ui {

QImage toImage(const Frame& frame) {
    if (frame.width <= 0 || frame.height <= 0 ||
        frame.rgb.size() < static_cast<std::size_t>(frame.width) * frame.height * 3)
        return {};
    const QImage view(frame.rgb.data(), frame.width, frame.height, frame.width * 3, QImage::Format_RGB888);
    return view.convertToFormat(QImage::Format_RGB32); // also the copy that outlives the frame
}

QImage clipImage(const ClipPtr& clip, int frame) {
    if (!clip || clip->frames.empty())
        return {};
    return toImage(clip->frames[static_cast<std::size_t>(std::clamp(frame, 0, clip->frameCount() - 1))]);
}

} // namespace s1::ui
