#include "base/json.h"

#include "base/files.h"
#include "support/temporary_folder.h"

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

// reliability.md 2.3 and row M11: readers differ in which of two counts.
TEST(Json, KeysThatComeTwiceAreRefused) {
    for (const char* text : {R"({"a": 1, "a": 2})", R"({"x": {"a": 1, "b": 2, "a": 3}})", R"([{"a": 1}, {"a": 1, "a": 1}])", R"({"a": NaN, "a": 1})", R"({"": 1, "": 2})"}) {
        const auto json = parseJson(text, "config.json");
        ASSERT_FALSE(json) << text;
        EXPECT_EQ(json.error().code, ErrorCode::Corrupt);
        EXPECT_NE(json.error().message.find("twice"), std::string::npos) << json.error().message;
    }
    EXPECT_TRUE(parseJson(R"([{"a": {"a": 1}}, {"a": 1}, {"b": {"a": 2}}])", "config.json"));
}

TEST(Json, DepthAndSizeAreLimited) {
    EXPECT_TRUE(parseJson(std::string(32, '[') + std::string(32, ']'), "x"));
    EXPECT_FALSE(parseJson(std::string(33, '[') + std::string(33, ']'), "x"));
    test::TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder / "config.json", "{}"));
    EXPECT_TRUE(readJson(folder / "config.json"));
    std::filesystem::resize_file(folder / "config.json", kLargestJson + 1);
    const auto large = readJson(folder / "config.json");
    ASSERT_FALSE(large);
    EXPECT_NE(large.error().message.find("16777216"), std::string::npos) << large.error().message;
}

} // namespace
} // namespace s1
