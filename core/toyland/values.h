#pragma once

#include "base/result.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// The values a Toyland scene is made of (contract.md 5.1). The core set comes first in every enum: the embedded model
// is trained on it. What follows it can be rendered and named, but is not drawn for training.
namespace s1::toyland {

enum class Object : std::uint8_t {
    Ball, Square, Triangle, Star, Heart, Car, Fish, Rocket,
    Ring, Cross, Diamond, Hexagon, Moon, Boat, Bird, Butterfly
};
enum class Color : std::uint8_t { Red, Green, Blue, Yellow, Purple, Orange, White, Black, Pink, Cyan };
enum class Motion : std::uint8_t {
    MovesLeft, MovesRight, MovesUp, MovesDown, Bounces, Circles, Grows, Shrinks, StandsStill,
    MovesUpLeft, MovesUpRight, MovesDownLeft, MovesDownRight, Jumps, Swings, Spins,
    FreePath // any smooth path, without words for it
};
enum class BackgroundKind : std::uint8_t { Plain, Checkered, Striped, Gradient, Night, Sea, Hills, Sunset, Dotted };

inline constexpr int kCoreObjects = 8, kObjects = 16;
inline constexpr int kCoreColors = 8, kColors = 10;
inline constexpr int kCoreMotions = 9, kMotions = 17;
inline constexpr int kCoreBackgroundKinds = 8, kBackgroundKinds = 9;
inline constexpr int kBackgroundVariants = 4; // phases of a pattern, layouts of a landscape

std::string_view name(Object object);
std::string_view name(Color color);
std::string_view name(Motion motion);
std::string_view name(BackgroundKind kind);

// One of the first count values, never the same one; which is told by number, from 0.
template <typename Value>
constexpr Value another(Value value, int count, int number) {
    return static_cast<Value>((static_cast<int>(value) + 1 + number % (count - 1)) % count);
}

// Exact canonical names only; free wording is for parsePrompt() in captions.h.
std::optional<Object> objectFromName(std::string_view text);
std::optional<Color> colorFromName(std::string_view text);
std::optional<Motion> motionFromName(std::string_view text);
std::optional<BackgroundKind> backgroundKindFromName(std::string_view text);

constexpr bool hasColor(BackgroundKind kind) {
    return kind <= BackgroundKind::Gradient || kind == BackgroundKind::Dotted;
}

// "blue", "blue checkered", "night". Without a colour for a pattern that has one: "checkered", and "plain".
std::string backgroundName(BackgroundKind kind, std::optional<Color> color);

// What a prompt asks for, or what a judge expects; an absent part may be anything.
struct Expectation {
    std::optional<Object> object;
    std::optional<Color> color;
    std::optional<Motion> motion;
    std::optional<BackgroundKind> background;
    std::optional<Color> backgroundColor;

    bool operator==(const Expectation&) const = default;
};

} // namespace s1::toyland
