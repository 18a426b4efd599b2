#include "base/files.h"
#include "toyland/renderer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace s1::toyland {
namespace {

Scene plainScene(Object object, Color color, Color background) {
    return sceneFor({.object = object, .color = color, .motion = Motion::StandsStill,
                     .background = BackgroundKind::Plain, .backgroundColor = background}, 1);
}

class AllObjects : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Object, AllObjects, testing::Range(0, kObjects));

TEST_P(AllObjects, CoverASensibleAreaInTheirColor) {
    Scene scene = plainScene(static_cast<Object>(GetParam()), Color::Red, Color::White);
    scene.objects[0].start = {0.8, 0.5};
    const Frame frame = SceneRenderer(scene, 64, 40).renderFrame(0);
    int red = 0;
    for (std::size_t i = 0; i < frame.rgb.size(); i += 3)
        red += frame.rgb[i] > 90 && frame.rgb[i + 1] < frame.rgb[i] / 2 && frame.rgb[i + 2] < frame.rgb[i] / 2;
    EXPECT_GT(red, 60);
    EXPECT_LT(red, 500);
}

TEST_P(AllObjects, LookTheSameAtEverySize) {
    // A large render, averaged down in blocks, is near the small one: pairs for super-resolution.
    Scene scene = plainScene(static_cast<Object>(GetParam()), Color::Blue, Color::Yellow);
    const Frame small = SceneRenderer(scene, 64, 40).renderFrame(0.5);
    const Frame large = SceneRenderer(scene, 256, 160).renderFrame(0.5);
    double sum = 0;
    for (int y = 0; y < 40; ++y)
        for (int x = 0; x < 192; ++x) {
            int mean = 0;
            for (int dy = 0; dy < 4; ++dy)
                for (int dx = 0; dx < 4; ++dx)
                    mean += large.row(y * 4 + dy)[(x / 3 * 4 + dx) * 3 + x % 3];
            sum += std::abs(mean / 16.0 - small.row(y)[x]);
        }
    EXPECT_LT(sum / (40 * 192), 2.0);
}

TEST_P(AllObjects, MirrorWhenTheyLookLeft) {
    Scene scene = plainScene(static_cast<Object>(GetParam()), Color::Green, Color::White);
    scene.objects[0].start = {0.8, 0.5};
    scene.objects[0].mirrored = false;
    const Frame right = SceneRenderer(scene, 64, 40).renderFrame(0);
    scene.objects[0].mirrored = true;
    const Frame left = SceneRenderer(scene, 64, 40).renderFrame(0);
    const bool symmetric = GetParam() != static_cast<int>(Object::Car) && GetParam() != static_cast<int>(Object::Fish) &&
                           GetParam() != static_cast<int>(Object::Moon) &&
                           GetParam() != static_cast<int>(Object::Boat) && GetParam() != static_cast<int>(Object::Bird);
    int different = 0;
    for (std::size_t i = 0; i < right.rgb.size(); ++i)
        different += std::abs(right.rgb[i] - left.rgb[i]) > 24;
    EXPECT_EQ(different < 10, symmetric) << different;
}

TEST(Renderer, KeyframesAreFramesOfTheLongClip) {
    const Scene scene = drawScene(12);
    const Clip keyframes = renderClip(scene, 64, 40, 8), all = renderClip(scene, 64, 40, 29);
    for (int i = 0; i < 8; ++i)
        EXPECT_EQ(keyframes.frames[i], all.frames[i * 4]);
}

TEST(Renderer, LayoutsHoldTheSamePicture) {
    const Scene scene = drawScene(3);
    std::vector<float> interleaved(30 * 20 * 3), planar(30 * 20 * 3);
    renderFrame(scene, 0.3, 30, 20, PixelLayout::InterleavedUnit, interleaved.data());
    renderFrame(scene, 0.3, 30, 20, PixelLayout::PlanarSigned, planar.data());
    for (int i = 0; i < 600; ++i)
        for (int c = 0; c < 3; ++c) {
            EXPECT_GE(interleaved[i * 3 + c], 0);
            EXPECT_LE(interleaved[i * 3 + c], 1);
            EXPECT_NEAR(planar[c * 600 + i], interleaved[i * 3 + c] * 2 - 1, 1e-6);
        }
}

TEST(Renderer, DrawsAtOddAndTinySizes) {
    for (const auto& [width, height] : {std::pair{1, 1}, {3, 200}, {101, 7}, {577, 321}})
        for (int kind = 0; kind < kBackgroundKinds; ++kind) {
            const Scene scene = sceneFor({.background = static_cast<BackgroundKind>(kind)}, 5);
            EXPECT_EQ(renderClip(scene, width, height, 2).frames[1].rgb.size(), std::size_t(width) * height * 3);
        }
}

TEST(Renderer, AThingOutsideThePictureLeavesTheBackdrop) {
    Scene scene = drawScene(3);
    scene.objects[0].motion = Motion::StandsStill;
    scene.objects[0].start = {9, 9};
    Scene empty = scene;
    empty.objects.clear();
    EXPECT_EQ(renderClip(scene, 64, 40, 1), renderClip(empty, 64, 40, 1));
}

TEST(Renderer, VariantsOfABackdropDiffer) {
    for (int kind = 1; kind < kBackgroundKinds; ++kind) {
        Scene scene = sceneFor({.background = static_cast<BackgroundKind>(kind)}, 5);
        scene.objects.clear();
        scene.background.variant = 0;
        const Clip first = renderClip(scene, 64, 40, 1);
        scene.background.variant = 1;
        EXPECT_NE(first, renderClip(scene, 64, 40, 1)) << kind;
    }
}

TEST(Renderer, NearObjectsHideFarOnes) {
    Scene scene = plainScene(Object::Ball, Color::Red, Color::White);
    scene.objects[0].start = {0.8, 0.5};
    scene.objects.push_back(scene.objects[0]);
    scene.objects[1].color = Color::Blue;
    const Frame frame = SceneRenderer(scene, 64, 40).renderFrame(0);
    const std::uint8_t* pixel = frame.row(22) + 34 * 3;
    EXPECT_GT(pixel[0], pixel[2]);
}

// A golden hash of one small picture of every kind of thing: it changes only on purpose. When it does, models trained
// on the old pictures no longer match the new ones.
TEST(Renderer, PicturesAreTheAgreedOnes) {
    std::string bytes;
    for (std::uint64_t seed = 0; seed < 64; ++seed) {
        const Frame frame = SceneRenderer(drawScene(seed), 64, 40).renderFrame(0.37);
        for (const std::uint8_t value : frame.rgb)
            bytes += static_cast<char>(value);
    }
    EXPECT_EQ(sha256(bytes), "27072213e9b4ed1d2d26cccfefaf5c1c8383d29446d893bedc6b3940fc7a1f9b");
}

} // namespace
} // namespace s1::toyland
