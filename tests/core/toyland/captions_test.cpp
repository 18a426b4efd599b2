#include "toyland/captions.h"
#include "toyland/prompt.h"
#include "toyland/scene_json.h"
#include "toyland/wording.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace s1::toyland {
namespace {

constexpr std::string_view kPlaces[] = {"{thing}", "{it}", "{object}", "{bare}", "{color}", "{does}", "{doing}", "{do}", "{where}", "{scene}", "{opening}"};

// What is said must be true.
void expectTrueOf(const Expectation& said, const Scene& scene, const std::string& prompt) {
    const Expectation truth = expectationOf(scene);
    EXPECT_EQ(said.object.value_or(*truth.object), truth.object) << prompt;
    EXPECT_EQ(said.color.value_or(*truth.color), truth.color) << prompt;
    EXPECT_TRUE(!said.motion || said.motion == truth.motion) << prompt;
    EXPECT_EQ(said.background.value_or(*truth.background), truth.background) << prompt;
    EXPECT_TRUE(!said.backgroundColor || said.backgroundColor == truth.backgroundColor) << prompt;
}

TEST(Captions, SayNothingWrong) {
    for (const Split split : {Split::Train, Split::H1, Split::H2, Split::H4})
        for (std::uint64_t i = 0; i < 1500; ++i) {
            const Example example = drawExample(3, i, split);
            expectTrueOf(example.said, example.scene, example.prompt);
        }
}

// By words alone: a slip of the pen or a word with two meanings is beyond it now and then.
TEST(Captions, AreReadAsTheyAreMeant) {
    for (const Split split : {Split::Train, Split::H4}) {
        int wrong = 0;
        constexpr int kCount = 3000;
        for (std::uint64_t i = 0; i < kCount; ++i) {
            const Example example = drawExample(6, i, split);
            wrong += parsePrompt(example.prompt) != example.said;
        }
        EXPECT_LT(wrong, kCount * 0.1);
    }
}

TEST(Captions, EverySentenceFillsWhole) {
    for (const auto sentences : {wording::sentences(), wording::heldOutSentences()})
        for (const std::string_view sentence : sentences) {
            int places = 0;
            for (std::size_t at = sentence.find('{'); at != sentence.npos; at = sentence.find('{', at + 1), ++places)
                EXPECT_TRUE(std::ranges::any_of(kPlaces, [&](std::string_view place) { return sentence.substr(at).starts_with(place); })) << sentence;
            EXPECT_GT(places, 0) << sentence;
        }
    EXPECT_EQ(wording::infinitive("keeps bouncing and flies off"), "keep bouncing and fly off");
    EXPECT_EQ(wording::infinitive("does not move at all"), "not move at all");
    EXPECT_EQ(wording::infinitive("is parked"), "be parked");
    EXPECT_EQ(wording::infinitive("slowly dashes to the right"), "slowly dash to the right");
}

TEST(Captions, SayEachPartMostOfTheTime) {
    int object = 0, color = 0, motion = 0, background = 0;
    constexpr int kCount = 3000;
    for (std::uint64_t i = 0; i < kCount; ++i) {
        const Expectation said = drawExample(4, i, Split::Train).said;
        object += said.object.has_value();
        color += said.color.has_value();
        motion += said.motion.has_value();
        background += said.background.has_value();
    }
    EXPECT_GT(object, kCount * 0.88);
    EXPECT_GT(color, kCount * 0.80);
    EXPECT_GT(motion, kCount * 0.55); // a fifth follows free paths
    EXPECT_GT(background, kCount * 0.70);
    EXPECT_LT(object, kCount);
}

TEST(Captions, AreVariedAndRepeatable) {
    const Scene scene = drawScene(9);
    std::set<std::string> texts;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        texts.insert(caption(scene, seed).text);
        EXPECT_EQ(caption(scene, seed).text, caption(scene, seed).text);
    }
    EXPECT_GT(texts.size(), 200u);
}

TEST(Captions, FreePathsAreNeverPutIntoWords) {
    const Scene scene = sceneFor({.motion = Motion::FreePath}, 2);
    for (std::uint64_t seed = 0; seed < 500; ++seed)
        EXPECT_FALSE(caption(scene, seed).said.motion) << caption(scene, seed).text;
}

TEST(Captions, PlainOnesAreReadBackWhole) {
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        const Scene scene = drawScene(seed);
        EXPECT_EQ(parsePrompt(plainCaption(scene)), expectationOf(scene)) << plainCaption(scene);
    }
}

TEST(Captions, WhatWasSaidIsSaidAgainPlainly) {
    for (std::uint64_t i = 0; i < 1500; ++i) {
        const Expectation said = drawExample(5, i, Split::Train).said;
        EXPECT_EQ(parsePrompt(plainCaption(said)), said) << plainCaption(said);
    }
    EXPECT_EQ(plainCaption(parsePrompt("Crimson sphere, hopping along at the beach!")), "a red ball bounces over the sea");
    EXPECT_EQ(plainCaption(Expectation{.motion = Motion::Grows, .background = BackgroundKind::Striped}), "a thing grows over a striped background");
    EXPECT_EQ(plainCaption(Expectation{}), "");
}

