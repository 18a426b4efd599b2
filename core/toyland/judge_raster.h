#pragma once

#include "media/clip.h"
#include "toyland/scene.h"

#include <array>
#include <cstdint>
#include <vector>

// The judge's picture work: everything happens at 64x40, sRGB 0…1.
namespace s1::toyland {

inline constexpr int kJudgeWidth = 64, kJudgeHeight = 40, kJudgePixels = kJudgeWidth * kJudgeHeight;

struct Raster {
    std::vector<float> rgb = std::vector<float>(kJudgePixels * 3); // interleaved
    const float* at(int pixel) const { return &rgb[static_cast<std::size_t>(pixel) * 3]; }
    float* at(int pixel) { return &rgb[static_cast<std::size_t>(pixel) * 3]; }
};

using Mask = std::array<std::uint8_t, kJudgePixels>; // 0 or 1

Raster toRaster(const Frame& frame);
Raster medianOf(const std::vector<Raster>& frames);

// The known backdrop that is nearest to the still part of the frames, by truncated squared distance.
struct BackdropFit {
    Background background;
    Raster raster;
};
BackdropFit fitBackdrop(const Raster& median, bool extended);

// How far the still part is from the nearest colour of the known backdrop thereabouts, squared.
using Deviation = std::array<float, kJudgePixels>;
Deviation deviationOf(const Raster& median, const BackdropFit& fit);

// What of the still part deviates by more than least and has an outline: a thing that stands, or a piece of a backdrop that is
// not quite the known one. Specks and lines are left out.
Mask unexplained(const Deviation& deviation, const Raster& median, float least);

// The clip's own backdrop: its still part, with the known backdrop where things stand.
Raster ownBackdrop(const BackdropFit& fit, const Raster& median, const Mask& standing);

// Typical deviation from the backdrop of a channel of a pixel that shows it.
float noiseLevel(const std::vector<Raster>& frames, const Raster& backdrop);

// Pixels that are neither backdrop nor shadow on it; specks removed, small holes filled.
Mask foreground(const Raster& frame, const Raster& backdrop, float noise);

struct Component {
    std::vector<int> pixels;
    double x = 0, y = 0, angle = 0; // centroid in pixels, pixel centres at .5; axis
    int border = 0;                 // pixels on the picture's edge
};
std::vector<Component> components(const Mask& mask); // largest first, at least 6 pixels each

// The thing without what is faint beside its own contrast: a trail or halo is no part of an outline.
Component solidPart(const Component& thing, const Raster& frame, const Raster& backdrop);

} // namespace s1::toyland
