#include "media/resize.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace s1 {

namespace {

// One pass along one axis in 22-bit fixed point.
struct Taps {
    int first = 0;
    std::vector<int> weights;
};

std::vector<Taps> bicubicTaps(int in, int out) {
    const auto cubic = [](double x) {
        constexpr double a = -0.5;
        x = std::fabs(x);
        if (x < 1)
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0.0;
    };
    const double scale = double(in) / out, filterScale = std::max(scale, 1.0), support = 2 * filterScale;
    std::vector<Taps> taps(static_cast<std::size_t>(out));
    for (int o = 0; o < out; ++o) {
        const double center = (o + 0.5) * scale;
        const int low = std::max(0, static_cast<int>(center - support + 0.5));
        const int high = std::min(in, static_cast<int>(center + support + 0.5));
        std::vector<double> w;
        double sum = 0;
        for (int k = low; k < high; ++k) {
            w.push_back(cubic((k - center + 0.5) / filterScale));
            sum += w.back();
        }
        Taps& tap = taps[static_cast<std::size_t>(o)];
        tap.first = low;
        for (const double value : w) {
            const double share = sum != 0 ? value / sum : value;
            tap.weights.push_back(static_cast<int>(share * (1 << 22) + (share < 0 ? -0.5 : 0.5)));
        }
    }
    return taps;
}

std::uint8_t clip8(int accumulated) { return static_cast<std::uint8_t>(std::clamp(accumulated >> 22, 0, 255)); }

} // namespace

Frame resizeBicubic(const Frame& frame, int width, int height) {
    Frame wide = frame;
    if (width != frame.width) {
        wide = Frame(width, frame.height);
        const auto taps = bicubicTaps(frame.width, width);
        for (int y = 0; y < frame.height; ++y)
            for (int x = 0; x < width; ++x)
                for (int c = 0; c < 3; ++c) {
                    const Taps& tap = taps[static_cast<std::size_t>(x)];
                    int sum = 1 << 21;
                    for (std::size_t k = 0; k < tap.weights.size(); ++k)
                        sum += tap.weights[k] * frame.row(y)[(static_cast<std::size_t>(tap.first) + k) * 3 + static_cast<std::size_t>(c)];
                    wide.row(y)[x * 3 + c] = clip8(sum);
                }
    }
    if (height == wide.height)
        return wide;
    Frame out(width, height);
    const auto taps = bicubicTaps(wide.height, height);
    for (int y = 0; y < height; ++y) {
        const Taps& tap = taps[static_cast<std::size_t>(y)];
        for (int i = 0; i < width * 3; ++i) {
            int sum = 1 << 21;
            for (std::size_t k = 0; k < tap.weights.size(); ++k)
                sum += tap.weights[k] * wide.row(tap.first + static_cast<int>(k))[i];
            out.row(y)[i] = clip8(sum);
        }
    }
    return out;
}

Clip resizeBicubic(const Clip& clip, int width, int height) {
    Clip out;
    out.fps = clip.fps;
    for (const Frame& frame : clip.frames)
        out.frames.push_back(resizeBicubic(frame, width, height));
    return out;
}

} // namespace s1
