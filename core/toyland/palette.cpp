#include "toyland/palette.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace s1::toyland {
namespace {

constexpr int kSteps = 4096;
constexpr float kLowEnd = 1.0f / 64; // below it the curve is steep and has its own, finer table

float curve(double linear) {
    return static_cast<float>(linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1 / 2.4) - 0.055);
}

struct Tables {
    std::array<float, kSteps + 2> all, low;
    Tables() {
        for (int i = 0; i < kSteps + 2; ++i) {
            all[i] = curve(static_cast<double>(i) / kSteps);
            low[i] = curve(static_cast<double>(i) / kSteps * kLowEnd);
        }
    }
};

const Tables kTables;

using Triple = std::array<std::uint8_t, 3>;

constexpr std::array<Triple, kColors> kObjectColors = {{{222, 36, 40}, {28, 152, 64}, {36, 84, 224}, {252, 212, 40},
    {132, 48, 184}, {246, 128, 24}, {248, 248, 246}, {26, 26, 30}, {255, 140, 190}, {60, 205, 215}}};
constexpr std::array<Triple, kColors> kBackgroundColors = {{{196, 66, 62}, {70, 158, 92}, {74, 122, 208}, {240, 208, 96},
    {136, 88, 176}, {236, 146, 72}, {226, 228, 230}, {44, 45, 50}, {244, 168, 200}, {110, 200, 206}}};

Rgb fromTriple(const Triple& t) { return fromSrgb8(t[0], t[1], t[2]); }

template <typename Table>
std::array<Rgb, kColors> linearTable(const Table& source) {
    std::array<Rgb, kColors> table;
    std::transform(source.begin(), source.end(), table.begin(), fromTriple);
    return table;
}

} // namespace

float toLinear(float srgb) {
    return srgb <= 0.04045f ? srgb / 12.92f : static_cast<float>(std::pow((srgb + 0.055) / 1.055, 2.4));
}

float toSrgb(float linear) {
    const bool low = linear < kLowEnd;
    const float position = std::clamp(low ? linear / kLowEnd : linear, 0.0f, 1.0f) * kSteps;
    const int i = static_cast<int>(position);
    const auto& table = low ? kTables.low : kTables.all;
    return table[i] + (table[i + 1] - table[i]) * (position - i);
}

Rgb fromSrgb8(int r, int g, int b) { return {toLinear(r / 255.0f), toLinear(g / 255.0f), toLinear(b / 255.0f)}; }

Rgb objectColor(Color color) {
    static const auto table = linearTable(kObjectColors);
    return table[static_cast<std::size_t>(color)];
}

Rgb backgroundColor(Color color) {
    static const auto table = linearTable(kBackgroundColors);
    return table[static_cast<std::size_t>(color)];
}

} // namespace s1::toyland
