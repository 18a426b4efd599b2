#include "toyland/motion.h"

#include <algorithm>
#include <cmath>

namespace s1::toyland {
namespace {

double hop(double u) {
    const double f = u - std::floor(u);
    return 4 * f * (1 - f);
}

// Catmull-Rom through the points at equal times; end tangents are one-sided.
Point alongPath(const std::vector<Point>& path, double time01) {
    if (path.size() < 2)
        return path.empty() ? Point{} : path.front();
    const int last = static_cast<int>(path.size()) - 1;
    const int i = std::clamp(static_cast<int>(time01 * last), 0, last - 1);
    const double u = time01 * last - i;
    const auto at = [&](int k) {
        if (k < 0)
            return Point{2 * path[0].x - path[1].x, 2 * path[0].y - path[1].y};
        if (k > last)
            return Point{2 * path[last].x - path[last - 1].x, 2 * path[last].y - path[last - 1].y};
        return path[k];
    };
    const Point a = at(i - 1), b = at(i), c = at(i + 1), d = at(i + 2);
    const auto blend = [u](double a, double b, double c, double d) {
        return 0.5 * (2 * b + u * (c - a + u * (2 * a - 5 * b + 4 * c - d + u * (3 * b - a - 3 * c + d))));
    };
    return {blend(a.x, b.x, c.x, d.x), blend(a.y, b.y, c.y, d.y)};
}

} // namespace

Pose poseAt(const SceneObject& object, double t) {
    Pose pose{object.start, object.radius, 0, object.mirrored};
    const auto move = [&](double dx, double dy) {
        pose.center.x += dx * object.travel * t;
        pose.center.y += dy * object.travel * t;
    };
    const double diagonal = std::sqrt(0.5);
    switch (object.motion) {
    case Motion::MovesLeft: move(-1, 0); break;
    case Motion::MovesRight: move(1, 0); break;
    case Motion::MovesUp: move(0, -1); break;
    case Motion::MovesDown: move(0, 1); break;
    case Motion::MovesUpLeft: move(-diagonal, -diagonal); break;
    case Motion::MovesUpRight: move(diagonal, -diagonal); break;
    case Motion::MovesDownLeft: move(-diagonal, diagonal); break;
    case Motion::MovesDownRight: move(diagonal, diagonal); break;
    case Motion::Bounces: // hops of height travel, while drifting
    case Motion::Jumps:
        pose.center.y -= object.travel * (hop(object.phase + object.turns * t) - hop(object.phase));
        pose.center.x += object.drift * t;
        break;
    case Motion::Circles: {
        const double begin = 2 * M_PI * object.phase, now = begin + 2 * M_PI * object.turns * t;
        pose.center.x += object.travel * (std::cos(now) - std::cos(begin));
        pose.center.y += object.travel * (std::sin(now) - std::sin(begin));
        break;
    }
    case Motion::Grows: pose.radius *= object.travel + (1 - object.travel) * t; break;
    case Motion::Shrinks: pose.radius *= 1 - (1 - object.travel) * t; break;
    case Motion::Swings: pose.center.x += object.travel * std::sin(2 * M_PI * object.turns * t); break;
    case Motion::Spins: pose.angle = object.turns * t; break;
    case Motion::StandsStill: break;
    case Motion::FreePath:
        if (!object.path.empty())
            pose.center = alongPath(object.path, t);
        break;
    }
    return pose;
}

} // namespace s1::toyland
