#include "train/reenactment.h"

#include "cascade/pictures.h"
#include "toyland/judge.h"
#include "toyland/prompt.h"
#include "toyland/renderer.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <set>

namespace s1::train {

namespace {

constexpr int kFrames = 8;

toyland::Scene zigzag() {
    toyland::Scene scene;
    scene.objects.push_back({.object = toyland::Object::Ball, .color = toyland::Color::Red, .motion = toyland::Motion::FreePath, .radius = 0.2,
                             .path = {{0.3, 0.7}, {0.63, 0.3}, {0.97, 0.7}, {1.3, 0.3}}});
    scene.background = {.kind = toyland::BackgroundKind::Plain, .color = toyland::Color::Blue};
    return scene;
}

Clip clipOf(const Reenactment::Scene& scene) { return cascade::toClip(scene.video.unsqueeze(0), 8); }

} // namespace

TEST(Reenactment, OtherThingsGoTheSameWay) {
    const Clip clip = renderClip(zigzag(), 64, 40, kFrames);
    const auto way = Reenactment::of(clip);
    ASSERT_TRUE(way.has_value());
    const auto asked = toyland::observe(clip).tracks;
    std::set<std::string> shown;
    int alike = 0;
    constexpr int kScenes = 20;
    for (std::uint64_t key = 0; key < kScenes; ++key) {
        const auto scene = way->draw(key, 40, 64);
        EXPECT_EQ(scene.video.sizes(), (at::IntArrayRef{3, kFrames, 40, 64}));
        const auto seen = toyland::observe(clipOf(scene));
        ASSERT_EQ(seen.tracks.size(), asked.size());
        double farthest = 0;
        for (std::size_t f = 0; f < asked.size(); ++f)
            farthest = std::max(farthest, std::hypot(seen.tracks[f].x - asked[f].x, seen.tracks[f].y - asked[f].y));
        alike += farthest < 3; // a shape's middle is not its outline's
        shown.insert(scene.caption);
        const auto said = toyland::parsePrompt(scene.caption);
        EXPECT_FALSE(said.motion) << scene.caption;
        if (said.color) {
            EXPECT_EQ(seen.color, said.color) << scene.caption;
        }
    }
    EXPECT_GE(alike, kScenes - 2);
    EXPECT_GE(shown.size(), kScenes - 3u);
}

TEST(Reenactment, TheSameKeyGivesTheSameSceneAtAnySize) {
    const auto way = Reenactment::of(renderClip(zigzag(), 64, 40, kFrames));
    ASSERT_TRUE(way.has_value());
    const auto first = way->draw(5, 24, 40), again = way->draw(5, 24, 40), large = way->draw(5, 40, 64);
    EXPECT_TRUE(at::equal(first.video, again.video));
    EXPECT_EQ(first.video.sizes(), (at::IntArrayRef{3, kFrames, 24, 40}));
    EXPECT_EQ(large.caption, first.caption);
}

TEST(Reenactment, NothingOrNoiseIsNoWay) {
    toyland::Scene empty = zigzag();
    empty.objects.clear();
    EXPECT_FALSE(Reenactment::of(renderClip(empty, 64, 40, kFrames)).has_value());
    torch::manual_seed(1);
    EXPECT_FALSE(Reenactment::of(cascade::toClip(at::rand({1, 3, kFrames, 40, 64}) * 2 - 1, 8)).has_value());
}

} // namespace s1::train
