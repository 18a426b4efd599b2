#pragma once

#include "toyland/values.h"

#include <cstdint>

namespace s1::toyland {

// Light, linear, 0…1 a channel.
struct Rgb {
    float r = 0, g = 0, b = 0;
};

inline Rgb operator*(Rgb c, float k) { return {c.r * k, c.g * k, c.b * k}; }
inline Rgb operator+(Rgb a, Rgb b) { return {a.r + b.r, a.g + b.g, a.b + b.b}; }
inline Rgb mix(Rgb a, Rgb b, float t) {
    return {a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t};
}

float toLinear(float srgb);
// sRGB 0…1 of a linear value, clamped; from a table, exact to 1e-4.
float toSrgb(float linear);
Rgb fromSrgb8(int r, int g, int b);

Rgb objectColor(Color color);     // full colours
Rgb backgroundColor(Color color); // the same hues, quieter, so that things stand out

} // namespace s1::toyland
