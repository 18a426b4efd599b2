#pragma once

#include "toyland/judge.h"
#include "toyland/scene.h"

#include <optional>
#include <string_view>
#include <vector>

// Motion customization on Toyland (motion-and-quality.md 3.7): ways that training never shows, and how well one clip
// follows another's way.
namespace s1::toyland {

enum class PathShape { Zigzag, Spiral, FigureEight, SquarePath, Wave, Loop, StopAndGo };
inline constexpr int kPathShapes = 7;

std::string_view name(PathShape shape); // "zigzag", "figure eight"…
std::optional<PathShape> pathShapeFromName(std::string_view text);

// Points for SceneObject::path, within reach of a thing of usual size; a free path through them is the shape.
std::vector<Point> pathPoints(PathShape shape);

// The scene with its first object on that path.
Scene withPath(Scene scene, PathShape shape);

struct TrajectoryMatch {
    // sum over axes of w * Pearson(source, result), w = the source's variance share; axes with a range under 2 px of
    // 64x40 are ignored. 1: the same way up to place and size.
    double correlation = 0;
    // sum |ds| cos(ds, dg) / sum |ds| over the displacements of source s and result g.
    double direction = 0;
    double speedRatio = 0; // sum |dg| / sum |ds|
};

// nullopt when either has the thing in fewer than three quarters of its frames, or the source does not move.
// Different frame counts are resampled to the source's.
std::optional<TrajectoryMatch> matchTrajectories(const std::vector<Track>& source, const std::vector<Track>& result);

nlohmann::json toJson(const TrajectoryMatch& match); // {"correlation","direction","speed_ratio"}
std::string inWords(const TrajectoryMatch& match);    // "correlation 0.900, direction 0.800, speed ratio 1.10"

bool hasPath(const Scene& scene); // its first object's motion is a free path

// How well a clip's thing follows the free path of the scene's; nullopt also where the scene has none.
std::optional<TrajectoryMatch> matchPath(const Scene& scene, const std::vector<Track>& result);

} // namespace s1::toyland
