#include "slice/slice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace s1 {
namespace {

constexpr double kTensorSigma = 1.5; // pixels and frames
constexpr double kTiny = 1e-4;       // of a change that is not there

const std::array<float, 256>& linearLight() {
    static const auto table = [] {
        std::array<float, 256> result;
        for (int i = 0; i < 256; ++i) {
            const double v = i / 255.0;
            result[i] = static_cast<float>(v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4));
        }
        return result;
    }();
    return table;
}

// A plane of floats, rows are frames.
struct Plane {
    int width = 0, height = 0;
    std::vector<float> values;

    Plane(int w, int h) : width(w), height(h), values(static_cast<std::size_t>(w) * h) {}
    float& at(int x, int t) { return values[static_cast<std::size_t>(t) * width + x]; }
    float at(int x, int t) const { return values[static_cast<std::size_t>(t) * width + x]; }
    float clamped(int x, int t) const { return at(std::clamp(x, 0, width - 1), std::clamp(t, 0, height - 1)); }
};

Plane luma(const Frame& slice) {
    const auto& light = linearLight();
    Plane result(slice.width, slice.height);
    for (std::size_t i = 0; i < result.values.size(); ++i)
        result.values[i] = 0.2126f * light[slice.rgb[i * 3]] + 0.7152f * light[slice.rgb[i * 3 + 1]] +
                           0.0722f * light[slice.rgb[i * 3 + 2]];
    return result;
}

// Gaussian along both axes; at the borders the weights inside are made to sum to one.
void blur(Plane& plane) {
    constexpr int kReach = 4;
    std::array<float, kReach + 1> weights;
    for (int i = 0; i <= kReach; ++i)
        weights[i] = static_cast<float>(std::exp(-i * i / (2 * kTensorSigma * kTensorSigma)));
    const auto pass = [&](int count, int lines, auto&& index) {
        std::vector<float> line(count);
        for (int l = 0; l < lines; ++l) {
            for (int i = 0; i < count; ++i)
                line[i] = plane.values[index(i, l)];
            for (int i = 0; i < count; ++i) {
                float sum = 0, total = 0;
                for (int k = std::max(-kReach, -i); k <= std::min(kReach, count - 1 - i); ++k) {
                    const float weight = weights[std::abs(k)];
                    sum += weight * line[i + k];
                    total += weight;
                }
                plane.values[index(i, l)] = sum / total;
            }
        }
    };
    const auto width = static_cast<std::size_t>(plane.width);
    pass(plane.width, plane.height, [=](int i, int l) { return static_cast<std::size_t>(l) * width + i; });
    pass(plane.height, plane.width, [=](int i, int l) { return static_cast<std::size_t>(i) * width + l; });
}

double coherenceOf(const Plane& s) {
    Plane xx(s.width, s.height), tt(s.width, s.height), xt(s.width, s.height);
    for (int t = 0; t < s.height; ++t)
        for (int x = 0; x < s.width; ++x) {
            // Scharr's weights: the direction of an edge is the same at every slope.
            const auto across = [&](int dt) { return s.clamped(x + 1, t + dt) - s.clamped(x - 1, t + dt); };
            const auto along = [&](int dx) { return s.clamped(x + dx, t + 1) - s.clamped(x + dx, t - 1); };
            const float gx = (3 * across(-1) + 10 * across(0) + 3 * across(1)) / 32;
            const float gt = (3 * along(-1) + 10 * along(0) + 3 * along(1)) / 32;
            xx.at(x, t) = gx * gx, tt.at(x, t) = gt * gt, xt.at(x, t) = gx * gt;
        }
    blur(xx), blur(tt), blur(xt);
    double weighted = 0, total = 0;
    for (std::size_t i = 0; i < xx.values.size(); ++i) {
        const double trace = xx.values[i] + tt.values[i], difference = xx.values[i] - tt.values[i];
        if (trace > 1e-12)
            weighted += (difference * difference + 4.0 * xt.values[i] * xt.values[i]) / trace;
        total += trace;
    }
    return total > 1e-9 * static_cast<double>(xx.values.size()) ? weighted / total : 1;
}

struct Power {
    double fast = 0, all = 0;
};

