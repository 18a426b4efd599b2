#include "toyland/backdrop.h"

#include "toyland/random.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace s1::toyland {
namespace {

constexpr float kTurn = 2 * std::numbers::pi_v<float>;

float distanceBetween(float x, float y, float toX, float toY) {
    return std::sqrt((x - toX) * (x - toX) + (y - toY) * (y - toY));
}
float clamp01(float v) { return std::clamp(v, 0.0f, 1.0f); }
float smooth(float low, float high, float v) {
    const float t = clamp01((v - low) / (high - low));
    return t * t * (3 - 2 * t);
}

struct Canvas {
    std::vector<Rgb> pixels;
    int width, height;

    float x(int column) const { return (column + 0.5f) / width * static_cast<float>(kWorldWidth); }
    float y(int row) const { return (row + 0.5f) / height; }
    float perPixel() const { return 1.0f / height; }

    // Colour of every pixel from its world position.
    template <typename Function>
    void fill(Function&& color) {
        for (int row = 0; row < height; ++row)
            for (int column = 0; column < width; ++column)
                pixels[static_cast<std::size_t>(row) * width + column] = color(x(column), y(row));
    }

    // Everything below the curve top(x); anti-aliased along the vertical.
    template <typename Curve, typename Function>
    void ground(Curve&& top, Function&& color) {
        for (int column = 0; column < width; ++column) {
            const float edge = top(x(column));
            for (int row = 0; row < height; ++row) {
                const float coverage = clamp01((y(row) - edge) / perPixel() + 0.5f);
                if (coverage > 0) {
                    Rgb& pixel = pixels[static_cast<std::size_t>(row) * width + column];
                    pixel = mix(pixel, color(x(column), y(row)), coverage);
                }
            }
        }
    }

