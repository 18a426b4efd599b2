#include "toyland/motion.h"
#include "toyland/random.h"
#include "toyland/scene_json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace s1::toyland {
namespace {

TEST(Random, StreamsOfOnePurposeRepeatAndDifferFromOthers) {
    Random a(5, Purpose::Scene), b(5, Purpose::Scene), c(5, Purpose::Motion), d(6, Purpose::Scene);
    const auto first = a.next();
    EXPECT_EQ(first, b.next());
    EXPECT_NE(first, c.next());
    EXPECT_NE(first, d.next());
}

TEST(Values, NamesLeadBackToTheirValues) {
    for (int i = 0; i < kObjects; ++i)
        EXPECT_EQ(objectFromName(name(static_cast<Object>(i))), static_cast<Object>(i));
    for (int i = 0; i < kColors; ++i)
        EXPECT_EQ(colorFromName(name(static_cast<Color>(i))), static_cast<Color>(i));
    for (int i = 0; i < kMotions; ++i)
        EXPECT_EQ(motionFromName(name(static_cast<Motion>(i))), static_cast<Motion>(i));
    for (int i = 0; i < kBackgroundKinds; ++i)
        EXPECT_EQ(backgroundKindFromName(name(static_cast<BackgroundKind>(i))), static_cast<BackgroundKind>(i));
    EXPECT_FALSE(objectFromName("Ball"));
}

TEST(Scene, SameSeedSameScene) {
    for (std::uint64_t seed = 0; seed < 50; ++seed)
        EXPECT_EQ(drawScene(seed), drawScene(seed));
    EXPECT_NE(drawScene(1), drawScene(2));
}

TEST(Scene, TrainingNeverShowsHeldOutCombinations) {
    for (std::uint64_t seed = 0; seed < 3000; ++seed) {
        const SceneObject o = drawScene(seed).objects.front();
        EXPECT_FALSE(isHeldOutPair(o.object, o.color, o.motion));
        EXPECT_FALSE(isHeldOutTriple(o.object, o.color, o.motion));
        const SceneObject h1 = drawScene(seed, Split::H1).objects.front();
        EXPECT_TRUE(isHeldOutTriple(h1.object, h1.color, h1.motion));
        const SceneObject h2 = drawScene(seed, Split::H2).objects.front();
        EXPECT_TRUE(isHeldOutPair(h2.object, h2.color, h2.motion));
    }
}

TEST(Scene, ATenthOfTheTriplesIsHeldOut) {
    int heldOut = 0, all = 0;
    for (int o = 0; o < kCoreObjects; ++o)
        for (int c = 0; c < kCoreColors; ++c)
            for (int m = 0; m < kCoreMotions; ++m, ++all)
                heldOut += isHeldOutTriple(static_cast<Object>(o), static_cast<Color>(c), static_cast<Motion>(m));
    EXPECT_NEAR(static_cast<double>(heldOut) / all, 0.10, 0.035);
}

TEST(Scene, EveryValueIsFrequentInTraining) {
    std::map<Object, int> objects;
    std::map<Color, int> colors;
    std::map<Motion, int> motions;
    std::map<BackgroundKind, int> backgrounds;
    constexpr int kCount = 4000;
    for (std::uint64_t seed = 0; seed < kCount; ++seed) {
        const Scene scene = drawScene(seed);
        ++objects[scene.objects[0].object];
        ++colors[scene.objects[0].color];
        ++motions[scene.objects[0].motion];
        ++backgrounds[scene.background.kind];
        EXPECT_TRUE(contrasts(scene.objects[0].color, scene.background.kind, scene.background.color));
    }
    EXPECT_EQ(objects.size(), 8u);
    EXPECT_EQ(colors.size(), 8u);
    EXPECT_EQ(motions.size(), 10u);
    EXPECT_EQ(backgrounds.size(), 8u);
    for (const auto& [value, count] : objects)
        EXPECT_GT(count, kCount * 0.04);
    for (const auto& [value, count] : colors)
        EXPECT_GT(count, kCount * 0.04);
    for (const auto& [value, count] : motions)
        EXPECT_GT(count, kCount * 0.04);
    for (const auto& [value, count] : backgrounds)
        EXPECT_GT(count, kCount * 0.04);
    EXPECT_NEAR(motions[Motion::FreePath], kCount * 0.2, kCount * 0.05);
}

TEST(Scene, FixedPartsAreKeptAndTheOthersStayAsTheyWere) {
    const Expectation fixed{.object = Object::Rocket, .color = Color::White, .motion = Motion::Circles,
                            .background = BackgroundKind::Checkered, .backgroundColor = Color::Green};
    EXPECT_EQ(expectationOf(sceneFor(fixed, 3)), fixed);
    const Scene free = sceneFor({}, 8);
    EXPECT_EQ(sceneFor({.object = free.objects[0].object}, 8), free);
}

class AllMotions : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Motion, AllMotions, testing::Range(0, kMotions));

TEST_P(AllMotions, StayInSightAndAreContinuous) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const SceneObject object = sceneFor({.motion = static_cast<Motion>(GetParam())}, seed).objects.front();
        EXPECT_NEAR(poseAt(object, 0).center.x, object.start.x, 1e-9);
        EXPECT_NEAR(poseAt(object, 0).center.y, object.start.y, 1e-9);
        Pose last = poseAt(object, 0);
        for (int i = 0; i <= 112; ++i) {
            const Pose pose = poseAt(object, i / 112.0);
            EXPECT_GT(pose.center.x, -0.05);
            EXPECT_LT(pose.center.x, kWorldWidth + 0.05);
            EXPECT_GT(pose.center.y, -0.05);
            EXPECT_LT(pose.center.y, 1.05);
            EXPECT_GT(pose.radius, 0.05);
            EXPECT_LT(std::hypot(pose.center.x - last.center.x, pose.center.y - last.center.y), 0.06);
            last = pose;
        }
    }
}

