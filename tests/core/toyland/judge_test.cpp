#include "toyland/judge.h"
#include "toyland/judge_motion.h"
#include "toyland/noise.h"
#include "toyland/random.h"
#include "toyland/renderer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace s1::toyland {
namespace {

struct Trial {
    double sigma;
    int frames, width, height;
};

class TrueRenders : public testing::TestWithParam<Trial> {};
INSTANTIATE_TEST_SUITE_P(Judge, TrueRenders, testing::Values(Trial{0, 8, 64, 40}, Trial{0.04, 8, 64, 40},
                                                            Trial{0.02, 29, 64, 40}, Trial{0, 8, 256, 160}));

TEST_P(TrueRenders, AreFoundRight) {
    constexpr int kCount = 24;
    int right = 0;
    for (std::uint64_t seed = 9000; seed < 9000 + kCount; ++seed) {
        const Scene scene = drawScene(seed);
        const auto [sigma, frames, width, height] = GetParam();
        const Verdict verdict = judge(withNoise(renderClip(scene, width, height, frames), sigma, seed),
                                      expectationOf(scene));
        right += verdict.all;
        if (!verdict.all)
            std::cout << toJson(verdict).dump() << "\n";
    }
    EXPECT_GE(right, kCount - 1);
}

Scene oneOf(Object object, Color color, Motion motion) {
    return sceneFor({.object = object, .color = color, .motion = motion, .background = BackgroundKind::Checkered,
                     .backgroundColor = Color::White}, 21);
}

class EveryMotion : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Judge, EveryMotion, testing::Range(0, kCoreMotions));

TEST_P(EveryMotion, IsToldFromTheOthers) {
    const auto motion = static_cast<Motion>(GetParam());
    const Observation seen = observe(renderClip(oneOf(Object::Fish, Color::Purple, motion), 64, 40, 8));
    EXPECT_EQ(seen.motion, motion);
    for (int other = 0; other < kCoreMotions; ++other)
        EXPECT_EQ(judge(seen, {.motion = static_cast<Motion>(other)}).all, other == GetParam());
}

class EveryObject : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Judge, EveryObject, testing::Range(0, kCoreObjects));

TEST_P(EveryObject, IsToldFromTheOthers) {
    const auto object = static_cast<Object>(GetParam());
    const Observation seen = observe(renderClip(oneOf(object, Color::Green, Motion::MovesLeft), 64, 40, 8));
    for (int other = 0; other < kCoreObjects; ++other)
        EXPECT_EQ(judge(seen, {.object = static_cast<Object>(other)}).all, other == GetParam());
}

TEST(Judge, AnEmptySceneHasNoThing) {
    Scene scene = drawScene(1);
    scene.objects.clear();
    const Observation seen = observe(withNoise(renderClip(scene, 64, 40, 8), 0.04, 1));
    EXPECT_EQ(seen.things, 0);
    EXPECT_FALSE(seen.object || seen.color || seen.motion);
    EXPECT_EQ(judge(seen, {.object = Object::Ball}).object.found, "none");
}

TEST(Judge, TwoThingsAreNotOne) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Scene scene = drawScene(seed, Split::H3);
        const Verdict verdict = judge(renderClip(scene, 64, 40, 8), expectationOf(scene));
        EXPECT_EQ(verdict.object.found, "several");
        EXPECT_FALSE(verdict.all);
    }
}

// A network's hills are not quite ours, nor are its tones.
Clip beforeAnotherBackdrop(Scene scene, int variant, double tint) {
    scene.background.variant = variant;
    Clip clip = renderClip(scene, 64, 40, 8);
    for (Frame& frame : clip.frames)
        for (int y = 0; y < frame.height; ++y)
            for (int x = 0; x < frame.width * 3; ++x) {
                std::uint8_t& value = frame.row(y)[x];
                value = static_cast<std::uint8_t>(std::clamp(value + tint * 255 * (1 - 2.0 * y / frame.height), 0.0, 255.0));
            }
    return clip;
}

TEST(Judge, ABackdropNeedNotBeQuiteOurs) {
    constexpr int kCount = 60;
    int right = 0;
    for (std::uint64_t seed = 300; seed < 300 + kCount; ++seed) {
        const Scene scene = drawScene(seed);
        // A sun elsewhere would be a thing.
        const int variant = scene.background.kind == BackgroundKind::Sunset ? scene.background.variant : 4 + static_cast<int>(seed % 5);
        const Verdict verdict = judge(beforeAnotherBackdrop(scene, variant, 0.06), {.object = scene.objects[0].object});
        right += verdict.all;
    }
    EXPECT_GE(right, kCount * 9 / 10);
}

