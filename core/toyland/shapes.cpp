#include "toyland/shapes.h"

#include <algorithm>
#include <cmath>

namespace s1::toyland {
namespace {

struct Vec {
    float x, y;
};

float length(float x, float y) { return std::sqrt(x * x + y * y); }
float circle(float x, float y, float radius) { return length(x, y) - radius; }

float box(float x, float y, float halfWidth, float halfHeight, float round) {
    const float dx = std::fabs(x) - halfWidth + round, dy = std::fabs(y) - halfHeight + round;
    return length(std::max(dx, 0.0f), std::max(dy, 0.0f)) + std::min(std::max(dx, dy), 0.0f) - round;
}

// Good near the outline, which is all that coverage needs.
float ellipse(float x, float y, float a, float b) {
    const float k = length(x / a, y / b), g = length(x / (a * a), y / (b * b));
    return g > 1e-6f ? k * (k - 1) / g : -std::min(a, b);
}

// Half extents around a middle.
struct Bounds {
    float x, y, halfWidth, halfHeight;
};

template <std::size_t N>
constexpr Bounds boundsOf(const std::array<Vec, N>& v) {
    float left = v[0].x, right = v[0].x, top = v[0].y, bottom = v[0].y;
    for (const Vec& p : v) {
        left = std::min(left, p.x), right = std::max(right, p.x);
        top = std::min(top, p.y), bottom = std::max(bottom, p.y);
    }
    return {(left + right) / 2, (top + bottom) / 2, (right - left) / 2, (bottom - top) / 2};
}

// Far away (beyond edges and shadow) the distance to the bounding box will do.
constexpr float kFar = 0.32f;

template <const auto& kCorners>
float polygon(float x, float y) {
    static constexpr Bounds kBounds = boundsOf(kCorners);
    const float outside = std::max(std::fabs(x - kBounds.x) - kBounds.halfWidth, std::fabs(y - kBounds.y) - kBounds.halfHeight);
    if (outside > kFar)
        return outside;
    float best = 1e9f, sign = 1;
    for (std::size_t i = 0, j = kCorners.size() - 1; i < kCorners.size(); j = i++) {
        const Vec a = kCorners[i], b = kCorners[j];
        const float ex = b.x - a.x, ey = b.y - a.y, wx = x - a.x, wy = y - a.y;
        const float t = std::clamp((wx * ex + wy * ey) / (ex * ex + ey * ey), 0.0f, 1.0f);
        const float dx = wx - ex * t, dy = wy - ey * t;
        best = std::min(best, dx * dx + dy * dy);
        const bool above = y >= a.y, below = y < b.y, left = ex * wy > ey * wx;
        if ((above && below && left) || (!above && !below && !left))
            sign = -sign;
    }
    return sign * std::sqrt(best);
}

constexpr std::array<Vec, 3> kTriangle = {{{0, -0.88f}, {0.90f, 0.68f}, {-0.90f, 0.68f}}};
constexpr std::array<Vec, 4> kCabin = {{{-0.62f, 0.0f}, {-0.42f, -0.52f}, {0.26f, -0.52f}, {0.62f, 0.0f}}};
constexpr std::array<Vec, 4> kRearWindow = {{{-0.48f, -0.04f}, {-0.35f, -0.41f}, {-0.10f, -0.41f}, {-0.10f, -0.04f}}};
constexpr std::array<Vec, 4> kFrontWindow = {{{0.0f, -0.04f}, {0.0f, -0.41f}, {0.21f, -0.41f}, {0.45f, -0.04f}}};
constexpr std::array<Vec, 4> kTail = {{{-0.38f, 0}, {-1.0f, -0.60f}, {-0.84f, 0}, {-1.0f, 0.60f}}};
constexpr std::array<Vec, 3> kBackFin = {{{-0.22f, -0.36f}, {0.02f, -0.86f}, {0.44f, -0.36f}}};
constexpr std::array<Vec, 4> kRocketFin = {{{0.22f, 0.10f}, {0.66f, 0.52f}, {0.66f, 0.84f}, {0.22f, 0.56f}}};
constexpr std::array<Vec, 3> kFlame = {{{-0.22f, 0.58f}, {0.22f, 0.58f}, {0, 1.04f}}};
constexpr std::array<Vec, 3> kFlameCore = {{{-0.11f, 0.58f}, {0.11f, 0.58f}, {0, 0.84f}}};
constexpr std::array<Vec, 4> kDiamond = {{{0, -1}, {0.7f, 0}, {0, 1}, {-0.7f, 0}}};
constexpr std::array<Vec, 6> kHexagon = {{{0.94f, 0}, {0.47f, 0.814f}, {-0.47f, 0.814f}, {-0.94f, 0}, {-0.47f, -0.814f},
    {0.47f, -0.814f}}};
constexpr std::array<Vec, 4> kHull = {{{-0.95f, 0.25f}, {0.95f, 0.25f}, {0.6f, 0.75f}, {-0.6f, 0.75f}}};
constexpr std::array<Vec, 3> kSail = {{{-0.05f, -0.95f}, {0.75f, 0.14f}, {-0.05f, 0.14f}}};
constexpr std::array<Vec, 3> kJib = {{{-0.18f, -0.70f}, {-0.18f, 0.14f}, {-0.72f, 0.14f}}};
constexpr std::array<Vec, 3> kBeak = {{{0.70f, -0.38f}, {1.0f, -0.26f}, {0.70f, -0.16f}}};
constexpr std::array<Vec, 3> kBirdTail = {{{-0.45f, 0.05f}, {-1.0f, -0.15f}, {-0.95f, 0.30f}}};
constexpr std::array<Vec, 3> kWing = {{{-0.35f, 0.0f}, {0.30f, 0.0f}, {-0.35f, -0.80f}}};

// Five points of radius 1, the first one up; folded into one tenth (after Inigo Quilez).
float star(float x, float y) {
    constexpr float kSin = 0.58778525f, kCos = 0.80901699f, kInner = 0.46f;
    x = std::fabs(x);
    y = -y;
    float fold = std::max(kCos * x - kSin * y, 0.0f);
    x -= 2 * fold * kCos;
    y += 2 * fold * kSin;
    fold = std::max(-kCos * x - kSin * y, 0.0f);
    x += 2 * fold * kCos;
    y += 2 * fold * kSin;
    x = std::fabs(x);
    y -= 1;
    constexpr float kEdgeX = kInner * kSin, kEdgeY = kInner * kCos - 1;
    const float h = std::clamp((x * kEdgeX + y * kEdgeY) / (kEdgeX * kEdgeX + kEdgeY * kEdgeY), 0.0f, 1.0f);
    return std::copysign(length(x - kEdgeX * h, y - kEdgeY * h), y * kEdgeX - x * kEdgeY);
}

// After Inigo Quilez's exact heart, scaled from its 1.2 x 1.1 box around (0, 0.55).
float heart(float x, float y) {
    constexpr float kScale = 1.62f;
    const float px = std::fabs(x) / kScale, py = 0.56f - y / kScale;
    float distance;
    if (py + px > 1) {
        distance = length(px - 0.25f, py - 0.75f) - 0.353553f;
    } else {
        const float m = 0.5f * std::max(px + py, 0.0f);
        const float a = px * px + (py - 1) * (py - 1), b = (px - m) * (px - m) + (py - m) * (py - m);
        distance = std::copysign(std::sqrt(std::min(a, b)), px - py);
    }
    return distance * kScale;
}

float rocketHull(float x, float y) {
    constexpr float kHalfWidth = 0.46f, kHalfHeight = 1.0f;
    constexpr float kRadius = (kHalfWidth * kHalfWidth + kHalfHeight * kHalfHeight) / (2 * kHalfWidth);
    return std::max(length(std::fabs(x) + kRadius - kHalfWidth, y) - kRadius, y - 0.62f);
}

} // namespace

int evaluateParts(Object object, float x, float y, std::array<Part, kMaxParts>& parts) {
    int count = 0;
    const auto add = [&](float distance, Paint paint) { parts[count++] = {distance, paint}; };
    switch (object) {
    case Object::Ball: add(circle(x, y, 0.92f), Paint::Body); break;
    case Object::Square: add(box(x, y, 0.80f, 0.80f, 0.06f), Paint::Body); break;
    case Object::Triangle: add(polygon<kTriangle>(x, y) - 0.05f, Paint::Body); break;
    case Object::Star: add(star(x, y) - 0.03f, Paint::Body); break;
    case Object::Heart: add(heart(x, y), Paint::Body); break;
    case Object::Car:
        add(polygon<kCabin>(x, y) - 0.04f, Paint::Body);
        add(box(x, y - 0.18f, 1.0f, 0.28f, 0.14f), Paint::Body);
        add(polygon<kRearWindow>(x, y), Paint::Glass);
        add(polygon<kFrontWindow>(x, y), Paint::Glass);
        add(circle(std::fabs(x) - 0.54f, y - 0.45f, 0.27f), Paint::Tyre);
        add(circle(std::fabs(x) - 0.54f, y - 0.45f, 0.12f), Paint::Hub);
        add(circle(x - 0.88f, y - 0.10f, 0.08f), Paint::Glow);
        break;
    case Object::Fish:
        add(polygon<kTail>(x, y) - 0.02f, Paint::Body);
        add(polygon<kBackFin>(x, y) - 0.02f, Paint::BodyDark);
        add(ellipse(x - 0.20f, y, 0.78f, 0.54f), Paint::Body);
        add(ellipse(x - 0.06f, y - 0.10f, 0.20f, 0.11f), Paint::BodyDark);
        add(circle(x - 0.60f, y + 0.13f, 0.13f), Paint::White);
        add(circle(x - 0.63f, y + 0.13f, 0.065f), Paint::Black);
        break;
    case Object::Rocket:
        add(polygon<kFlame>(x, y), Paint::Flame);
        add(polygon<kFlameCore>(x, y), Paint::Glow);
        add(polygon<kRocketFin>(std::fabs(x), y) - 0.02f, Paint::BodyDark);
        add(rocketHull(x, y), Paint::Body);
        add(std::max(rocketHull(x, y), y + 0.56f), Paint::BodyDark);
        add(circle(x, y + 0.20f, 0.19f), Paint::BodyLight);
        add(circle(x, y + 0.20f, 0.13f), Paint::Glass);
        break;
    case Object::Ring: add(std::fabs(circle(x, y, 0.70f)) - 0.23f, Paint::Body); break;
    case Object::Cross: add(std::min(box(x, y, 0.92f, 0.32f, 0.05f), box(x, y, 0.32f, 0.92f, 0.05f)), Paint::Body); break;
    case Object::Diamond: add(polygon<kDiamond>(x, y) - 0.02f, Paint::Body); break;
    case Object::Hexagon: add(polygon<kHexagon>(x, y) - 0.02f, Paint::Body); break;
    case Object::Moon: add(std::max(circle(x, y, 0.95f), -circle(x - 0.45f, y + 0.1f, 0.78f)), Paint::Body); break;
    case Object::Boat:
        add(box(x + 0.1f, y + 0.30f, 0.045f, 0.62f, 0.02f), Paint::Wood);
        add(polygon<kSail>(x, y), Paint::White);
        add(polygon<kJib>(x, y), Paint::BodyLight);
        add(polygon<kHull>(x, y) - 0.02f, Paint::Body);
        break;
    case Object::Bird:
        add(polygon<kBirdTail>(x, y), Paint::BodyDark);
        add(polygon<kBeak>(x, y), Paint::Flame);
        add(ellipse(x, y - 0.12f, 0.62f, 0.42f), Paint::Body);
        add(circle(x - 0.48f, y + 0.26f, 0.30f), Paint::Body);
        add(polygon<kWing>(x, y) - 0.04f, Paint::BodyDark);
        add(circle(x - 0.56f, y + 0.32f, 0.06f), Paint::Black);
        break;
    case Object::Butterfly:
        add(ellipse(std::fabs(x) - 0.50f, y + 0.30f, 0.46f, 0.46f), Paint::Body);
        add(ellipse(std::fabs(x) - 0.40f, y - 0.42f, 0.34f, 0.36f), Paint::BodyDark);
        add(ellipse(x, y, 0.09f, 0.70f), Paint::Black);
        break;
    }
    return count;
}

float drawnScale(Object object) {
    switch (object) {
    case Object::Ball:
    case Object::Square: return 0.95f;
    case Object::Star:
    case Object::Fish: return 1.12f;
    case Object::Car:
    case Object::Rocket: return 1.16f;
    default: return 1;
    }
}

float silhouette(Object object, float x, float y) {
    switch (object) { // the costly ones without their inner parts
    case Object::Car:
        return std::min({polygon<kCabin>(x, y) - 0.04f, box(x, y - 0.18f, 1.0f, 0.28f, 0.14f),
                         circle(std::fabs(x) - 0.54f, y - 0.45f, 0.27f)});
    case Object::Fish:
        return std::min({polygon<kTail>(x, y) - 0.02f, polygon<kBackFin>(x, y) - 0.02f,
                         ellipse(x - 0.20f, y, 0.78f, 0.54f)});
    case Object::Rocket:
        return std::min({polygon<kFlame>(x, y), polygon<kRocketFin>(std::fabs(x), y) - 0.02f, rocketHull(x, y)});
    default: break;
    }
    std::array<Part, kMaxParts> parts{};
    const int count = evaluateParts(object, x, y, parts);
    float distance = parts[0].distance;
    for (int i = 1; i < count; ++i)
        distance = std::min(distance, parts[i].distance);
    return distance;
}

} // namespace s1::toyland
