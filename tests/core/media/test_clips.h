#pragma once

#include "media/clip.h"

#include <algorithm>
#include <cstdlib>

namespace s1 {

// Large flat fields of strong colours and a white square that moves right: survives lossy codecs, shows wrong matrices.
inline Clip testClip(int width, int height, int frames, double fps = 8) {
    constexpr std::uint8_t kFields[6][3] = {{220, 40, 40}, {40, 165, 70}, {40, 90, 220}, {250, 210, 40}, {20, 20, 20},
                                            {128, 128, 128}};
    Clip clip;
    clip.fps = fps;
    for (int t = 0; t < frames; ++t) {
        Frame frame(width, height);
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                const int side = height / 4, left = t * side / 2;
                const bool square = x >= left && x < left + side && y >= side && y < 2 * side;
                const std::uint8_t* field = kFields[std::min(5, x * 3 / width + (y * 2 / height) * 3)];
                for (int c = 0; c < 3; ++c)
                    frame.row(y)[x * 3 + c] = square ? 255 : field[c];
            }
        clip.frames.push_back(frame);
    }
    return clip;
}

inline double meanDifference(const Frame& a, const Frame& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.rgb.size() && i < b.rgb.size(); ++i)
        sum += std::abs(a.rgb[i] - b.rgb[i]);
    return a.rgb.size() == b.rgb.size() && !a.rgb.empty() ? sum / static_cast<double>(a.rgb.size()) : 255;
}

} // namespace s1
