#include "toyland/renderer.h"

#include "toyland/backdrop.h"
#include "toyland/motion.h"
#include "toyland/shapes.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace s1::toyland {
namespace {

constexpr float kExtent = 1.08f;                          // outlines stay inside it, in object space
constexpr float kShadowX = 0.07f, kShadowY = 0.13f, kShadowBlur = 0.22f, kShadowStrength = 0.34f;
constexpr float kReach = kExtent + kShadowY + kShadowBlur; // object space, outline and shadow

float clamp01(float v) { return std::clamp(v, 0.0f, 1.0f); }

struct Box {
    int left = 0, top = 0, right = 0, bottom = 0; // half-open
    bool empty() const { return left >= right || top >= bottom; }
};

struct Placement {
    Pose pose;
    Box box;
};

struct Paints {
    Rgb body, dark, light;
    Rgb of(Paint paint) const {
        switch (paint) {
        case Paint::Body: return body;
        case Paint::BodyDark: return dark;
        case Paint::BodyLight: return light;
        case Paint::Glass: return {0.50f, 0.72f, 0.82f};
        case Paint::Tyre: return {0.018f, 0.018f, 0.022f};
        case Paint::Hub: return {0.55f, 0.55f, 0.57f};
        case Paint::Flame: return {0.95f, 0.25f, 0.02f};
        case Paint::Glow: return {1.0f, 0.80f, 0.25f};
        case Paint::White: return {0.93f, 0.93f, 0.93f};
        case Paint::Black: return {0.01f, 0.01f, 0.012f};
        case Paint::Wood: return {0.19f, 0.10f, 0.05f};
        }
        return body;
    }
};

Paints paintsFor(Color color) {
    const Rgb body = objectColor(color);
    if (color == Color::Black)
        return {body, fromSrgb8(52, 52, 58), fromSrgb8(96, 96, 104)};
    if (color == Color::White)
        return {body, fromSrgb8(204, 208, 216), {1, 1, 1}};
    return {body, body * 0.58f, mix(body, {1, 1, 1}, 0.55f)};
}

// Light from above left: a little lighter there, a little darker towards the edge and the lower right.
Rgb shade(Rgb color, float x, float y, float distance, bool isBlack) {
    const float slope = 1.04f - 0.13f * (0.45f * x + y);
    const float rim = 0.84f + 0.16f * clamp01(-distance / 0.22f);
    const float hx = x + 0.30f, hy = y + 0.36f;
    const float shine = clamp01(1 - (hx * hx + hy * hy) / 0.20f);
    const float strength = isBlack ? 0.10f : 0.16f;
    return mix(color * (slope * rim), {1, 1, 1}, strength * shine * shine);
}

Box boxAround(const Pose& pose, int width, int height) {
    const double reach = pose.radius * kReach;
    const double sx = width / kWorldWidth;
    return {std::max(0, static_cast<int>(std::floor((pose.center.x - reach) * sx))),
            std::max(0, static_cast<int>(std::floor((pose.center.y - reach) * height))),
            std::min(width, static_cast<int>(std::ceil((pose.center.x + reach) * sx)) + 1),
            std::min(height, static_cast<int>(std::ceil((pose.center.y + reach) * height)) + 1)};
}

// Draws the part of the thing inside its box onto pixels, which hold the area `window`.
void drawObject(const SceneObject& object, const Placement& placement, const Box& window, int width, int height,
                std::vector<Rgb>& pixels) {
    const Pose& pose = placement.pose;
    const float inverse = static_cast<float>(1 / pose.radius);
    const float cosine = static_cast<float>(std::cos(2 * std::numbers::pi * pose.angle));
    const float sine = static_cast<float>(std::sin(2 * std::numbers::pi * pose.angle));
    const float pixelsPerUnit = static_cast<float>(pose.radius * height);
    const Paints paints = paintsFor(object.color);
    const bool isBlack = object.color == Color::Black;
    const int stride = window.right - window.left;
    std::array<Part, kMaxParts> parts{};
    const auto toObject = [&](float x, float y, float& u, float& v) {
        u = x * cosine + y * sine;
        v = y * cosine - x * sine;
        if (pose.mirrored)
            u = -u;
    };
    for (int row = placement.box.top; row < placement.box.bottom; ++row)
        for (int column = placement.box.left; column < placement.box.right; ++column) {
            const float x = static_cast<float>((column + 0.5) / width * kWorldWidth - pose.center.x) * inverse;
            const float y = static_cast<float>((row + 0.5) / height - pose.center.y) * inverse;
            Rgb& pixel = pixels[static_cast<std::size_t>(row - window.top) * stride + column - window.left];
            float u, v, best = 1e9f;
            toObject(x, y, u, v);
            int count = 0;
            if (u * u + v * v < (kExtent + 0.06f) * (kExtent + 0.06f)) {
                count = evaluateParts(object.object, u, v, parts);
                for (int i = 0; i < count; ++i)
                    best = std::min(best, parts[i].distance);
            }
            if (best * pixelsPerUnit > -0.5f) { // not wholly covered: the shadow shows
                toObject(x - kShadowX, y - kShadowY, u, v);
                if (u * u + v * v < (kExtent + kShadowBlur) * (kExtent + kShadowBlur)) {
                    const float t = clamp01((kShadowBlur - silhouette(object.object, u, v)) / (2 * kShadowBlur));
                    pixel = pixel * (1 - kShadowStrength * t * t * (3 - 2 * t));
                }
            }
            for (int i = 0; i < count; ++i) {
                const float coverage = clamp01(0.5f - parts[i].distance * pixelsPerUnit);
                if (coverage <= 0)
                    continue;
                const bool glows = parts[i].paint == Paint::Flame || parts[i].paint == Paint::Glow;
                const Rgb color = paints.of(parts[i].paint);
                pixel = mix(pixel, glows ? color : shade(color, x, y, best, isBlack), coverage);
            }
        }
}

void store(PixelLayout layout, float* out, std::size_t index, std::size_t plane, Rgb srgb) {
    if (layout == PixelLayout::InterleavedUnit) {
        out[index * 3] = srgb.r, out[index * 3 + 1] = srgb.g, out[index * 3 + 2] = srgb.b;
    } else {
        out[index] = srgb.r * 2 - 1, out[index + plane] = srgb.g * 2 - 1, out[index + 2 * plane] = srgb.b * 2 - 1;
    }
}

Rgb encode(Rgb linear) { return {toSrgb(linear.r), toSrgb(linear.g), toSrgb(linear.b)}; }

} // namespace

