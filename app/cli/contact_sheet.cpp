#include "contact_sheet.h"

#include <algorithm>

namespace s1::cli {

namespace {

constexpr int kCells = 8, kWidth = 144, kHeight = 80, kGap = 4;
constexpr int kRowWidth = kCells * (kWidth + kGap), kRowHeight = kHeight + kGap;

// The mean of the source pixels under each target pixel; small frames are repeated.
void drawScaled(const Frame& frame, std::uint8_t* target, int stride) {
    for (int y = 0; y < kHeight; ++y) {
        const int y0 = y * frame.height / kHeight, y1 = std::max(y0 + 1, (y + 1) * frame.height / kHeight);
        for (int x = 0; x < kWidth; ++x) {
            const int x0 = x * frame.width / kWidth, x1 = std::max(x0 + 1, (x + 1) * frame.width / kWidth);
            int sum[3] = {};
            for (int sy = y0; sy < y1; ++sy)
                for (int sx = x0; sx < x1; ++sx)
                    for (int c = 0; c < 3; ++c)
                        sum[c] += frame.row(sy)[sx * 3 + c];
            for (int c = 0; c < 3; ++c)
                target[y * stride + x * 3 + c] = static_cast<std::uint8_t>(sum[c] / ((y1 - y0) * (x1 - x0)));
        }
    }
}

} // namespace

void ContactSheet::add(const Clip& clip) {
    const std::size_t begin = m_pixels.size();
    m_pixels.resize(begin + static_cast<std::size_t>(kRowWidth) * kRowHeight * 3, 0);
    ++m_rows;
    const int last = clip.frameCount() - 1;
    for (int i = 0; i < kCells && last >= 0; ++i)
        drawScaled(clip.frames[static_cast<std::size_t>(i * last / (kCells - 1))],
                   m_pixels.data() + begin + static_cast<std::size_t>(i) * (kWidth + kGap) * 3, kRowWidth * 3);
}

Frame ContactSheet::picture() const {
    Frame picture;
    picture.width = kRowWidth;
    picture.height = m_rows * kRowHeight;
    picture.rgb = m_pixels;
    return picture;
}

} // namespace s1::cli
