#include "base/json.h"

#include <gtest/gtest.h>

#include <cmath>

namespace s1 {
namespace {

TEST(Json, AcceptsPythonsBareInfinity) {
    const auto json = parseJson(R"({"a": -Infinity, "b": Infinity, "c": NaN, "d": "-Infinity"})", "x");
    ASSERT_TRUE(json);
    EXPECT_EQ((*json)["a"].get<double>(), -HUGE_VAL);
    EXPECT_EQ((*json)["b"].get<double>(), HUGE_VAL);
    EXPECT_TRUE(std::isnan((*json)["c"].get<double>()));
    EXPECT_EQ((*json)["d"], "-Infinity");
}

TEST(Json, BareWordsInsideStringsStay) {
    const auto json = parseJson(R"({"a": "NaN \" Infinity", "b": NaN})", "x");
    ASSERT_TRUE(json);
    EXPECT_EQ((*json)["a"], "NaN \" Infinity");
}

TEST(Json, BrokenTextIsCorruptAndNamed) {
    const auto json = parseJson("{\"a\": ", "config.json");
    ASSERT_FALSE(json);
    EXPECT_EQ(json.error().code, ErrorCode::Corrupt);
    EXPECT_NE(json.error().message.find("config.json"), std::string::npos);
}

TEST(Json, DeepNestingIsRefused) {
    const auto json = parseJson(std::string(100000, '['), "bomb");
    ASSERT_FALSE(json);
    EXPECT_EQ(json.error().code, ErrorCode::Corrupt);
}

} // namespace
} // namespace s1
