#include "base/config_reader.h"

#include "base/notice.h"

#include <gtest/gtest.h>

#include <cmath>

namespace s1 {
namespace {

using nlohmann::json;

const std::string kFile = "unet/config.json";
constexpr std::string_view kHarmless[] = {"sample_size"};

void expectBad(const Result<void>& result, const std::string& words) {
    ASSERT_FALSE(result) << words;
    EXPECT_EQ(result.error().code, ErrorCode::Unsupported);
    EXPECT_EQ(result.error().message.rfind(kFile + ": ", 0), 0u) << result.error().message;
    EXPECT_NE(result.error().message.find(words), std::string::npos) << result.error().message;
}

TEST(ConfigReader, IntegersKeepToTheirRange) {
    for (const json& value : {json(-1), json(17), json(1.0), json("3"), json(true), json(json::array({3})), json(1e30),
                              json(18446744073709551615u)}) {
        const json object{{"layers", value}};
        std::int64_t out = 5;
        expectBad(ConfigReader(object, kFile).integer("layers", out, 0, 16), "layers is " + value.dump());
        EXPECT_EQ(out, 5);
    }
    const json object{{"layers", 16}, {"none", nullptr}};
    std::int64_t out = 5;
    ASSERT_TRUE(ConfigReader(object, kFile).integer("none", out, 0, 16));
    ASSERT_TRUE(ConfigReader(object, kFile).integer("absent", out, 0, 16));
    EXPECT_EQ(out, 5);
    ASSERT_TRUE(ConfigReader(object, kFile).integer("layers", out, 0, 16));
    EXPECT_EQ(out, 16);
}

TEST(ConfigReader, NumbersAreFinite) {
    for (const json& value : {json(NAN), json(INFINITY), json(-INFINITY), json("1"), json(true), json(2.5)}) {
        const json object{{"scale", value}};
        double out = 1;
        expectBad(ConfigReader(object, kFile).number("scale", out, 0, 2), "scale is");
        EXPECT_EQ(out, 1);
    }
}

TEST(ConfigReader, ListsWordsAndMissingKeys) {
    const json object{{"widths", {1, 2, 70000}}, {"act", "relu"}, {"flag", 1}, {"kernel", 5}};
    const ConfigReader reader(object, kFile);
    std::vector<std::int64_t> widths;
    expectBad(reader.integers("widths", 2, 1, 99999, widths), "list of 1 to 2");
    expectBad(reader.integers("widths", 4, 1, 8192, widths), "70000");
    expectBad(reader.integers("act", 4, 1, 8192, widths), "act");
    bool flag = false;
    expectBad(reader.boolean("flag", flag), "true or false");
    expectBad(reader.only("kernel", 3), "only 3");
    expectBad(reader.choice<bool>("act", {{"silu", true}, {"gelu", false}}, flag), "\"relu\"; known are silu, gelu");
    expectBad(reader.require({"act", "absent"}), "absent is missing");
    EXPECT_TRUE(reader.require({"act", "flag"}));
    const json list = json::array({1});
    expectBad(ConfigReader(list, kFile).require({"act"}), "act is missing");
    const json huge{{"act", std::string(100'000, 'x')}};
    EXPECT_LT(ConfigReader(huge, kFile).choice<bool>("act", {{"silu", true}}, flag).error().message.size(), 400u);
}

TEST(ConfigReader, UnknownKeysAreOneNotice) {
    std::vector<std::string> heard;
    const NoticeScope scope([&](const std::string& sentence) { heard.push_back(sentence); });
    json object{{"layers", 3}, {"_diffusers_version", "0.19.3"}, {"_name_or_path", "/x"}, {"nothing", nullptr}, {"sample_size", 64}};
    std::int64_t layers = 0;
    const auto read = [&] {
        const ConfigReader reader(object, kFile);
        ASSERT_TRUE(reader.integer("layers", layers, 0, 16));
        reader.noticeUnknown(kHarmless);
    };
    read();
    EXPECT_TRUE(heard.empty()) << heard[0];
    object["shiny"] = 1;
    read();
    ASSERT_EQ(heard.size(), 1u);
    EXPECT_EQ(heard[0], kFile + " has settings this version does not know and leaves out: \"shiny\"");
    for (char c = 'a'; c < 'h'; ++c)
        object[std::string(500, c)] = 1;
    read();
    ASSERT_EQ(heard.size(), 2u);
    EXPECT_NE(heard[1].find("and 3 more"), std::string::npos) << heard[1];
    EXPECT_LT(heard[1].size(), 1500u);
    object = json::array({1});
    ConfigReader(object, kFile).noticeUnknown({});
    EXPECT_EQ(heard.size(), 2u);
}

} // namespace
} // namespace s1
