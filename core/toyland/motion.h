#pragma once

#include "toyland/scene.h"

namespace s1::toyland {

// Where a thing is at one moment, in world units.
struct Pose {
    Point center;
    double radius = 0;
    double angle = 0; // turns, clockwise
    bool mirrored = false;
};

Pose poseAt(const SceneObject& object, double time01);

} // namespace s1::toyland
