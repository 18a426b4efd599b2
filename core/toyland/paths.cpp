#include "toyland/paths.h"

#include "toyland/renderer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace s1::toyland {
namespace {

constexpr std::array<std::string_view, kPathShapes> kNames = {"zigzag", "spiral", "figure eight", "square path", "wave",
                                                              "loop", "stop and go"};
constexpr double kTurn = 2 * std::numbers::pi;
constexpr double kIgnoredRange = 2; // pixels

// A smooth way sampled finely enough that the curve through the points is the way itself.
template <typename Function>
std::vector<Point> sampled(Function&& at) {
    constexpr int kCount = 33;
    std::vector<Point> points;
    for (int i = 0; i < kCount; ++i)
        points.push_back(at(static_cast<double>(i) / (kCount - 1)));
    return points;
}

// Straight pieces passed at even speed.
std::vector<Point> polyline(const std::vector<Point>& corners) {
    return sampled([&](double t) {
        const double u = t * static_cast<double>(corners.size() - 1);
        const std::size_t i = std::min(static_cast<std::size_t>(u), corners.size() - 2);
        const double f = u - static_cast<double>(i);
        return Point{corners[i].x + (corners[i + 1].x - corners[i].x) * f,
                     corners[i].y + (corners[i + 1].y - corners[i].y) * f};
    });
}

// Centroids at even times, gaps filled in a straight line; empty when too few are known.
std::vector<Point> resampled(const std::vector<Track>& tracks, std::size_t count) {
    std::vector<std::pair<double, Point>> known;
    for (std::size_t i = 0; i < tracks.size(); ++i)
        if (tracks[i].area > 0)
            known.push_back({static_cast<double>(i) / static_cast<double>(std::max<std::size_t>(tracks.size() - 1, 1)),
                             {tracks[i].x, tracks[i].y}});
    if (known.size() < 2 || known.size() * 4 < tracks.size() * 3)
        return {};
    std::vector<Point> points;
    std::size_t k = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double t = static_cast<double>(i) / static_cast<double>(count - 1);
        while (k + 2 < known.size() && known[k + 1].first < t)
            ++k;
        const auto& [t0, a] = known[k];
        const auto& [t1, b] = known[k + 1];
        const double f = std::clamp((t - t0) / (t1 - t0), 0.0, 1.0);
        points.push_back({a.x + (b.x - a.x) * f, a.y + (b.y - a.y) * f});
    }
    return points;
}

struct AxisMatch {
    double correlation, variance;
};

AxisMatch matchAxis(const std::vector<Point>& source, const std::vector<Point>& result, double Point::*axis) {
    const double count = static_cast<double>(source.size());
    double meanS = 0, meanG = 0, low = 1e9, high = -1e9;
    for (std::size_t i = 0; i < source.size(); ++i) {
        meanS += source[i].*axis / count, meanG += result[i].*axis / count;
        low = std::min(low, source[i].*axis), high = std::max(high, source[i].*axis);
    }
    double ss = 0, gg = 0, sg = 0;
    for (std::size_t i = 0; i < source.size(); ++i) {
        const double s = source[i].*axis - meanS, g = result[i].*axis - meanG;
        ss += s * s, gg += g * g, sg += s * g;
    }
    return {gg > 1e-9 && ss > 1e-9 ? sg / std::sqrt(ss * gg) : 0, high - low < kIgnoredRange ? 0 : ss};
}

} // namespace

std::string_view name(PathShape shape) { return kNames[static_cast<std::size_t>(shape)]; }

std::optional<PathShape> pathShapeFromName(std::string_view text) {
    const auto it = std::find(kNames.begin(), kNames.end(), text);
    return it == kNames.end() ? std::nullopt : std::optional(static_cast<PathShape>(it - kNames.begin()));
}

