#include "probe/likeness.h"

#include "toyland/renderer.h"

#include <gtest/gtest.h>

#include <cmath>

namespace s1::probe {
namespace {

Clip grey(std::initializer_list<int> levels) {
    Clip clip;
    for (const int level : levels) {
        Frame frame(4, 2);
        std::fill(frame.rgb.begin(), frame.rgb.end(), static_cast<std::uint8_t>(level));
        clip.frames.push_back(std::move(frame));
    }
    return clip;
}

TEST(Likeness, PsnrIsOfAllFramesOrOfThoseBetween) {
    const Clip truth = grey({100, 100, 100, 100, 100}), clip = grey({0, 110, 110, 110, 0});
    EXPECT_NEAR(psnr(clip, truth, 4), 20 * std::log10(25.5), 1e-9);
    EXPECT_NEAR(psnr(clip, truth), 10 * std::log10(255.0 * 255 / ((2 * 10000 + 3 * 100) / 5.0)), 1e-9);
    EXPECT_TRUE(std::isinf(psnr(truth, truth)));
}

TEST(Likeness, ABlendPassesThroughTheFramesItIsOf) {
    EXPECT_EQ(blended(grey({0, 100, 60}), 9), grey({0, 25, 50, 75, 100, 90, 80, 70, 60}));
}

TEST(Likeness, PathErrorIsTheDistanceOfTheThingsInSmallPixels) {
    toyland::Scene scene;
    scene.objects.push_back({.object = toyland::Object::Ball, .color = toyland::Color::Red, .motion = toyland::Motion::StandsStill, .radius = 0.2, .start = {0.6, 0.5}});
    scene.background = {.kind = toyland::BackgroundKind::Plain, .color = toyland::Color::White};
    toyland::Scene moved = scene;
    moved.objects.front().start = {0.7, 0.5}; // a tenth of the picture's height
    const Clip truth = toyland::renderClip(scene, 128, 80, 8), clip = toyland::renderClip(moved, 128, 80, 8);
    EXPECT_NEAR(pathError(clip, truth).value(), 4, 0.1);
    EXPECT_NEAR(pathError(truth, truth).value(), 0, 1e-12);
    EXPECT_FALSE(pathError(grey({0, 0}), grey({0, 0})).has_value());
}

} // namespace
} // namespace s1::probe