Power powerOf(const Plane& s) {
    const int frames = s.height;
    std::vector<float> window(frames);
    for (int t = 0; t < frames; ++t)
        window[t] = static_cast<float>(0.5 - 0.5 * std::cos(2 * std::numbers::pi * (t + 0.5) / frames));
    std::vector<float> mean(s.width), cosine(s.width), sine(s.width);
    for (int t = 0; t < frames; ++t)
        for (int x = 0; x < s.width; ++x)
            mean[x] += s.at(x, t) / static_cast<float>(frames);
    Power sum;
    for (int f = 1; f <= frames / 2; ++f) {
        std::fill(cosine.begin(), cosine.end(), 0.0f);
        std::fill(sine.begin(), sine.end(), 0.0f);
        for (int t = 0; t < frames; ++t) {
            const double angle = 2 * std::numbers::pi * f * t / frames;
            const float c = window[t] * static_cast<float>(std::cos(angle));
            const float i = window[t] * static_cast<float>(std::sin(angle));
            for (int x = 0; x < s.width; ++x) {
                const float value = s.at(x, t) - mean[x];
                cosine[x] += c * value;
                sine[x] += i * value;
            }
        }
        double power = 0;
        for (int x = 0; x < s.width; ++x)
            power += cosine[x] * cosine[x] + sine[x] * sine[x];
        sum.all += power;
        if (4 * f > frames)
            sum.fast += power;
    }
    return sum;
}

} // namespace

SliceLine rowLine(const Clip& clip, int y) {
    const double share = clip.height() > 0 ? (y + 0.5) / clip.height() : 0.5;
    return {0, share, 1, share};
}

SliceLine columnLine(const Clip& clip, int x) {
    const double share = clip.width() > 0 ? (x + 0.5) / clip.width() : 0.5;
    return {share, 0, share, 1};
}

Frame sliceOf(const Clip& clip, const SliceLine& line, int rowsPerFrame) {
    const int width = clip.width(), height = clip.height();
    if (width <= 0 || height <= 0 || rowsPerFrame <= 0)
        return {};
    const double dx = line.x1 - line.x0, dy = line.y1 - line.y0;
    const int count = std::max(1, static_cast<int>(std::lround(std::hypot(dx * width, dy * height))));
    struct Tap {
        int x0, x1, y0, y1, wx, wy; // weights of the second ones, of 256
    };
    std::vector<Tap> taps(count);
    for (int i = 0; i < count; ++i) {
        const double share = (i + 0.5) / count;
        const double x = std::clamp((line.x0 + dx * share) * width - 0.5, 0.0, width - 1.0);
        const double y = std::clamp((line.y0 + dy * share) * height - 0.5, 0.0, height - 1.0);
        const int x0 = static_cast<int>(x + 1e-6), y0 = static_cast<int>(y + 1e-6);
        taps[i] = {x0, std::min(x0 + 1, width - 1), y0, std::min(y0 + 1, height - 1),
                   static_cast<int>(std::lround((x - x0) * 256)), static_cast<int>(std::lround((y - y0) * 256))};
    }
    Frame slice(count, clip.frameCount() * rowsPerFrame);
    for (int t = 0; t < clip.frameCount(); ++t) {
        const Frame& frame = clip.frames[t];
        std::uint8_t* out = slice.row(t * rowsPerFrame);
        for (const Tap& tap : taps) {
            const std::uint8_t *a = frame.row(tap.y0), *b = frame.row(tap.y1);
            for (int c = 0; c < 3; ++c) {
                const int top = a[tap.x0 * 3 + c] * (256 - tap.wx) + a[tap.x1 * 3 + c] * tap.wx;
                const int bottom = b[tap.x0 * 3 + c] * (256 - tap.wx) + b[tap.x1 * 3 + c] * tap.wx;
                *out++ = static_cast<std::uint8_t>((top * (256 - tap.wy) + bottom * tap.wy + 32768) >> 16);
            }
        }
        for (int r = 1; r < rowsPerFrame; ++r)
            std::copy_n(slice.row(t * rowsPerFrame), static_cast<std::size_t>(count) * 3,
                        slice.row(t * rowsPerFrame + r));
    }
    return slice;
}

SliceNumbers measureSlice(const Frame& slice) {
    SliceNumbers numbers;
    if (slice.width <= 0 || slice.height < 2)
        return numbers;
    const Plane s = luma(slice);
    double jumps = 0, bends = 0, ways = 0;
    for (int t = 0; t + 1 < s.height; ++t)
        for (int x = 0; x < s.width; ++x)
            jumps += std::fabs(s.at(x, t + 1) - s.at(x, t));
    for (int t = 1; t + 1 < s.height; ++t)
        for (int x = 0; x < s.width; ++x) {
            bends += std::fabs(s.at(x, t + 1) - 2 * s.at(x, t) + s.at(x, t - 1));
            ways += std::fabs(s.at(x, t + 1) - s.at(x, t - 1));
        }
    numbers.flicker = jumps / (static_cast<double>(s.width) * (s.height - 1));
    if (s.height > 2) {
        const double count = static_cast<double>(s.width) * (s.height - 2);
        numbers.change = ways / count;
        numbers.roughness = bends / count / (numbers.change + kTiny);
        const Power power = powerOf(s);
        numbers.power = power.all;
        numbers.highFrequency = power.all > 1e-9 * s.width ? power.fast / power.all : 0;
        numbers.coherence = coherenceOf(s);
    }
    return numbers;
}

} // namespace s1