    // A disc whose light keeps its sum when it is smaller than a pixel.
    void disc(float centerX, float centerY, float radius, Rgb color, float strength) {
        const float half = perPixel() * 0.5f, reach = radius + half;
        const float scale = std::min(1.0f, radius * radius * 3.14f / (perPixel() * perPixel()));
        const int top = std::max(0, static_cast<int>((centerY - reach) * height));
        const int bottom = std::min(height - 1, static_cast<int>((centerY + reach) * height));
        const float toColumn = width / static_cast<float>(kWorldWidth);
        const int left = std::max(0, static_cast<int>((centerX - reach) * toColumn));
        const int right = std::min(width - 1, static_cast<int>((centerX + reach) * toColumn));
        for (int row = top; row <= bottom; ++row)
            for (int column = left; column <= right; ++column) {
                const float distance = distanceBetween(x(column), y(row), centerX, centerY) - radius;
                const float coverage = clamp01(0.5f - distance / perPixel()) * scale * strength;
                Rgb& pixel = pixels[static_cast<std::size_t>(row) * width + column];
                pixel = mix(pixel, color, coverage);
            }
    }
};

// 0 or 1 in turn along u, one unit each, with an edge as wide as a pixel of pixelsPerUnit.
float squareWave(float u, float pixelsPerUnit) {
    const float f = u - 2 * std::floor(u / 2);                    // 0…2
    const float toEdge = f < 1 ? std::min(f, 1 - f) : -std::min(f - 1, 2 - f); // positive in the first half
    return clamp01(0.5f + toEdge * pixelsPerUnit);
}

// The second tone of a pattern: lighter for dark colours, darker for light ones.
Rgb secondTone(Color color) {
    const Rgb base = backgroundColor(color);
    switch (color) {
    case Color::Black: return fromSrgb8(84, 86, 94);
    case Color::White: return fromSrgb8(186, 190, 196);
    case Color::Yellow:
    case Color::Pink:
    case Color::Cyan: return base * 0.66f;
    default: return mix(base, {1, 1, 1}, 0.24f);
    }
}

Rgb ramp(std::initializer_list<std::pair<float, Rgb>> stops, float v) {
    auto last = stops.begin();
    for (auto it = stops.begin(); it != stops.end(); last = it++)
        if (v < it->first)
            return it == stops.begin() ? it->second
                                       : mix(last->second, it->second, (v - last->first) / (it->first - last->first));
    return last->second;
}

void paintNight(Canvas& canvas, int variant) {
    const Rgb top = fromSrgb8(22, 24, 70), middle = fromSrgb8(44, 44, 112), low = fromSrgb8(92, 80, 150);
    canvas.fill([&](float, float y) { return ramp({{0, top}, {0.55f, middle}, {1, low}}, y); });
    Random random(static_cast<std::uint64_t>(variant), Purpose::Stars);
    for (int i = 0; i < 46; ++i) {
        const float x = static_cast<float>(random.uniform(0, kWorldWidth)), y = static_cast<float>(random.uniform(0, 0.8));
        const float radius = static_cast<float>(random.chance(0.25) ? 0.011 : random.uniform(0.004, 0.008));
        canvas.disc(x, y, radius, fromSrgb8(255, 246, 214), 0.95f);
    }
    const float phase = variant * 0.27f;
    canvas.ground([&](float x) { return 0.87f + 0.045f * std::sin(kTurn * (x * 0.55f + phase)); },
                  [land = fromSrgb8(16, 18, 48)](float, float) { return land; });
}

void paintSea(Canvas& canvas, int variant) {
    const float horizon = 0.40f + 0.04f * variant, phase = variant * 0.31f;
    const Rgb skyTop = fromSrgb8(112, 182, 236), skyLow = fromSrgb8(206, 230, 240);
    const Rgb far = fromSrgb8(92, 190, 200), near = fromSrgb8(10, 108, 132), crest = fromSrgb8(176, 228, 226);
    canvas.fill([&](float, float y) { return mix(skyTop, skyLow, clamp01(y / horizon)); });
    canvas.ground([&](float) { return horizon; }, [&](float x, float y) {
        const float depth = (y - horizon) / (1 - horizon); // 0 at the horizon
        // Waves grow and spread towards the viewer.
        const float rows = 5.2f * std::sqrt(clamp01(depth)) + 0.22f * std::sin(kTurn * (x * (1.9f - depth) + phase));
        const float wave = rows - std::floor(rows);
        const float light = smooth(0.78f, 0.90f, wave) * (1 - smooth(0.90f, 1.0f, wave)) * (0.25f + 0.5f * clamp01(depth));
        return mix(mix(far, near, smooth(0, 0.9f, depth)), crest, light);
    });
}

void paintHills(Canvas& canvas, int variant) {
    const Rgb skyTop = fromSrgb8(104, 176, 236), skyLow = fromSrgb8(204, 230, 242);
    canvas.fill([&](float, float y) { return mix(skyTop, skyLow, clamp01(y / 0.6f)); });
    const float p = variant * 0.23f;
    const auto layer = [&](float base, float amplitude, float frequency, float phase, Rgb top, Rgb low) {
        const auto edge = [=](float x) {
            return base - amplitude * (0.75f * std::sin(kTurn * (x * frequency + phase)) +
                                       0.25f * std::sin(kTurn * (x * frequency * 2.3f + phase * 1.7f)));
        };
        canvas.ground(edge, [&](float x, float y) { return mix(top, low, clamp01((y - edge(x)) / 0.4f)); });
    };
    layer(0.52f, 0.07f, 0.75f, p, fromSrgb8(150, 202, 176), fromSrgb8(140, 196, 160));
    layer(0.66f, 0.08f, 0.55f, 0.35f + p * 1.6f, fromSrgb8(124, 192, 104), fromSrgb8(96, 170, 84));
    layer(0.84f, 0.07f, 0.42f, 0.1f + p * 2.2f, fromSrgb8(112, 182, 54), fromSrgb8(78, 144, 42));
}

void paintSunset(Canvas& canvas, int variant) {
    const float horizon = 0.76f, sunX = 0.38f + 0.28f * variant;
    const Rgb top = fromSrgb8(86, 56, 124), upper = fromSrgb8(188, 84, 128), lower = fromSrgb8(250, 142, 112),
              glow = fromSrgb8(255, 206, 150), halo = fromSrgb8(255, 226, 170), near = fromSrgb8(66, 44, 96),
              far = fromSrgb8(150, 78, 116);
    canvas.fill([&](float x, float y) {
        const Rgb sky = ramp({{0, top}, {0.34f, upper}, {0.62f, lower}, {0.78f, glow}}, y);
        const float distance = distanceBetween(x, y, sunX, horizon - 0.04f);
        return mix(sky, halo, 0.6f * (1 - smooth(0.12f, 0.46f, distance)));
    });
    canvas.disc(sunX, horizon - 0.04f, 0.15f, fromSrgb8(255, 240, 196), 1);
    canvas.ground([&](float) { return horizon; }, [&](float x, float y) {
        const float depth = (y - horizon) / (1 - horizon);
        const Rgb water = mix(far, near, smooth(0, 0.8f, depth));
        const float across = std::fabs(x - sunX) / (0.16f + 0.05f * std::sin(kTurn * depth * 3.5f));
        return mix(water, glow, 0.7f * (1 - smooth(0.5f, 1.1f, across)) * (1 - 0.5f * depth));
    });
}

} // namespace

