#include "scores.h"

#include "confusion.h"

#include <gtest/gtest.h>

namespace s1::cli {
namespace {

TEST(Scores, TheWilsonIntervalIsTheTextbooks) {
    const auto [low, high] = Share{10, 9}.interval();
    EXPECT_NEAR(low, 0.5958, 1e-4);
    EXPECT_NEAR(high, 0.9821, 1e-4);
    EXPECT_DOUBLE_EQ((Share{5, 5}.interval().high), 1.0);
    EXPECT_DOUBLE_EQ((Share{5, 0}.interval().low), 0.0);
}

TEST(Scores, OnlyWhatWasAskedForCounts) {
    toyland::Verdict verdict;
    verdict.object = {"star", "star", true};
    verdict.color = {"red", "blue", false};
    verdict.all = false;
    Scores scores;
    scores.add(verdict);
    const auto json = scores.toJson();
    EXPECT_EQ(json["attributes"]["motion"]["n"], 0);
    EXPECT_DOUBLE_EQ(json["mean_attribute"], 0.5);
    EXPECT_DOUBLE_EQ(json["all"], 0.0);
}

TEST(PathScores, WhatIsLostGoesNoneOfTheWay) {
    PathScores scores;
    scores.add(toyland::TrajectoryMatch{.correlation = 0.9, .direction = 0.8, .speedRatio = 1.1});
    scores.add(std::nullopt);
    const auto json = scores.toJson();
    EXPECT_EQ(json["n"], 2);
    EXPECT_EQ(json["found"], 1);
    EXPECT_DOUBLE_EQ(json["correlation"], 0.45);
    EXPECT_DOUBLE_EQ(json["speed_ratio"], 1.1);
    EXPECT_NE(scores.line().find("1 of 2"), std::string::npos);
}

TEST(Confusion, CountsWhatIsTakenForWhat) {
    Confusion confusion;
    toyland::Verdict verdict;
    verdict.motion = {"bounces", "bounces", true};
    confusion.add(verdict);
    verdict.motion = {"bounces", "moves left", false};
    confusion.add(verdict);
    EXPECT_EQ(confusion.toJson(), nlohmann::json::parse(R"({"motion":{"bounces":{"bounces":1,"moves left":1}}})"));
    EXPECT_NE(confusion.table().find("1/2, 1 as moves left"), std::string::npos) << confusion.table();
}

} // namespace
} // namespace s1::cli
