#include "toyland/judge_shape.h"

#include "toyland/palette.h"
#include "toyland/shapes.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace s1::toyland {
namespace {

constexpr double kLeastOverlap = 0.66; // less is a blob and none of ours
constexpr int kLeastArea = 60; // pixels that a shape needs to be told

// Area and centroid of each outline at radius 1.
struct Outline {
    double area = 0, x = 0, y = 0;
};

const std::array<Outline, kObjects>& outlines() {
    static const auto table = [] {
        std::array<Outline, kObjects> result;
        constexpr int kGrid = 120;
        for (int o = 0; o < kObjects; ++o) {
            Outline& outline = result[o];
            for (int i = 0; i < kGrid * kGrid; ++i) {
                const double x = (i % kGrid + 0.5) / kGrid * 2.4 - 1.2, y = (i / kGrid + 0.5) / kGrid * 2.4 - 1.2;
                if (silhouette(static_cast<Object>(o), static_cast<float>(x), static_cast<float>(y)) < 0) {
                    outline.area += 1;
                    outline.x += x;
                    outline.y += y;
                }
            }
            outline.x /= outline.area;
            outline.y /= outline.area;
            outline.area *= 2.4 * 2.4 / (kGrid * kGrid);
        }
        return result;
    }();
    return table;
}

double overlap(Object object, const Mask& mask, double centerX, double centerY, double radius, bool mirrored,
               std::size_t maskArea) {
    const int left = std::max(0, static_cast<int>(centerX - radius * 1.15));
    const int right = std::min(kJudgeWidth - 1, static_cast<int>(centerX + radius * 1.15));
    const int top = std::max(0, static_cast<int>(centerY - radius * 1.15));
    const int bottom = std::min(kJudgeHeight - 1, static_cast<int>(centerY + radius * 1.15));
    double both = 0, either = static_cast<double>(maskArea);
    for (int y = top; y <= bottom; ++y)
        for (int x = left; x <= right; ++x) {
            const double u = (x + 0.5 - centerX) / radius, v = (y + 0.5 - centerY) / radius;
            const float distance = silhouette(object, static_cast<float>(mirrored ? -u : u), static_cast<float>(v));
            const double coverage = std::clamp(0.5 - distance * radius, 0.0, 1.0);
            if (mask[static_cast<std::size_t>(y * kJudgeWidth + x)])
                both += coverage;
            else
                either += coverage;
        }
    return both / either;
}

bool looksBothWays(Object object) {
    return object == Object::Car || object == Object::Fish || object == Object::Moon || object == Object::Boat ||
           object == Object::Bird;
}

using Lab = std::array<float, 3>;

Lab toLab(Rgb c) {
    const auto f = [](float t) { return t > 0.008856f ? std::cbrt(t) : 7.787f * t + 16.0f / 116; };
    const float x = f((0.4124f * c.r + 0.3576f * c.g + 0.1805f * c.b) / 0.9505f);
    const float y = f(0.2126f * c.r + 0.7152f * c.g + 0.0722f * c.b);
    const float z = f((0.0193f * c.r + 0.1192f * c.g + 0.9505f * c.b) / 1.089f);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

} // namespace

double outlineOverlap(Object object, const Component& component, Search search) {
    Mask mask{};
    for (const int i : component.pixels)
        mask[i] = 1;
    const Outline& outline = outlines()[static_cast<std::size_t>(object)];
    const double radius = std::sqrt(static_cast<double>(component.pixels.size()) / outline.area);
    // A thing cut by the picture's edge is larger than it looks, and its centre lies further out.
    const bool cut = component.border > 2, rough = search == Search::Rough && !cut;
    const double smallest = rough ? 1 : 0.94, largest = rough ? 1 : cut ? 1.4 : 1.07;
    const double reach = rough ? 0 : cut ? 3 : 0.5, step = cut ? 1 : 0.5;
    double best = 0;
    for (int mirrored = 0; mirrored <= (looksBothWays(object) ? 1 : 0); ++mirrored)
        for (double scale = smallest; scale <= largest; scale += 0.06) {
            const double r = radius * scale;
            const double x = component.x - (mirrored ? -outline.x : outline.x) * r, y = component.y - outline.y * r;
            for (double dy = -reach; dy <= reach; dy += step)
                for (double dx = -reach; dx <= reach; dx += step)
                    best = std::max(best, overlap(object, mask, x + dx, y + dy, r, mirrored, component.pixels.size()));
        }
    return best;
}

ShapeFit fitShape(const std::vector<Component>& frames, int objects) {
    // Whole things tell most; a cut one is used only where nothing better is there. All that are whole count: the largest
    // of a long clip would be its few smears.
    std::vector<const Component*> chosen;
    for (const Component& component : frames)
        if (component.pixels.size() >= kLeastArea && component.border <= 2)
            chosen.push_back(&component);
    if (chosen.size() < 2)
        for (const Component& component : frames)
            if (component.pixels.size() >= kLeastArea && component.border > 2)
                chosen.push_back(&component);
    if (chosen.empty())
        return {};
    const auto overlapOf = [&](Object object, Search search) {
        double sum = 0;
        for (const Component* component : chosen)
            sum += outlineOverlap(object, *component, search);
        return sum / static_cast<double>(chosen.size());
    };
    // The right outline is among the first few even before it is placed exactly.
    std::vector<std::pair<double, Object>> ranking;
    for (int o = 0; o < objects; ++o)
        ranking.push_back({-overlapOf(static_cast<Object>(o), Search::Rough), static_cast<Object>(o)});
    std::sort(ranking.begin(), ranking.end());
    ShapeFit best;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, ranking.size()); ++i) {
        const double overlap = overlapOf(ranking[i].second, Search::Fine);
        if (overlap > best.overlap)
            best = {ranking[i].second, overlap};
    }
    if (best.overlap < kLeastOverlap)
        best.object.reset();
    return best;
}

std::optional<Color> voteColor(const std::vector<Raster>& frames, const std::vector<Component>& things, int colors) {
    std::array<int, kColors> votes{};
    std::array<Lab, kColors> palette;
    for (int c = 0; c < colors; ++c)
        palette[c] = toLab(objectColor(static_cast<Color>(c)));
    for (std::size_t f = 0; f < things.size(); ++f) {
        Mask mask{};
        for (const int i : things[f].pixels)
            mask[i] = 1;
        for (const int i : things[f].pixels) {
            const int x = i % kJudgeWidth, y = i / kJudgeWidth;
            if (x == 0 || y == 0 || x == kJudgeWidth - 1 || y == kJudgeHeight - 1 || !mask[i - 1] || !mask[i + 1] ||
                !mask[i - kJudgeWidth] || !mask[i + kJudgeWidth])
                continue; // edges are mixed with the backdrop
            const float* p = frames[f].at(i);
            const Lab lab = toLab({toLinear(p[0]), toLinear(p[1]), toLinear(p[2])});
            float best = 1e9f;
            int nearest = 0;
            for (int c = 0; c < colors; ++c) {
                // Shading changes the lightness most, so it counts less.
                const float dl = 0.6f * (lab[0] - palette[c][0]), da = lab[1] - palette[c][1], db = lab[2] - palette[c][2];
                const float distance = dl * dl + da * da + db * db;
                if (distance < best)
                    best = distance, nearest = c;
            }
            ++votes[nearest];
        }
    }
    const auto most = std::max_element(votes.begin(), votes.end());
    return *most > 0 ? std::optional(static_cast<Color>(most - votes.begin())) : std::nullopt;
}

} // namespace s1::toyland