std::vector<Rgb> renderBackdrop(const Background& background, int width, int height) {
    Canvas canvas{std::vector<Rgb>(static_cast<std::size_t>(width) * height), width, height};
    const Rgb base = backgroundColor(background.color), tone = secondTone(background.color);
    const int variant = background.variant;
    const float middle = static_cast<float>(kWorldWidth) / 2;
    switch (background.kind) {
    case BackgroundKind::Plain: // a trace of light in the middle keeps it from looking like a test card
        canvas.fill([&](float x, float y) {
            const float dx = x - middle, dy = y - 0.45f;
            return base * (1.06f - 0.16f * (dx * dx + dy * dy));
        });
        break;
    case BackgroundKind::Checkered: {
        const float cell = 0.2f, shift = variant * 0.5f;
        canvas.fill([&](float x, float y) {
            const float a = squareWave(x / cell + shift, cell * height), b = squareWave(y / cell, cell * height);
            return mix(base, tone, a * (1 - b) + b * (1 - a));
        });
        break;
    }
    case BackgroundKind::Striped: {
        const float width = 0.15f, shift = variant * 0.5f;
        canvas.fill([&](float x, float y) {
            return mix(base, tone, squareWave((x + y) * 0.70711f / width + shift, width * height));
        });
        break;
    }
    case BackgroundKind::Gradient: {
        // Light to deep; even variants have the light above, and two of them lean.
        const float lean = variant < 2 ? 0.0f : 0.35f;
        const bool dark = background.color == Color::Black;
        const Rgb light = dark ? fromSrgb8(150, 152, 160) : mix(base, {1, 1, 1}, 0.62f);
        const Rgb deep = dark ? base * 0.55f : background.color == Color::White ? fromSrgb8(168, 174, 184) : base * 0.72f;
        canvas.fill([&](float x, float y) {
            float v = (y + lean * (x - middle) + lean * middle) / (1 + 2 * lean * middle);
            if (variant % 2 == 1)
                v = 1 - v;
            return mix(light, deep, smooth(-0.1f, 1.05f, v));
        });
        break;
    }
    case BackgroundKind::Dotted: {
        const float cell = 0.25f, shift = variant * 0.25f;
        canvas.fill([&](float x, float y) {
            const float row = std::floor(y / cell);
            const float u = x / cell + shift + 0.5f * (static_cast<int>(row) & 1), v = y / cell;
            const float distance = distanceBetween(u - std::floor(u), v - row, 0.5f, 0.5f) * cell - 0.075f;
            return mix(base, tone, clamp01(0.5f - distance * height));
        });
        break;
    }
    case BackgroundKind::Night: paintNight(canvas, variant); break;
    case BackgroundKind::Sea: paintSea(canvas, variant); break;
    case BackgroundKind::Hills: paintHills(canvas, variant); break;
    case BackgroundKind::Sunset: paintSunset(canvas, variant); break;
    }
    return std::move(canvas.pixels);
}

} // namespace s1::toyland
