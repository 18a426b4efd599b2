#pragma once

#include "toyland/palette.h"
#include "toyland/values.h"

#include <array>

// Outlines as signed distances. Object space: the thing fits the circle of radius about 1 around the origin, x to the
// right, y down, upright and looking to the right; negative inside.
namespace s1::toyland {

enum class Paint : std::uint8_t { Body, BodyDark, BodyLight, Glass, Tyre, Hub, Flame, Glow, White, Black, Wood };

struct Part {
    float distance;
    Paint paint;
};

inline constexpr int kMaxParts = 9;

// Parts from back to front; their union is the outline.
int evaluateParts(Object object, float x, float y, std::array<Part, kMaxParts>& parts);

// Distance to the outline of all parts together.
float silhouette(Object object, float x, float y);

// Factor on the radius that makes slender things look as large as full ones.
float drawnScale(Object object);

} // namespace s1::toyland
