#pragma once

#include "toyland/values.h"

#include <cstdint>
#include <vector>

namespace s1::toyland {

// World units: the picture's height is 1 and its width kWorldWidth, at every resolution; x to the right, y down.
// A picture of another aspect is this world stretched, as between the 256x160 and 576x320 stages of the cascade.
inline constexpr double kWorldWidth = 1.6;

struct Point {
    double x = 0, y = 0;
    bool operator==(const Point&) const = default;
};

// One thing and all numbers of its motion. Which numbers a motion reads is said in motion.cpp.
struct SceneObject {
    Object object = Object::Ball;
    Color color = Color::Red;
    Motion motion = Motion::StandsStill;
    double radius = 0.26;  // half the thing's extent; the largest one for grows and shrinks
    Point start;           // centre at time 0
    double travel = 0;     // length of a move, height of a hop, radius of a circle, smallest share of the size
    double drift = 0;      // way to the right during bounces
    double turns = 0;      // hops, turns or swings in the clip; negative: the other way round
    double phase = 0;      // part of the hop or turn already done at time 0
    bool mirrored = false; // looks to the left
    std::vector<Point> path; // free path: points passed at equal times, the first one at time 0

    bool operator==(const SceneObject&) const = default;
};

struct Background {
    BackgroundKind kind = BackgroundKind::Plain;
    Color color = Color::Blue; // read by kinds with a colour only
    int variant = 0;           // 0…kBackgroundVariants-1

    bool operator==(const Background&) const = default;
};

// Everything a clip shows; rendering reads nothing else.
struct Scene {
    std::vector<SceneObject> objects; // the first one is what captions and the judge speak of; drawn last to first
    Background background;
    std::uint64_t seed = 0;

    bool operator==(const Scene&) const = default;
};

enum class Split { Train, H1, H2, H3, H4 };
std::optional<Split> splitFromName(std::string_view text); // "train", "h1", …

// Held-out combinations: H1 is 10 % of (object, colour, motion) by hash, H2 a dozen named pairs, H3 two objects.
// H4 holds out wordings only (captions.h); its scenes are those of Train.
bool isHeldOutTriple(Object object, Color color, Motion motion);
bool isHeldOutPair(Object object, Color color, Motion motion);

// False where the object would be lost before the background, such as red on red.
bool contrasts(Color color, BackgroundKind kind, Color backgroundColor);

// A scene with the given parts; all others are drawn from seed, within the core set. Any parts can be asked for, also
// held-out ones and ones without contrast.
Scene sceneFor(const Expectation& fixed, std::uint64_t seed);

// One scene of a split. A fifth of Train follows a free path; held-out combinations never occur in it.
Scene drawScene(std::uint64_t seed, Split split = Split::Train);

Expectation expectationOf(const Scene& scene); // of its first object; no motion for a free path

} // namespace s1::toyland
