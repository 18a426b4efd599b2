#include "toyland/scene.h"

#include "toyland/random.h"

#include <algorithm>
#include <cmath>

namespace s1::toyland {
namespace {

constexpr double kFreePathShare = 0.2;

struct HeldOutPair {
    std::optional<Object> object;
    std::optional<Color> color;
    std::optional<Motion> motion;
};

constexpr HeldOutPair kHeldOutPairs[] = {
    {Object::Star, Color::Purple, {}},       {Object::Rocket, Color::Green, {}},
    {Object::Car, Color::White, {}},         {Object::Fish, Color::Black, {}},
    {Object::Triangle, Color::Orange, {}},   {Object::Heart, Color::Yellow, {}},
    {Object::Fish, {}, Motion::Bounces},     {Object::Car, {}, Motion::Circles},
    {Object::Square, {}, Motion::MovesUp},   {Object::Star, {}, Motion::Shrinks},
    {Object::Rocket, {}, Motion::MovesLeft}, {Object::Heart, {}, Motion::MovesDown},
};

// A centre coordinate that keeps both ends of a way of the given length (negative: to smaller values) inside
// [margin, limit - margin]; the middle when there is no room.
double placeWay(Random& random, double way, double margin, double limit) {
    const double low = margin - std::min(way, 0.0);
    const double high = limit - margin - std::max(way, 0.0);
    const double share = random.uniform();
    return low < high ? low + (high - low) * share : (low + high) / 2;
}

void drawFreePath(Random& random, SceneObject& object) {
    const double margin = object.radius * 0.8;
    const int count = 3 + random.below(3);
    object.path.clear();
    while (static_cast<int>(object.path.size()) < count) {
        const Point point{random.uniform(margin, kWorldWidth - margin), random.uniform(margin, 1 - margin)};
        // Far enough to be seen as a way, near enough to be followed from frame to frame.
        if (!object.path.empty()) {
            const double distance = std::hypot(point.x - object.path.back().x, point.y - object.path.back().y);
            if (distance < 0.25 || distance > 0.8)
                continue;
        }
        object.path.push_back(point);
    }
    object.start = object.path.front();
}

void drawMotion(Random& random, SceneObject& object) {
    const auto moves = [&](double dx, double dy, double length) {
        object.travel = length;
        object.start.x = placeWay(random, dx * length, object.radius * (dx != 0 ? 0.75 : 1), kWorldWidth);
        object.start.y = placeWay(random, dy * length, object.radius * (dy != 0 ? 0.65 : 1), 1);
        if (dx != 0)
            object.mirrored = dx < 0;
    };
    const double diagonal = std::sqrt(0.5);
    object.radius = random.uniform(0.23, 0.29);
    object.mirrored = random.chance(0.5);
    switch (object.motion) {
    case Motion::MovesLeft: moves(-1, 0, random.uniform(0.6, 0.95)); break;
    case Motion::MovesRight: moves(1, 0, random.uniform(0.6, 0.95)); break;
    case Motion::MovesUp: moves(0, -1, random.uniform(0.4, 0.56)); break;
    case Motion::MovesDown: moves(0, 1, random.uniform(0.4, 0.56)); break;
    case Motion::MovesUpLeft: moves(-diagonal, -diagonal, random.uniform(0.5, 0.7)); break;
    case Motion::MovesUpRight: moves(diagonal, -diagonal, random.uniform(0.5, 0.7)); break;
    case Motion::MovesDownLeft: moves(-diagonal, diagonal, random.uniform(0.5, 0.7)); break;
    case Motion::MovesDownRight: moves(diagonal, diagonal, random.uniform(0.5, 0.7)); break;
    case Motion::Bounces: {
        object.radius = random.uniform(0.21, 0.26);
        object.travel = random.uniform(0.32, 0.44);
        object.turns = 1.5; // from the highest point down, up and down: frames that must agree on more are the last thing a model learns
        object.phase = 0.5;
        const double way = random.chance(0.35) ? 0 : random.uniform(0.25, 0.6);
        object.drift = random.chance(0.5) ? way : -way;
        object.start.x = placeWay(random, object.drift, object.radius, kWorldWidth);
        const double ground = 1 - object.radius - random.uniform(0, 0.06);
        object.start.y = ground - object.travel;
        if (object.drift != 0)
            object.mirrored = object.drift < 0;
        break;
    }
    case Motion::Circles: {
        object.radius = random.uniform(0.2, 0.25);
        object.travel = random.uniform(0.19, 0.26);
        object.turns = 1; // as a clock's hand, from the top
        object.phase = 0.75;
        const double margin = object.travel + object.radius * 0.75;
        const Point center{placeWay(random, 0, margin, kWorldWidth), placeWay(random, 0, margin, 1)};
        object.start = {center.x, center.y - object.travel};
        break;
    }
    case Motion::Grows:
    case Motion::Shrinks:
        object.radius = random.uniform(0.29, 0.36);
        object.travel = random.uniform(0.36, 0.48);
        object.start = {placeWay(random, 0, object.radius, kWorldWidth), placeWay(random, 0, object.radius, 1)};
        break;
    case Motion::Jumps:
        object.travel = random.uniform(0.32, 0.42);
        object.turns = 1;
        object.start = {placeWay(random, 0, object.radius, kWorldWidth), 1 - object.radius - random.uniform(0, 0.05)};
        break;
    case Motion::Swings:
        object.travel = random.uniform(0.3, 0.45);
        object.turns = random.chance(0.5) ? 1 : -1;
        object.start = {placeWay(random, 0, object.radius + object.travel, kWorldWidth),
                        placeWay(random, 0, object.radius, 1)};
        break;
    case Motion::Spins:
        object.turns = random.chance(0.5) ? 1 : -1;
        [[fallthrough]];
    case Motion::StandsStill:
        object.start = {placeWay(random, 0, object.radius, kWorldWidth), placeWay(random, 0, object.radius, 1)};
        break;
    case Motion::FreePath: drawFreePath(random, object); break;
    }
}

} // namespace

std::optional<Split> splitFromName(std::string_view text) {
    constexpr std::string_view kNames[] = {"train", "h1", "h2", "h3", "h4"};
    for (int i = 0; i < 5; ++i)
        if (kNames[i] == text)
            return static_cast<Split>(i);
    return std::nullopt;
}

bool isHeldOutTriple(Object object, Color color, Motion motion) {
    if (motion == Motion::FreePath)
        return false;
    const auto key = static_cast<std::uint64_t>(object) * 10007 + static_cast<std::uint64_t>(color) * 101 +
                     static_cast<std::uint64_t>(motion);
    return Random::mix(key ^ 0x746f796c616e6431ull) % 10 == 0;
}

bool isHeldOutPair(Object object, Color color, Motion motion) {
    return std::any_of(std::begin(kHeldOutPairs), std::end(kHeldOutPairs), [&](const HeldOutPair& pair) {
        return (!pair.object || *pair.object == object) && (!pair.color || *pair.color == color) &&
               (!pair.motion || *pair.motion == motion);
    });
}

bool contrasts(Color color, BackgroundKind kind, Color backgroundColor) {
    if (hasColor(kind))
        return color != backgroundColor;
    return !(kind == BackgroundKind::Night && color == Color::Black) &&
           !(kind == BackgroundKind::Hills && color == Color::Green);
}

Scene sceneFor(const Expectation& fixed, std::uint64_t seed) {
    // Every attribute takes its number whether it is fixed or not, so that fixing one leaves the others as they were.
    Random random(seed, Purpose::Attributes);
    Scene scene;
    scene.seed = seed;
    SceneObject object;
    const auto drawnObject = static_cast<Object>(random.below(kCoreObjects));
    const auto drawnColor = static_cast<Color>(random.below(kCoreColors));
    const auto drawnMotion = static_cast<Motion>(random.below(kCoreMotions));
    const auto drawnKind = static_cast<BackgroundKind>(random.below(kCoreBackgroundKinds));
    const auto drawnBackgroundColor = static_cast<Color>(random.below(kCoreColors));
    scene.background.variant = random.below(kBackgroundVariants);
    object.object = fixed.object.value_or(drawnObject);
    object.color = fixed.color.value_or(drawnColor);
    object.motion = fixed.motion.value_or(drawnMotion);
    scene.background.kind = fixed.background.value_or(drawnKind);
    if (fixed.backgroundColor && !fixed.background)
        scene.background.kind = static_cast<BackgroundKind>(random.below(4)); // the kinds that have a colour
    scene.background.color = fixed.backgroundColor.value_or(drawnBackgroundColor);
    // What is free gives way until object and background differ.
    for (int i = 0; i < 64 && !contrasts(object.color, scene.background.kind, scene.background.color); ++i) {
        if (!fixed.color)
            object.color = static_cast<Color>(random.below(kCoreColors));
        else if (hasColor(scene.background.kind) && !fixed.backgroundColor)
            scene.background.color = static_cast<Color>(random.below(kCoreColors));
        else if (!fixed.background && !fixed.backgroundColor)
            scene.background.kind = static_cast<BackgroundKind>(random.below(kCoreBackgroundKinds));
    }
    Random motionRandom(seed, Purpose::Motion);
    drawMotion(motionRandom, object);
    scene.objects.push_back(std::move(object));
    return scene;
}

Scene drawScene(std::uint64_t seed, Split split) {
    Random random(seed, Purpose::Scene);
    while (true) {
        Expectation fixed;
        if (split == Split::Train && random.chance(kFreePathShare))
            fixed.motion = Motion::FreePath;
        Scene scene = sceneFor(fixed, random.next());
        const SceneObject& object = scene.objects.front();
        const bool pair = isHeldOutPair(object.object, object.color, object.motion);
        const bool triple = isHeldOutTriple(object.object, object.color, object.motion);
        if (split == Split::H1 ? triple && !pair : split == Split::H2 ? pair : !pair && !triple) {
            if (split == Split::H3) {
                // Two smaller things at rest side by side: they never cover each other.
                Expectation other;
                other.motion = Motion::StandsStill;
                scene = sceneFor(other, random.next());
                Scene second = sceneFor({.motion = Motion::StandsStill,
                                         .background = scene.background.kind,
                                         .backgroundColor = scene.background.color},
                                        random.next());
                if (second.objects[0].color == scene.objects[0].color ||
                    second.objects[0].object == scene.objects[0].object)
                    continue;
                scene.objects.push_back(second.objects[0]);
                const bool swap = random.chance(0.5);
                for (int i = 0; i < 2; ++i) {
                    scene.objects[i].radius = random.uniform(0.2, 0.25);
                    scene.objects[i].start = {(i == 0) != swap ? 0.42 : 1.18, random.uniform(0.35, 0.65)};
                }
            }
            scene.seed = seed;
            return scene;
        }
    }
}

Expectation expectationOf(const Scene& scene) {
    Expectation expected;
    if (!scene.objects.empty()) {
        const SceneObject& object = scene.objects.front();
        expected.object = object.object;
        expected.color = object.color;
        if (object.motion != Motion::FreePath)
            expected.motion = object.motion;
    }
    expected.background = scene.background.kind;
    if (hasColor(scene.background.kind))
        expected.backgroundColor = scene.background.color;
    return expected;
}

} // namespace s1::toyland
