#include "base/json.h"
#include "support/safetensors_reader.h"
#include "text/clip_tokenizer.h"
#include "text/prompt_cleaning.h"
#include "text/t5_tokenizer.h"

#include <gtest/gtest.h>

#include <functional>

// The cases of the original Python tokenizers: every id and mask of every prompt.
namespace s1::text {
namespace {

const std::filesystem::path kGolden = std::filesystem::path(S1_TEST_DATA) / "golden";

struct Case {
    std::string name;
    std::filesystem::path folder;
    nlohmann::json json;
    const nlohmann::json& params() const { return json["params"]; }
};

std::vector<Case> casesOf(const std::string& kind) {
    std::vector<Case> cases;
    for (const auto& entry : std::filesystem::directory_iterator(kGolden / kind)) {
        auto json = readJson(entry.path() / "case.json");
        EXPECT_TRUE(json) << entry.path();
        if (json)
            cases.push_back({entry.path().filename(), entry.path(), *json});
    }
    EXPECT_FALSE(cases.empty());
    return cases;
}

std::string show(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

// Compares every row and says how many prompts were exact.
void expectRows(const Case& testCase, const std::function<TokenIds(const std::string&, int)>& encode) {
    const auto expected = test::readSafetensors(testCase.folder / "expected.safetensors");
    ASSERT_TRUE(expected) << expected.error().message;
    const auto ids = expected->at("input_ids").values<std::int64_t>();
    const auto mask = expected->at("attention_mask").values<std::int64_t>();
    const int length = testCase.params()["max_length"];
    const auto& prompts = testCase.params()["prompts"];
    ASSERT_EQ(ids.size(), prompts.size() * static_cast<std::size_t>(length));
    int exact = 0;
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        const std::string prompt = prompts[i];
        const TokenIds got = encode(prompt, length);
        const auto row = static_cast<std::ptrdiff_t>(i) * length;
        const std::vector<std::int64_t> wantIds(ids.begin() + row, ids.begin() + row + length);
        const std::vector<std::int64_t> wantMask(mask.begin() + row, mask.begin() + row + length);
        EXPECT_EQ(got.ids, wantIds) << show(prompt);
        EXPECT_EQ(got.mask, wantMask) << show(prompt);
        exact += got.ids == wantIds && got.mask == wantMask;
    }
    std::printf("%s: %d of %zu prompts exact\n", testCase.name.c_str(), exact, prompts.size());
}

TEST(TokenizerReference, T5PromptsArePreparedAsTheOriginalDoes) {
    for (const Case& testCase : casesOf("text.t5_tokenizer")) {
        const auto prepared = readJson(testCase.folder / "prepared.json");
        ASSERT_TRUE(prepared);
        const auto& prompts = testCase.params()["prompts"];
        ASSERT_EQ(prepared->size(), prompts.size());
        for (std::size_t i = 0; i < prompts.size(); ++i) {
            const std::string got = prepareT5Prompt(prompts[i].get<std::string>(), testCase.params()["clean_caption"]);
            EXPECT_EQ(show(got), show((*prepared)[i].get<std::string>()))
                << testCase.name << " " << show(prompts[i].get<std::string>());
        }
    }
}

TEST(TokenizerReference, T5IdsAreTheOriginals) {
    for (const Case& testCase : casesOf("text.t5_tokenizer")) {
        const auto tokenizer = T5Tokenizer::create(kGolden / testCase.json["model"].get<std::string>());
        ASSERT_TRUE(tokenizer) << tokenizer.error().message;
        const bool clean = testCase.params()["clean_caption"];
        expectRows(testCase, [&](const std::string& prompt, int length) {
            return tokenizer->encode(prepareT5Prompt(prompt, clean), length);
        });
    }
}

TEST(TokenizerReference, ClipIdsAreTheOriginals) {
    for (const Case& testCase : casesOf("text.clip_tokenizer")) {
        std::optional<std::string> pad;
        if (testCase.params().contains("pad_token"))
            pad = testCase.params()["pad_token"].get<std::string>();
        const auto tokenizer = ClipTokenizer::create(kGolden / testCase.json["model"].get<std::string>(), pad);
        ASSERT_TRUE(tokenizer) << tokenizer.error().message;
        expectRows(testCase, [&](const std::string& prompt, int length) { return tokenizer->encode(prompt, length); });
    }
}

} // namespace
} // namespace s1::text
