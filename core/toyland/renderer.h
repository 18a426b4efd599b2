#pragma once

#include "media/clip.h"
#include "toyland/palette.h"
#include "toyland/scene.h"

#include <vector>

namespace s1::toyland {

enum class PixelLayout {
    InterleavedUnit, // R G B a pixel, sRGB 0…1: [H, W, 3]
    PlanarSigned     // three planes, sRGB -1…1: [3, H, W], as the networks take it
};

// Draws one scene at one size; the backdrop is made once. Rendering is const and may run on many threads.
class SceneRenderer {
public:
    SceneRenderer(const Scene& scene, int width, int height); // sizes at least 1

    int width() const { return m_width; }
    int height() const { return m_height; }

    // One frame, width*height*3 floats. time01: 0 is the first, 1 the last frame of a clip.
    void render(double time01, PixelLayout layout, float* out) const;
    // count frames at times i/(count-1), one after the other.
    void renderAll(int count, PixelLayout layout, float* out) const;
    Frame renderFrame(double time01) const;

private:
    Scene m_scene;
    int m_width, m_height;
    std::vector<Rgb> m_backdrop;    // linear
    std::vector<Rgb> m_backdropSrgb; // the same, encoded
};

void renderFrame(const Scene& scene, double time01, int width, int height, PixelLayout layout, float* out);

// frames at times i/(frames-1), so that 8 keyframes are frames 0, 4, 8 … of 29.
Clip renderClip(const Scene& scene, int width, int height, int frames, double fps = 8);

double frameTime(int frame, int frames); // 0 for a single frame

} // namespace s1::toyland
