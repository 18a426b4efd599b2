#include "plan/plan.h"

#include <gtest/gtest.h>

namespace s1 {
namespace {

TEST(Plan, RoundTripsThroughJson) {
    for (const Preset preset : {Preset::Draft, Preset::Standard, Preset::Paper, Preset::Script}) {
        for (const ModelKind kind : {ModelKind::Embedded, ModelKind::Published}) {
            const CascadePlan plan = makePlan(preset, kind);
            const auto back = planFromJson(toJson(plan), CascadePlan{});
            ASSERT_TRUE(back) << back.error().message;
            EXPECT_EQ(*back, plan);
        }
    }
}

TEST(Plan, PaperPresetRunsTheStepsOfThePaper) {
    const CascadePlan plan = makePlan(Preset::Paper, ModelKind::Published);
    EXPECT_EQ(plan[StageId::Keyframes].steps, 75);
    EXPECT_EQ(plan[StageId::Interpolation].steps, 75);
    EXPECT_EQ(plan[StageId::Superres].steps, 50);
    EXPECT_EQ(plan[StageId::Translation].stepsThatRun(), 40);
}

TEST(Plan, StrengthSaysHowManyStepsRun) {
    EXPECT_EQ((StagePlan{.steps = 20}).stepsThatRun(), 20);
    EXPECT_EQ((StagePlan{.steps = 20, .strength = 0.01}).stepsThatRun(), 1) << "the autoencoder runs in any case";
    EXPECT_EQ((StagePlan{.steps = 0}).stepsThatRun(), 0) << "a stage that does not run";
}

TEST(Plan, FileChangesOnlyWhatItNames) {
    const CascadePlan base = makePlan(Preset::Standard, ModelKind::Embedded);
    const auto plan = planFromJson({{"stages", {{"keyframes", {{"steps", 7}}}}}}, base);
    ASSERT_TRUE(plan);
    CascadePlan expected = base;
    expected[StageId::Keyframes].steps = 7;
    EXPECT_EQ(*plan, expected);
}

TEST(Plan, UnknownFieldsAreNamed) {
    const auto top = planFromJson({{"stepz", 3}}, {});
    ASSERT_FALSE(top);
    EXPECT_EQ(top.error().code, ErrorCode::InvalidArgument);
    EXPECT_NE(top.error().message.find("\"stepz\""), std::string::npos);
    const auto nested = planFromJson({{"stages", {{"superres", {{"guidence", 3}}}}}}, {});
    ASSERT_FALSE(nested);
    EXPECT_NE(nested.error().message.find("\"superres.guidence\""), std::string::npos);
    const auto stage = planFromJson({{"stages", {{"upscale", nlohmann::json::object()}}}}, {});
    ASSERT_FALSE(stage);
    EXPECT_NE(stage.error().message.find("upscale"), std::string::npos);
}

class PlanRange : public testing::TestWithParam<const char*> {};

TEST_P(PlanRange, OutOfRangeIsRefusedWithTheNumber) {
    const auto stage = nlohmann::json::parse(GetParam());
    const auto plan = planFromJson({{"stages", {{"keyframes", stage}}}}, {});
    ASSERT_FALSE(plan);
    EXPECT_NE(plan.error().message.find(stage.begin().value().dump()), std::string::npos) << plan.error().message;
}

INSTANTIATE_TEST_SUITE_P(Values, PlanRange,
                         testing::Values(R"({"steps": 0})", R"({"steps": 1001})", R"({"steps": 2.5})",
                                         R"({"steps": "ten"})", R"({"guidance": -1})", R"({"guidance": true})",
                                         R"({"strength": 0})", R"({"strength": 1.5})", R"({"noise_level": 1000})",
                                         R"({"seed": -3})", R"({"width": 0})", R"({"shared_noise": 1.5})", R"({"shared_noise": true})", R"({"scheduler": 3})"));

} // namespace
} // namespace s1
