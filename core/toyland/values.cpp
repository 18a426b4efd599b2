#include "toyland/values.h"

namespace s1::toyland {
namespace {

constexpr std::array<std::string_view, kObjects> kObjectNames = {
    "ball", "square", "triangle", "star", "heart", "car", "fish", "rocket",
    "ring", "cross", "diamond", "hexagon", "moon", "boat", "bird", "butterfly"};
constexpr std::array<std::string_view, kColors> kColorNames = {
    "red", "green", "blue", "yellow", "purple", "orange", "white", "black", "pink", "cyan"};
constexpr std::array<std::string_view, kMotions> kMotionNames = {
    "moves left", "moves right", "moves up", "moves down", "bounces", "circles", "grows", "shrinks", "stands still",
    "moves up left", "moves up right", "moves down left", "moves down right", "jumps", "swings", "spins", "free path"};
constexpr std::array<std::string_view, kBackgroundKinds> kBackgroundNames = {
    "plain", "checkered", "striped", "gradient", "night", "sea", "hills", "sunset", "dotted"};

template <typename Value, std::size_t N>
std::optional<Value> find(const std::array<std::string_view, N>& names, std::string_view text) {
    for (std::size_t i = 0; i < N; ++i)
        if (names[i] == text)
            return static_cast<Value>(i);
    return std::nullopt;
}

} // namespace

std::string_view name(Object object) { return kObjectNames[static_cast<std::size_t>(object)]; }
std::string_view name(Color color) { return kColorNames[static_cast<std::size_t>(color)]; }
std::string_view name(Motion motion) { return kMotionNames[static_cast<std::size_t>(motion)]; }
std::string_view name(BackgroundKind kind) { return kBackgroundNames[static_cast<std::size_t>(kind)]; }

std::optional<Object> objectFromName(std::string_view text) { return find<Object>(kObjectNames, text); }
std::optional<Color> colorFromName(std::string_view text) { return find<Color>(kColorNames, text); }
std::optional<Motion> motionFromName(std::string_view text) { return find<Motion>(kMotionNames, text); }
std::optional<BackgroundKind> backgroundKindFromName(std::string_view text) {
    return find<BackgroundKind>(kBackgroundNames, text);
}

std::string backgroundName(BackgroundKind kind, std::optional<Color> color) {
    if (!hasColor(kind) || !color)
        return std::string(name(kind));
    if (kind == BackgroundKind::Plain)
        return std::string(name(*color));
    return std::string(name(*color)) + " " + std::string(name(kind));
}

} // namespace s1::toyland