double frameTime(int frame, int frames) { return frames > 1 ? static_cast<double>(frame) / (frames - 1) : 0; }

SceneRenderer::SceneRenderer(const Scene& scene, int width, int height)
    : m_scene(scene), m_width(width), m_height(height), m_backdrop(renderBackdrop(scene.background, width, height)),
      m_backdropSrgb(m_backdrop.size()) {
    std::transform(m_backdrop.begin(), m_backdrop.end(), m_backdropSrgb.begin(), encode);
}

void SceneRenderer::render(double time01, PixelLayout layout, float* out) const {
    const std::size_t plane = m_backdrop.size();
    for (std::size_t i = 0; i < plane; ++i)
        store(layout, out, i, plane, m_backdropSrgb[i]);
    std::vector<Placement> placements;
    Box window{m_width, m_height, 0, 0};
    for (const SceneObject& object : m_scene.objects) {
        Pose pose = poseAt(object, time01);
        pose.radius *= drawnScale(object.object);
        const Box box = boxAround(pose, m_width, m_height);
        placements.push_back({pose, box});
        if (!box.empty())
            window = {std::min(window.left, box.left), std::min(window.top, box.top), std::max(window.right, box.right),
                      std::max(window.bottom, box.bottom)};
    }
    if (window.empty())
        return;
    // Only what objects and shadows touch is composed anew.
    const int stride = window.right - window.left;
    std::vector<Rgb> pixels(static_cast<std::size_t>(stride) * (window.bottom - window.top));
    for (int row = window.top; row < window.bottom; ++row)
        std::copy_n(&m_backdrop[static_cast<std::size_t>(row) * m_width + window.left], stride,
                    &pixels[static_cast<std::size_t>(row - window.top) * stride]);
    for (std::size_t i = placements.size(); i-- > 0;)
        if (!placements[i].box.empty() && placements[i].pose.radius > 0)
            drawObject(m_scene.objects[i], placements[i], window, m_width, m_height, pixels);
    for (int row = window.top; row < window.bottom; ++row)
        for (int column = window.left; column < window.right; ++column)
            store(layout, out, static_cast<std::size_t>(row) * m_width + column, plane,
                  encode(pixels[static_cast<std::size_t>(row - window.top) * stride + column - window.left]));
}

void SceneRenderer::renderAll(int count, PixelLayout layout, float* out) const {
    for (int i = 0; i < count; ++i)
        render(frameTime(i, count), layout, out + static_cast<std::size_t>(i) * m_backdrop.size() * 3);
}

Frame SceneRenderer::renderFrame(double time01) const {
    std::vector<float> values(m_backdrop.size() * 3);
    render(time01, PixelLayout::InterleavedUnit, values.data());
    Frame frame(m_width, m_height);
    std::transform(values.begin(), values.end(), frame.rgb.begin(),
                   [](float v) { return static_cast<std::uint8_t>(v * 255 + 0.5f); });
    return frame;
}

void renderFrame(const Scene& scene, double time01, int width, int height, PixelLayout layout, float* out) {
    SceneRenderer(scene, width, height).render(time01, layout, out);
}

Clip renderClip(const Scene& scene, int width, int height, int frames, double fps) {
    const SceneRenderer renderer(scene, width, height);
    Clip clip;
    clip.fps = fps;
    for (int i = 0; i < frames; ++i)
        clip.frames.push_back(renderer.renderFrame(frameTime(i, frames)));
    return clip;
}

} // namespace s1::toyland