TEST(Judge, AnotherBackdropAroundAStandingThingIsNoPartOfIt) {
    int right = 0, count = 0;
    for (int object = 0; object < kCoreObjects; ++object)
        for (std::uint64_t seed = 0; seed < 4; ++seed, ++count) {
            const Scene scene = sceneFor({.object = static_cast<Object>(object), .motion = Motion::StandsStill, .background = BackgroundKind::Hills},
                                         seed + 100 * static_cast<std::uint64_t>(object));
            right += judge(beforeAnotherBackdrop(scene, 4 + static_cast<int>(seed % 5), 0.06), {.object = static_cast<Object>(object)}).all;
        }
    EXPECT_GE(right, count - 1);
}

TEST(Judge, AStandingThingBesideAMovingOneCounts) {
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        Scene scene = sceneFor({.object = Object::Star, .color = Color::Yellow, .motion = Motion::StandsStill,
                                .background = BackgroundKind::Hills}, seed);
        const Scene other = sceneFor({.object = Object::Ball, .color = Color::Red, .motion = Motion::MovesRight,
                                      .background = BackgroundKind::Hills}, seed);
        scene.objects[0].start = {0.8, 0.25};
        scene.objects.push_back(other.objects[0]);
        scene.objects[1].start = {0.3, 0.75};
        EXPECT_EQ(observe(renderClip(scene, 64, 40, 8)).things, 2) << seed;
    }
}

TEST(Judge, NoiseIsNothingRight) {
    Clip clip;
    for (int i = 0; i < 8; ++i)
        clip.frames.emplace_back(64, 40);
    Random random(1, Purpose::Noise);
    for (Frame& frame : clip.frames)
        for (auto& value : frame.rgb)
            value = static_cast<std::uint8_t>(random.below(256));
    EXPECT_FALSE(observe(clip).object);
}

TEST(Judge, AShapelessBlobIsNoObject) {
    // Three overlapping balls in a bent row: one thing, but none of ours.
    Scene scene = sceneFor({.object = Object::Ball, .color = Color::Red, .motion = Motion::StandsStill,
                            .background = BackgroundKind::Plain, .backgroundColor = Color::White}, 2);
    scene.objects[0].radius = 0.15;
    for (const Point at : {Point{0.6, 0.3}, {0.6, 0.55}, {0.8, 0.7}, {1.05, 0.7}}) {
        scene.objects.push_back(scene.objects[0]);
        scene.objects.back().start = at;
    }
    scene.objects.erase(scene.objects.begin());
    EXPECT_FALSE(observe(renderClip(scene, 64, 40, 8)).object);
}

TEST(Judge, AFaintTrailIsNoPartOfTheShape) {
    for (const Object object : {Object::Star, Object::Heart, Object::Rocket, Object::Triangle}) {
        const Clip clip = renderClip(oneOf(object, Color::Blue, Motion::MovesLeft), 64, 40, 8);
        Clip trailed = clip;
        for (std::size_t f = 1; f < clip.frames.size(); ++f)
            for (std::size_t i = 0; i < clip.frames[f].rgb.size(); ++i)
                trailed.frames[f].rgb[i] = static_cast<std::uint8_t>(0.8 * clip.frames[f].rgb[i] + 0.2 * clip.frames[f - 1].rgb[i]);
        EXPECT_EQ(observe(trailed).object, object) << name(object);
    }
}

TEST(Judge, AFewSmearedFramesDoNotHideTheOthers) {
    // Smears are larger than the thing. Blended as frames between two places are that a network does not bring together.
    for (const Object object : {Object::Star, Object::Triangle, Object::Fish}) {
        const Clip clip = renderClip(oneOf(object, Color::Blue, Motion::Circles), 64, 40, 29);
        Clip smeared = clip;
        constexpr int kReach = 5;
        for (int f = 12; f < 20; ++f)
            for (std::size_t i = 0; i < clip.frames[0].rgb.size(); ++i) {
                int sum = 0;
                for (int near = f - kReach; near <= f + kReach; ++near)
                    sum += clip.frames[static_cast<std::size_t>(near)].rgb[i];
                smeared.frames[static_cast<std::size_t>(f)].rgb[i] = static_cast<std::uint8_t>(sum / (2 * kReach + 1));
            }
        EXPECT_EQ(observe(smeared).object, object) << name(object);
    }
}