std::vector<Point> pathPoints(PathShape shape) {
    switch (shape) {
    case PathShape::Zigzag: return polyline({{0.25, 0.3}, {0.62, 0.7}, {0.98, 0.3}, {1.35, 0.7}});
    case PathShape::Spiral:
        return sampled([](double t) {
            const double radius = 0.3 * (1 - 0.85 * t), angle = kTurn * 1.5 * t;
            return Point{0.8 + radius * std::cos(angle), 0.5 + radius * std::sin(angle)};
        });
    case PathShape::FigureEight:
        return sampled([](double t) {
            return Point{0.8 + 0.5 * std::sin(kTurn * t), 0.5 + 0.22 * std::sin(2 * kTurn * t)};
        });
    case PathShape::SquarePath: return polyline({{0.55, 0.27}, {1.05, 0.27}, {1.05, 0.73}, {0.55, 0.73}, {0.55, 0.27}});
    case PathShape::Wave:
        return sampled([](double t) { return Point{0.25 + 1.1 * t, 0.5 - 0.2 * std::sin(1.5 * kTurn * t)}; });
    case PathShape::Loop:
        return sampled([](double t) {
            return Point{0.25 + 1.1 * t - 0.2 * std::sin(kTurn * t), 0.68 - 0.2 * (1 - std::cos(kTurn * t))};
        });
    case PathShape::StopAndGo:
        return sampled([](double t) { // moves, rests in the middle third, moves on
            const double way = t < 1.0 / 3 ? 1.5 * t : t < 2.0 / 3 ? 0.5 : 0.5 + 1.5 * (t - 2.0 / 3);
            return Point{0.25 + 1.1 * way, 0.5};
        });
    }
    return {};
}

Scene withPath(Scene scene, PathShape shape) {
    SceneObject& object = scene.objects.front();
    object.motion = Motion::FreePath;
    object.path = pathPoints(shape);
    object.start = object.path.front();
    return scene;
}

std::optional<TrajectoryMatch> matchTrajectories(const std::vector<Track>& source, const std::vector<Track>& result) {
    if (source.size() < 2)
        return std::nullopt;
    const auto s = resampled(source, source.size()), g = resampled(result, source.size());
    if (s.empty() || g.empty())
        return std::nullopt;
    const AxisMatch x = matchAxis(s, g, &Point::x), y = matchAxis(s, g, &Point::y);
    if (x.variance + y.variance <= 0)
        return std::nullopt;
    TrajectoryMatch match;
    match.correlation = (x.correlation * x.variance + y.correlation * y.variance) / (x.variance + y.variance);
    double wayS = 0, wayG = 0, along = 0;
    for (std::size_t i = 0; i + 1 < s.size(); ++i) {
        const double sx = s[i + 1].x - s[i].x, sy = s[i + 1].y - s[i].y;
        const double gx = g[i + 1].x - g[i].x, gy = g[i + 1].y - g[i].y;
        const double lengthS = std::hypot(sx, sy), lengthG = std::hypot(gx, gy);
        wayS += lengthS, wayG += lengthG;
        along += lengthG > 1e-9 ? (sx * gx + sy * gy) / lengthG : 0; // |ds| cos
    }
    match.direction = along / wayS;
    match.speedRatio = wayG / wayS;
    return match;
}

nlohmann::json toJson(const TrajectoryMatch& match) {
    return {{"correlation", match.correlation}, {"direction", match.direction}, {"speed_ratio", match.speedRatio}};
}

std::string inWords(const TrajectoryMatch& match) {
    return fmt::format("correlation {:.3f}, direction {:.3f}, speed ratio {:.2f}", match.correlation, match.direction, match.speedRatio);
}

bool hasPath(const Scene& scene) { return !scene.objects.empty() && scene.objects.front().motion == Motion::FreePath; }

std::optional<TrajectoryMatch> matchPath(const Scene& scene, const std::vector<Track>& result) {
    if (!hasPath(scene))
        return std::nullopt;
    return matchTrajectories(observe(renderClip(scene, 64, 40, static_cast<int>(result.size()))).tracks, result);
}

} // namespace s1::toyland
