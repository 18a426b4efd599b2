#include "text/clip_tokenizer.h"
#include "text/prompt_cleaning.h"
#include "text/t5_tokenizer.h"

#include "base/files.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace s1::text {
namespace {

const std::filesystem::path kModels = std::filesystem::path(S1_TEST_DATA) / "golden/models";

T5Tokenizer t5() {
    return T5Tokenizer::create(kModels / "show-1-base/tokenizer").value();
}
ClipTokenizer clip(std::optional<std::string> pad = {}) {
    return ClipTokenizer::create(kModels / "show-1-sr2/tokenizer", std::move(pad)).value();
}

// Things nobody means to type but somebody pastes.
std::vector<std::string> hostilePrompts() {
    std::string everyByte;
    for (int i = 0; i < 256; ++i)
        everyByte += static_cast<char>(i);
    std::string million(1 << 20, 'a');
    std::string words;
    while (words.size() < (1 << 20))
        words += "a red ball <b>&amp; Ã© ";
    return {"",
            std::string("\0\0", 2),
            std::string("a\0b", 3),
            everyByte,
            "\xff\xfe\xfd",
            "\xc3",
            "\xe2\x82",
            "\xed\xa0\x80",
            "<",
            "</",
            "<!",
            "<![",
            "<a href='",
            "&",
            "&#",
            "&#x",
            "&#99999999999999999999;",
            "%",
            "%4",
            std::string(1 << 20, '<'),
            std::string(1 << 20, '-'),
            std::string(1 << 20, '!'),
            million,
            words};
}

TEST(T5Tokenizer, SurvivesAnyBytes) {
    const T5Tokenizer tokenizer = t5();
    for (const std::string& prompt : hostilePrompts())
        for (const bool clean : {false, true}) {
            const TokenIds row = tokenizer.encode(prepareT5Prompt(prompt, clean));
            EXPECT_EQ(row.ids.size(), 77u);
            EXPECT_EQ(row.mask.size(), 77u);
        }
    EXPECT_EQ(tokenizer.encode("\xff raw \xc3").ids.size(), 77u);
}

TEST(ClipTokenizer, SurvivesAnyBytes) {
    const ClipTokenizer tokenizer = clip();
    for (const std::string& prompt : hostilePrompts()) {
        const TokenIds row = tokenizer.encode(prompt);
        EXPECT_EQ(row.ids.size(), 77u);
        EXPECT_EQ(row.ids.front(), 49406);
    }
}

TEST(T5Tokenizer, CountsTheTokensThatDoNotFit) {
    const T5Tokenizer tokenizer = t5();
    EXPECT_EQ(tokenizer.encode("").used, 1);
    std::string prompt;
    for (int i = 0; i < 200; ++i)
        prompt += "a ";
    const TokenIds row = tokenizer.encode(prompt);
    EXPECT_GT(row.used, 77);
    EXPECT_EQ(row.ids.back(), 1);
}

TEST(T5Tokenizer, HonoursTheLengthAsked) {
    const TokenIds row = t5().encode("a red ball", 4);
    EXPECT_EQ(row.ids.size(), 4u);
    EXPECT_EQ(row.ids.back(), 1);
}

TEST(ClipTokenizer, TakesThePadTokenOfTheFolder) {
    const TokenIds row = clip().encode("a cat!!! dog");
    const std::vector<std::int64_t> front(row.ids.begin(), row.ids.begin() + 9);
    EXPECT_EQ(front, (std::vector<std::int64_t>{49406, 320, 2368, 0, 0, 0, 1929, 49407, 0}));
    EXPECT_EQ(row.used, 8);
}

TEST(ClipTokenizer, ReadsUpperCaseMarks) {
    const TokenIds row = clip("<|endoftext|>").encode("a <|ENDOFTEXT|>");
    const std::vector<std::int64_t> front(row.ids.begin(), row.ids.begin() + 4);
    EXPECT_EQ(front, (std::vector<std::int64_t>{49406, 320, 49407, 49407}));
}

TEST(Tokenizers, NameTheFileThatIsMissingOrBroken) {
    const test::TemporaryFolder folder;
    EXPECT_EQ(T5Tokenizer::create(folder.path()).error().code, ErrorCode::NotFound);
    EXPECT_EQ(ClipTokenizer::create(folder.path()).error().code, ErrorCode::NotFound);

    ASSERT_TRUE(writeFileAtomically(folder.path() / "spiece.model", "not a model"));
    ASSERT_TRUE(writeFileAtomically(folder.path() / "vocab.json", R"({"a":1})"));
    ASSERT_TRUE(writeFileAtomically(folder.path() / "merges.txt", "#version\na b\n"));
    EXPECT_EQ(T5Tokenizer::create(folder.path()).error().code, ErrorCode::Corrupt);
    const auto broken = ClipTokenizer::create(folder.path());
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, ErrorCode::Corrupt);
    EXPECT_NE(broken.error().message.find("<|startoftext|>"), std::string::npos);
}

} // namespace
} // namespace s1::text