TEST(Judge, EmptyAndTinyClipsAreHarmless) {
    EXPECT_FALSE(observe(Clip{}).object);
    Clip clip;
    clip.frames.emplace_back(1, 1);
    EXPECT_FALSE(observe(clip).object);
    clip.frames.front() = Frame(0, 0);
    EXPECT_FALSE(observe(clip).motion);
}

TEST(Judge, ASingleFrameHasNoMotion) {
    const Scene scene = drawScene(4);
    const Observation seen = observe(renderClip(scene, 64, 40, 1));
    EXPECT_EQ(seen.object, scene.objects[0].object);
    EXPECT_FALSE(seen.motion);
}

TEST(Judge, WhatIsNotExpectedIsNotCounted) {
    const Scene scene = oneOf(Object::Star, Color::Blue, Motion::Circles);
    const Clip clip = renderClip(scene, 64, 40, 8);
    EXPECT_TRUE(judge(clip, {}).all);
    EXPECT_TRUE(judge(clip, {.background = BackgroundKind::Checkered}).all);
    EXPECT_TRUE(judge(clip, {.backgroundColor = Color::White}).all);
    EXPECT_FALSE(judge(clip, {.background = BackgroundKind::Checkered, .backgroundColor = Color::Red}).all);
    EXPECT_FALSE(judge(clip, {.background = BackgroundKind::Sea}).all);
    EXPECT_FALSE(judge(clip, {.color = Color::Red}).all);
}

TEST(Judge, VerdictsAreTheContractsJson) {
    const Scene scene = drawScene(31);
    const auto json = toJson(judge(renderClip(scene, 64, 40, 8), {.object = scene.objects[0].object}));
    for (const char* key : {"object", "color", "motion", "background"}) {
        EXPECT_TRUE(json[key]["right"].is_boolean());
        EXPECT_TRUE(json[key]["found"].is_string());
        EXPECT_TRUE(json[key].contains("expected"));
    }
    EXPECT_TRUE(json["all"].get<bool>());
    ASSERT_EQ(json["tracks"].size(), 8u);
    EXPECT_EQ(json["tracks"][0].size(), 4u);
}

// Tracks of a model's clips, as a person sees them.
TEST(Judge, MotionIsWhatAPersonWouldSay) {
    const auto motionOf = [](const std::vector<std::array<double, 3>>& placesAndSizes) {
        std::vector<Track> tracks;
        for (const auto& [x, y, size] : placesAndSizes)
            tracks.push_back({x, y, size * size});
        return fitMotion(tracks, ValueSet::Core);
    };
    EXPECT_EQ(motionOf({{54.0, 21.7, 15.4}, {47.0, 22.1, 15.0}, {40.7, 26.0, 14.9}, {35.4, 25.8, 14.9}, {31.5, 25.8, 15.3}, {27.4, 25.3, 15.3}, {24.1, 23.3, 15.3}, {18.8, 20.3, 15.5}}),
              Motion::MovesLeft) << "not quite straight";
    EXPECT_EQ(motionOf({{41.0, 25.2, 13.2}, {41.2, 25.4, 13.3}, {41.3, 25.8, 14.1}, {41.2, 25.8, 14.4}, {41.2, 25.7, 15.0}, {41.7, 25.6, 15.8}, {41.9, 25.4, 16.3}, {42.1, 25.2, 16.9}}),
              Motion::Grows) << "by less than the world's own";
    EXPECT_EQ(motionOf({{31.0, 23.0, 18.4}, {30.8, 23.0, 17.7}, {30.7, 22.8, 17.3}, {30.9, 23.1, 16.3}, {31.0, 22.7, 15.5}, {31.0, 22.8, 14.6}, {31.1, 23.1, 13.7}, {31.4, 23.8, 13.5}}),
              Motion::Shrinks);
    EXPECT_EQ(motionOf({{15.4, 28.1, 18.4}, {15.2, 28.3, 18.1}, {15.0, 28.7, 17.7}, {14.9, 28.8, 17.5}, {14.9, 28.8, 17.5}, {15.0, 28.7, 17.5}, {14.8, 28.8, 17.6}, {14.7, 28.5, 17.8}}),
              Motion::StandsStill);
}

TEST(Judge, TracksFollowTheThing) {
    const Verdict verdict = judge(renderClip(oneOf(Object::Ball, Color::Red, Motion::MovesRight), 64, 40, 8), {});
    for (std::size_t i = 1; i < verdict.tracks.size(); ++i)
        EXPECT_GT(verdict.tracks[i].x, verdict.tracks[i - 1].x + 1);
}

} // namespace
} // namespace s1::toyland
