#include "models/clip_slice.h"

#include <algorithm>
#include <cmath>

namespace s1::ui {

namespace {

int sample(const Frame& frame, double x, double y, int channel) {
    const int x0 = std::clamp(static_cast<int>(x), 0, frame.width - 1);
    const int y0 = std::clamp(static_cast<int>(y), 0, frame.height - 1);
    const int x1 = std::min(x0 + 1, frame.width - 1);
    const int y1 = std::min(y0 + 1, frame.height - 1);
    const double fx = x - x0;
    const double fy = y - y0;
    const auto at = [&](int px, int py) { return static_cast<double>(frame.row(py)[px * 3 + channel]); };
    const double top = at(x0, y0) * (1 - fx) + at(x1, y0) * fx;
    const double bottom = at(x0, y1) * (1 - fx) + at(x1, y1) * fx;
    return static_cast<int>(std::lround(top * (1 - fy) + bottom * fy));
}

} // namespace

ClipSlice sliceClip(const ClipPtr& clip, const QLineF& line) {
    if (!clip || clip->frames.empty() || clip->width() < 1 || clip->height() < 1)
        return {};
    const double right = clip->width() - 1;
    const double bottom = clip->height() - 1;
    const QLineF pixels(line.x1() * right, line.y1() * bottom, line.x2() * right, line.y2() * bottom);
    const int columns = std::max(2, static_cast<int>(std::lround(pixels.length())) + 1);
    QImage image(columns, clip->frameCount(), QImage::Format_RGB32);
    for (int row = 0; row < clip->frameCount(); ++row) {
        const Frame& frame = clip->frames[static_cast<std::size_t>(row)];
        auto* out = reinterpret_cast<QRgb*>(image.scanLine(row));
        for (int column = 0; column < columns; ++column) {
            const QPointF at = pixels.pointAt(static_cast<double>(column) / (columns - 1));
            const double x = std::clamp(at.x(), 0.0, right);
            const double y = std::clamp(at.y(), 0.0, bottom);
            out[column] = qRgb(sample(frame, x, y, 0), sample(frame, x, y, 1), sample(frame, x, y, 2));
        }
    }
    return {image, std::nullopt};
}

} // namespace s1::ui