TEST_P(AllMotions, ScenesRoundTripThroughJson) {
    const Scene scene = sceneFor({.motion = static_cast<Motion>(GetParam())}, 77);
    const auto text = toJson(scene).dump();
    const auto back = sceneFromJson(nlohmann::json::parse(text));
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(toJson(*back), toJson(scene));
}

TEST(SceneJson, OnlyTheRequiredPartsAreNeeded) {
    const auto json = nlohmann::json::parse(
        R"({"schema":"toyland.scene/1","objects":[{"object":"ball","color":"red"}],
            "background":{"kind":"plain","color":"blue"},"seed":4})");
    const auto scene = sceneFromJson(json);
    ASSERT_TRUE(scene) << scene.error().message;
    EXPECT_EQ(scene->objects[0].object, Object::Ball);
    EXPECT_EQ(scene->background.color, Color::Blue);
    EXPECT_EQ(*scene, *sceneFromJson(json));
}

TEST(SceneJson, ABackgroundMayBeAName) {
    const auto scene = sceneFromJson({{"objects", {{{"object", "car"}, {"color", "black"}}}},
                                      {"background", "white checkered"}});
    ASSERT_TRUE(scene) << scene.error().message;
    EXPECT_EQ(scene->background.kind, BackgroundKind::Checkered);
    EXPECT_EQ(scene->background.color, Color::White);
}

TEST(SceneJson, APathIsFollowedThroughItsPoints) {
    const auto scene = sceneFromJson({{"objects", {{{"object", "star"}, {"color", "red"},
                                                    {"path", {{0.2, 0.2}, {0.8, 0.8}, {1.4, 0.2}}}}}},
                                      {"background", "night"}});
    ASSERT_TRUE(scene) << scene.error().message;
    EXPECT_EQ(scene->objects[0].motion, Motion::FreePath);
    EXPECT_NEAR(poseAt(scene->objects[0], 0.5).center.x, 0.8, 1e-9);
    EXPECT_NEAR(poseAt(scene->objects[0], 1).center.y, 0.2, 1e-9);
}

struct BadScene {
    const char* json;
    const char* named; // must be in the message
};

class BadScenes : public testing::TestWithParam<BadScene> {};
INSTANTIATE_TEST_SUITE_P(SceneJson, BadScenes, testing::Values(
    BadScene{R"(3)", "scene"},
    BadScene{R"({"background":"night"})", "objects"},
    BadScene{R"({"objects":[],"background":"night"})", "objects"},
    BadScene{R"({"objects":[{"color":"red"}],"background":"night"})", "object"},
    BadScene{R"({"objects":[{"object":"ball"}],"background":"night"})", "color"},
    BadScene{R"({"objects":[{"object":"dog","color":"red"}],"background":"night"})", "dog"},
    BadScene{R"({"objects":[{"object":"ball","color":"mauve"}],"background":"night"})", "mauve"},
    BadScene{R"({"objects":[{"object":"ball","color":"red","motion":"dances"}],"background":"night"})", "dances"},
    BadScene{R"({"objects":[{"object":"ball","color":"red"}]})", "background"},
    BadScene{R"({"objects":[{"object":"ball","color":"red"}],"background":"city"})", "city"},
    BadScene{R"({"objects":[{"object":"ball","color":"red"}],"background":"blue night"})", "blue night"},
    BadScene{R"({"objects":[{"object":"ball","color":"red","wobble":1}],"background":"night"})", "wobble"},
    BadScene{R"({"objects":[{"object":"ball","color":"red","radius":-1}],"background":"night"})", "radius"},
    BadScene{R"({"objects":[{"object":"ball","color":"red","start":[1]}],"background":"night"})", "start"},
    BadScene{R"({"objects":[{"object":"ball","color":"red","path":[[0,0]]}],"background":"night"})", "path"},
    BadScene{R"({"objects":[{"object":"ball","color":"red","size":"huge"}],"background":"night"})", "huge"},
    BadScene{R"({"objects":[{"object":"ball","color":"red"}],"background":"night","seed":-1})", "seed"},
    BadScene{R"({"objects":[{"object":"ball","color":"red"}],"background":"night","schema":"x"})", "schema"},
    BadScene{R"({"objects":[{"object":"ball","color":"red"}],"background":"night","style":"neon"})", "neon"}));

TEST_P(BadScenes, AreRefusedByName) {
    const auto scene = sceneFromJson(nlohmann::json::parse(GetParam().json));
    ASSERT_FALSE(scene);
    EXPECT_EQ(scene.error().code, ErrorCode::InvalidArgument);
    EXPECT_NE(scene.error().message.find(GetParam().named), std::string::npos) << scene.error().message;
}

TEST(Expectation, RoundTripsThroughJson) {
    for (const char* background : {"blue", "red checkered", "night", "striped"}) {
        const nlohmann::json json = {{"object", "star"}, {"motion", "moves right"}, {"background", background}};
        const auto expectation = expectationFromJson(json);
        ASSERT_TRUE(expectation) << expectation.error().message;
        EXPECT_EQ(toJson(*expectation), json);
    }
    EXPECT_FALSE(expectationFromJson({{"objekt", "star"}}));
}

} // namespace
} // namespace s1::toyland
