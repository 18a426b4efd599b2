#include "toyland/judge_raster.h"

#include "toyland/palette.h"
#include "toyland/renderer.h"

#include <algorithm>
#include <cmath>

namespace s1::toyland {
namespace {

constexpr float kTruncation = 0.07f;    // squared distance from which a pixel is simply "something else"
constexpr float kSameBackdrop = 0.10f;  // distance up to which the clip's own colour is taken for the backdrop
constexpr int kDisplaced = 2;           // pixels by which a backdrop's lines may lie elsewhere
constexpr int kGoesOn = 3;              // pixels to where a backdrop shows beyond a thing's soft edge
constexpr float kOutline = 0.13f;       // a thing's distance from what is around it
constexpr int kAround = 2;              // pixels from a thing's edge that are around it
constexpr float kForeground = 0.115f;   // least distance of a thing from its backdrop
constexpr float kFaint = 0.3f;          // share of a thing's typical distance from its backdrop
constexpr int kLargestHole = 25;        // pixels

float squaredDistance(const float* a, const float* b) {
    const float r = a[0] - b[0], g = a[1] - b[1], c = a[2] - b[2];
    return r * r + g * g + c * c;
}

struct Hypothesis {
    Background background;
    Raster raster;
};

std::vector<Hypothesis> makeHypotheses(int kinds, int colors) {
    std::vector<Hypothesis> all;
    for (int kind = 0; kind < kinds; ++kind) {
        const auto value = static_cast<BackgroundKind>(kind);
        const int variants = value == BackgroundKind::Plain ? 1 : kBackgroundVariants;
        for (int color = 0; color < (hasColor(value) ? colors : 1); ++color)
            for (int variant = 0; variant < variants; ++variant) {
                Scene scene;
                scene.background = {value, static_cast<Color>(color), variant};
                Hypothesis hypothesis{scene.background, {}};
                renderFrame(scene, 0, kJudgeWidth, kJudgeHeight, PixelLayout::InterleavedUnit,
                            hypothesis.raster.rgb.data());
                all.push_back(std::move(hypothesis));
            }
    }
    return all;
}

// The backdrop seen through a shadow: all channels of the light weaker by one factor.
bool isShadow(const float* pixel, const float* backdrop, float noise) {
    float ratio[3];
    for (int c = 0; c < 3; ++c)
        ratio[c] = (toLinear(pixel[c]) + 0.004f) / (toLinear(backdrop[c]) + 0.004f);
    const auto [low, high] = std::minmax_element(ratio, ratio + 3);
    return *low > 0.56f && *high < 1.05f && *high - *low < 0.12f + 1.5f * noise;
}

// The pixels within reach of one, and whether they lie straight across or above; not itself.
template <typename Function>
void forNearby(int pixel, int reach, Function&& function) {
    const int x = pixel % kJudgeWidth, y = pixel / kJudgeWidth;
    for (int dy = -reach; dy <= reach; ++dy)
        for (int dx = -reach; dx <= reach; ++dx)
            if ((dx != 0 || dy != 0) && x + dx >= 0 && x + dx < kJudgeWidth && y + dy >= 0 && y + dy < kJudgeHeight)
                function(pixel + dy * kJudgeWidth + dx, dx == 0 || dy == 0);
}

template <typename Function>
void forNeighbours(int pixel, Function&& function) {
    forNearby(pixel, 1, function);
}

// Connected areas of one value; corners count for things, not for holes.
std::vector<std::vector<int>> areas(const Mask& mask, std::uint8_t value, bool corners) {
    std::vector<std::vector<int>> result;
    Mask seen{};
    for (int start = 0; start < kJudgePixels; ++start) {
        if (seen[start] || mask[start] != value)
            continue;
        std::vector<int> area{start};
        seen[start] = 1;
        for (std::size_t i = 0; i < area.size(); ++i)
            forNeighbours(area[i], [&](int next, bool straight) {
                if ((straight || corners) && !seen[next] && mask[next] == value) {
                    seen[next] = 1;
                    area.push_back(next);
                }
            });
        result.push_back(std::move(area));
    }
    return result;
}

Mask grown(const Mask& mask) {
    Mask result = mask;
    for (int i = 0; i < kJudgePixels; ++i)
        forNeighbours(i, [&](int next, bool) { result[i] |= mask[next]; });
    return result;
}

Mask shrunk(const Mask& mask) {
    Mask result = mask;
    for (int i = 0; i < kJudgePixels; ++i)
        forNeighbours(i, [&](int next, bool) { result[i] &= mask[next]; });
    return result;
}

// How far the colours inside an area's edge are from those outside.
float outlineContrast(const std::vector<int>& area, const Mask& mask, const Raster& raster) {
    double sum = 0;
    int pairs = 0;
    for (const int i : area)
        forNearby(i, kAround, [&](int next, bool) {
            if (!mask[next])
                sum += std::sqrt(squaredDistance(raster.at(i), raster.at(next))), ++pairs;
        });
    return pairs > 0 ? static_cast<float>(sum / pairs) : 0;
}

void fillHoles(Mask& mask) {
    for (const auto& hole : areas(mask, 0, false))
        if (hole.size() <= kLargestHole &&
            std::none_of(hole.begin(), hole.end(), [](int i) {
                const int x = i % kJudgeWidth, y = i / kJudgeWidth;
                return x == 0 || y == 0 || x == kJudgeWidth - 1 || y == kJudgeHeight - 1;
            }))
            for (const int i : hole)
                mask[i] = 1;
}

} // namespace

Raster toRaster(const Frame& frame) {
    Raster raster;
    if (frame.width <= 0 || frame.height <= 0)
        return raster;
    // Mean over each target pixel's area; with fractions at its edges.
    const double sx = static_cast<double>(frame.width) / kJudgeWidth, sy = static_cast<double>(frame.height) / kJudgeHeight;
    for (int y = 0; y < kJudgeHeight; ++y)
        for (int x = 0; x < kJudgeWidth; ++x) {
            const double left = x * sx, right = left + sx, top = y * sy, bottom = top + sy;
            double sum[3] = {}, weights = 0;
            for (int row = static_cast<int>(top); row < std::min<double>(bottom, frame.height); ++row) {
                const double high = std::min(bottom, row + 1.0) - std::max<double>(top, row);
                for (int column = static_cast<int>(left); column < std::min<double>(right, frame.width); ++column) {
                    const double weight = high * (std::min(right, column + 1.0) - std::max<double>(left, column));
                    const std::uint8_t* pixel = frame.row(row) + column * 3;
                    for (int c = 0; c < 3; ++c)
                        sum[c] += weight * pixel[c];
                    weights += weight;
                }
            }
            for (int c = 0; c < 3; ++c)
                raster.at(y * kJudgeWidth + x)[c] = weights > 0 ? static_cast<float>(sum[c] / weights / 255) : 0;
        }
    return raster;
}

Raster medianOf(const std::vector<Raster>& frames) {
    Raster result;
    std::vector<float> values(frames.size());
    for (std::size_t i = 0; i < result.rgb.size(); ++i) {
        std::transform(frames.begin(), frames.end(), values.begin(), [i](const Raster& f) { return f.rgb[i]; });
        const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
        std::nth_element(values.begin(), middle, values.end());
        result.rgb[i] = *middle;
    }
    return result;
}

BackdropFit fitBackdrop(const Raster& median, bool extended) {
    static const auto core = makeHypotheses(kCoreBackgroundKinds, kCoreColors); // constant data, made at first use
    static const auto all = makeHypotheses(kBackgroundKinds, kColors);
    const Hypothesis* best = nullptr;
    float least = 1e30f;
    for (const Hypothesis& hypothesis : extended ? all : core) {
        float sum = 0;
        for (int i = 0; i < kJudgePixels && sum < least; ++i)
            sum += std::min(kTruncation, squaredDistance(median.at(i), hypothesis.raster.at(i)));
        if (sum < least) {
            least = sum;
            best = &hypothesis;
        }
    }
    return {best->background, best->raster};
}

Deviation deviationOf(const Raster& median, const BackdropFit& fit) {
    Deviation result;
    for (int i = 0; i < kJudgePixels; ++i) {
        result[i] = squaredDistance(median.at(i), fit.raster.at(i));
        forNearby(i, kDisplaced, [&](int next, bool) { result[i] = std::min(result[i], squaredDistance(median.at(i), fit.raster.at(next))); });
    }
    return result;
}

Mask unexplained(const Deviation& deviation, const Raster& median, float least) {
    Mask raw{};
    for (int i = 0; i < kJudgePixels; ++i)
        raw[i] = deviation[i] > least * least;
    const Mask solid = grown(shrunk(raw)); // without specks and lines
    Mask mask{};
    for (const auto& area : areas(solid, 1, true))
        if (outlineContrast(area, solid, median) > kOutline)
            for (const int i : area)
                mask[i] = 1;
    return mask;
}

Raster ownBackdrop(const BackdropFit& fit, const Raster& median, const Mask& standing) {
    const Mask around = grown(grown(standing)); // their soft edges, too
    Raster result = median;
    const auto far = [&](int i, const float* other) { return squaredDistance(median.at(i), other) > kSameBackdrop * kSameBackdrop; };
    for (int i = 0; i < kJudgePixels; ++i) {
        if (!around[i] || !far(i, fit.raster.at(i)))
            continue;
        bool thing = true; // or a backdrop that is not quite the known one goes on here
        forNearby(i, kGoesOn, [&](int next, bool) { thing = thing && (around[next] || far(i, median.at(next))); });
        if (thing)
            std::copy_n(fit.raster.at(i), 3, result.at(i));
    }
    return result;
}

float noiseLevel(const std::vector<Raster>& frames, const Raster& backdrop) {
    std::vector<float> deviations;
    for (const Raster& frame : frames)
        for (std::size_t i = 0; i < frame.rgb.size(); i += 7)
            deviations.push_back(std::fabs(frame.rgb[i] - backdrop.rgb[i]));
    const auto middle = deviations.begin() + static_cast<std::ptrdiff_t>(deviations.size() / 2);
    std::nth_element(deviations.begin(), middle, deviations.end());
    return 1.4826f * *middle;
}

Mask foreground(const Raster& frame, const Raster& backdrop, float noise) {
    const float threshold = std::max(kForeground, 4.2f * noise);
    Mask raw{};
    for (int i = 0; i < kJudgePixels; ++i)
        raw[i] = squaredDistance(frame.at(i), backdrop.at(i)) > threshold * threshold &&
                 !isShadow(frame.at(i), backdrop.at(i), noise);
    Mask mask = raw;
    for (int i = 0; i < kJudgePixels; ++i) {
        int set = 0, count = 0;
        forNeighbours(i, [&](int next, bool) { set += raw[next], ++count; });
        if (raw[i] && set < 2)
            mask[i] = 0;
        else if (!raw[i] && set >= count - 1)
            mask[i] = 1;
    }
    fillHoles(mask);
    return mask;
}

std::vector<Component> components(const Mask& mask) {
    std::vector<Component> result;
    for (auto& area : areas(mask, 1, true)) {
        if (area.size() < 6)
            continue;
        Component component;
        double xx = 0, yy = 0, xy = 0;
        for (const int i : area) {
            const int x = i % kJudgeWidth, y = i / kJudgeWidth;
            component.x += x + 0.5;
            component.y += y + 0.5;
            component.border += x == 0 || y == 0 || x == kJudgeWidth - 1 || y == kJudgeHeight - 1;
        }
        component.x /= static_cast<double>(area.size());
        component.y /= static_cast<double>(area.size());
        for (const int i : area) {
            const double dx = i % kJudgeWidth + 0.5 - component.x, dy = i / kJudgeWidth + 0.5 - component.y;
            xx += dx * dx, yy += dy * dy, xy += dx * dy;
        }
        component.angle = 0.5 * std::atan2(2 * xy, xx - yy);
        component.pixels = std::move(area);
        result.push_back(std::move(component));
    }
    std::stable_sort(result.begin(), result.end(),
                     [](const Component& a, const Component& b) { return a.pixels.size() > b.pixels.size(); });
    return result;
}

Component solidPart(const Component& thing, const Raster& frame, const Raster& backdrop) {
    std::vector<float> distances;
    for (const int i : thing.pixels)
        distances.push_back(squaredDistance(frame.at(i), backdrop.at(i)));
    const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
    std::nth_element(distances.begin(), middle, distances.end());
    const float least = kFaint * kFaint * *middle;
    Mask mask{};
    for (const int i : thing.pixels)
        mask[i] = squaredDistance(frame.at(i), backdrop.at(i)) > least;
    fillHoles(mask);
    auto parts = components(mask);
    return parts.empty() ? thing : std::move(parts.front());
}

} // namespace s1::toyland
