#include "toyland/motion.h"
#include "toyland/paths.h"
#include "toyland/renderer.h"
#include "toyland/scene_json.h"

#include <gtest/gtest.h>

#include <cmath>

namespace s1::toyland {
namespace {

std::vector<Track> tracksOf(const Scene& scene, int frames) { return observe(renderClip(scene, 64, 40, frames)).tracks; }

Scene stillScene(std::uint64_t seed, Object object, Color color) {
    return sceneFor({.object = object, .color = color, .motion = Motion::StandsStill,
                     .background = BackgroundKind::Plain, .backgroundColor = Color::White}, seed);
}

class AllShapes : public testing::TestWithParam<int> {
protected:
    PathShape shape() const { return static_cast<PathShape>(GetParam()); }
};
INSTANTIATE_TEST_SUITE_P(Paths, AllShapes, testing::Range(0, kPathShapes));

TEST_P(AllShapes, HaveNamesAndStayInSight) {
    EXPECT_EQ(pathShapeFromName(name(shape())), shape());
    const Scene scene = withPath(stillScene(1, Object::Ball, Color::Red), shape());
    for (int i = 0; i <= 100; ++i) {
        const Point center = poseAt(scene.objects[0], i / 100.0).center;
        EXPECT_GT(center.x, 0.15);
        EXPECT_LT(center.x, kWorldWidth - 0.15);
        EXPECT_GT(center.y, 0.15);
        EXPECT_LT(center.y, 0.85);
    }
}

TEST_P(AllShapes, AreRecognisedOnAnotherThing) {
    const auto source = tracksOf(withPath(stillScene(1, Object::Ball, Color::Red), shape()), 8);
    const auto same = matchTrajectories(source, tracksOf(withPath(stillScene(2, Object::Car, Color::Blue), shape()), 8));
    ASSERT_TRUE(same);
    EXPECT_GT(same->correlation, 0.97);
    EXPECT_GT(same->direction, 0.9);
    EXPECT_NEAR(same->speedRatio, 1, 0.2);
    const auto longer = matchTrajectories(source, tracksOf(withPath(stillScene(2, Object::Car, Color::Blue), shape()), 29));
    ASSERT_TRUE(longer);
    EXPECT_GT(longer->correlation, 0.97);
}

TEST_P(AllShapes, CanBeNamedInAScene) {
    const auto scene = sceneFromJson({{"objects", {{{"object", "star"}, {"color", "red"}, {"path", name(shape())}}}},
                                      {"background", "night"}});
    ASSERT_TRUE(scene) << scene.error().message;
    EXPECT_EQ(scene->objects[0].path, pathPoints(shape()));
}

TEST(Trajectories, TheOppositeWayIsMinusOne) {
    const auto right = tracksOf(sceneFor({.object = Object::Ball, .color = Color::Red, .motion = Motion::MovesRight,
                                          .background = BackgroundKind::Plain, .backgroundColor = Color::White}, 4), 8);
    auto left = right;
    std::reverse(left.begin(), left.end());
    const auto match = matchTrajectories(right, left);
    ASSERT_TRUE(match);
    EXPECT_LT(match->correlation, -0.99);
    EXPECT_LT(match->direction, -0.99);
}

TEST(Trajectories, RestingOrMissingThingsHaveNone) {
    const auto still = tracksOf(stillScene(1, Object::Ball, Color::Red), 8);
    EXPECT_FALSE(matchTrajectories(still, still));
    EXPECT_FALSE(matchTrajectories({}, still));
    EXPECT_FALSE(matchTrajectories(tracksOf(withPath(stillScene(1, Object::Ball, Color::Red), PathShape::Wave), 8),
                                   std::vector<Track>(8)));
}

} // namespace
} // namespace s1::toyland