TEST(Captions, ExampleLinesAreJson) {
    const auto line = nlohmann::json::parse(exampleLine(drawExample(1, 2, Split::Train)));
    EXPECT_TRUE(line["prompt"].is_string());
    EXPECT_TRUE(sceneFromJson(line["scene"]));
    EXPECT_TRUE(expectationFromJson(line["expect"]));
}

TEST(Captions, PairsNameBothThings) {
    const Example example = drawExample(1, 2, Split::H3);
    ASSERT_EQ(example.scene.objects.size(), 2u);
    for (const SceneObject& object : example.scene.objects)
        EXPECT_NE(example.prompt.find(name(object.object)), std::string::npos);
}

struct Reading {
    const char* prompt;
    const char* expect; // JSON
};

class Readings : public testing::TestWithParam<Reading> {};
INSTANTIATE_TEST_SUITE_P(Prompt, Readings, testing::Values(
    Reading{"a red ball bounces over a blue background",
            R"({"object":"ball","color":"red","motion":"bounces","background":"blue"})"},
    Reading{"a red ball bounces over green hills",
            R"({"object":"ball","color":"red","motion":"bounces","background":"hills"})"},
    Reading{"A CRIMSON SPHERE, BOUNCING, AGAINST THE NIGHT SKY!",
            R"({"object":"ball","color":"red","motion":"bounces","background":"night"})"},
    Reading{"red ball on blue", R"({"object":"ball","color":"red","background":"blue"})"},
    Reading{"blue background, red ball", R"({"object":"ball","color":"red","background":"blue"})"},
    Reading{"in front of a yellow checkered background a purple fish swims to the left",
            R"({"object":"fish","color":"purple","motion":"moves left","background":"yellow checkered"})"},
    Reading{"starry sky, a white rocket flies up",
            R"({"object":"rocket","color":"white","motion":"moves up","background":"night"})"},
    Reading{"a star that is orange stands still on black stripes",
            R"({"object":"star","color":"orange","motion":"stands still","background":"black striped"})"},
    Reading{"green car", R"({"object":"car","color":"green"})"},
    Reading{"something purple goes in circles at sea",
            R"({"color":"purple","motion":"circles","background":"sea"})"},
    Reading{"a heart moving from left to right", R"({"object":"heart","motion":"moves right"})"},
    Reading{"a black triangle gets bigger in the evening",
            R"({"object":"triangle","color":"black","motion":"grows","background":"sunset"})"},
    Reading{"a panda eats bamboo", R"({})"},
    Reading{"", R"({})"}));

TEST_P(Readings, GiveTheCanonicalParts) {
    EXPECT_EQ(toJson(parsePrompt(GetParam().prompt)).dump(), nlohmann::json::parse(GetParam().expect).dump());
}

TEST(Words, ThoseOfCaptionsAreKnown) {
    for (const char* word : {"ball", "Sphere", "crimson", "bouncing", "hills", "the", "background", "29", "stars"})
        EXPECT_TRUE(isKnownWord(word)) << word;
    for (const char* word : {"panda", "trinagle", "", "quantum"})
        EXPECT_FALSE(isKnownWord(word)) << word;
}

TEST(Words, AThingWithoutAColorIsSeen) {
    for (const char* prompt : {"a ball bounces", "the star is over a blue background"})
        EXPECT_TRUE(leavesColorOpen(prompt)) << prompt;
    for (const char* prompt : {"a red ball bounces", "a ball that is red", "a vermilionish ball", "over the sea", ""})
        EXPECT_FALSE(leavesColorOpen(prompt)) << prompt;
}

TEST(Words, ANearOneIsOffered) {
    EXPECT_EQ(nearestKnownWord("trinagle"), "triangle");
    EXPECT_EQ(nearestKnownWord("Bicycle"), "car");
    EXPECT_EQ(nearestKnownWord("bluue"), "blue");
    EXPECT_EQ(nearestKnownWord("rokcet"), "rocket");
    EXPECT_EQ(nearestKnownWord("dogs"), "fish");
    EXPECT_EQ(nearestKnownWord("xyzzyqwv"), std::nullopt);
}

TEST(Words, SpansPointIntoThePrompt) {
    const std::string prompt = "A red, b\xc3\xa4ll!";
    const auto spans = splitWords(prompt);
    ASSERT_EQ(spans.size(), 3u);
    EXPECT_EQ(prompt.substr(spans[1].begin, spans[1].end - spans[1].begin), "red");
    EXPECT_EQ(prompt.substr(spans[2].begin, spans[2].end - spans[2].begin), "b\xc3\xa4ll");
}

} // namespace
} // namespace s1::toyland
