#include "text/clip_tokenizer.h"
#include "text/t5_tokenizer.h"

#include "base/files.h"
#include "support/temporary_folder.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>

// Row M39 of reliability.md 3.1: tokenizer files that are broken or hostile.
namespace s1::text {
namespace {

namespace fs = std::filesystem;

const fs::path kModels = fs::path(S1_TEST_DATA) / "golden/models";

class TokenizerRows : public testing::Test {
protected:
    void put(const std::string& name, const std::string& bytes) {
        ASSERT_TRUE(writeFileAtomically(m_folder / name, bytes));
    }
    template <typename Tokenizer>
    void expectRefused(const std::string& words) {
        const auto tokenizer = Tokenizer::create(m_folder.path());
        ASSERT_FALSE(tokenizer) << words;
        EXPECT_EQ(tokenizer.error().code, ErrorCode::Corrupt) << tokenizer.error().message;
        EXPECT_NE(tokenizer.error().message.find(words), std::string::npos) << tokenizer.error().message;
        EXPECT_NE(tokenizer.error().message.find(m_folder.path().string()), std::string::npos)
            << tokenizer.error().message;
    }
    // A vocabulary with the two marks and one more entry.
    void vocabulary(const std::string& more) {
        put("vocab.json", R"({"<|startoftext|>": 0, "<|endoftext|>": 1, )" + more + "}");
        put("merges.txt", "#version: 0.2\na b\n");
    }
    // Pieces of a SentencePiece model, as protobuf writes them.
    static std::string pieces(const std::vector<std::pair<std::string, char>>& list) {
        std::string model;
        for (const auto& [piece, type] : list) {
            const std::string item =
                std::string("\n") + char(piece.size()) + piece + std::string("\x15\0\0\0\0\x18", 6) + type;
            model += std::string("\n") + char(item.size()) + item;
        }
        return model;
    }

    test::TemporaryFolder m_folder;
};

TEST_F(TokenizerRows, M39_EmptyAndCutSentencePieces) {
    put("spiece.model", "");
    expectRefused<T5Tokenizer>("spiece.model");
    const auto whole = readFile(kModels / "show-1-base/tokenizer/spiece.model");
    ASSERT_TRUE(whole);
    for (const std::size_t n :
         {std::size_t(1), std::size_t(17), std::size_t(1000), whole->size() / 2, whole->size() - 1}) {
        put("spiece.model", whole->substr(0, n));
        const auto tokenizer = T5Tokenizer::create(m_folder.path());
        if (tokenizer) // cut between two pieces, which the format cannot tell
            EXPECT_LT(tokenizer->vocabulary(), 32100);
        else
            EXPECT_EQ(tokenizer.error().code, ErrorCode::Corrupt);
    }
}

TEST_F(TokenizerRows, M39_SentencePiecesOfAnotherModel) {
    const char control = 3, unknown = 2, normal = 1;
    put("spiece.model", pieces({{"<unk>", unknown}, {"<s>", control}, {"</s>", control}, {"a", normal}}));
    expectRefused<T5Tokenizer>("with <pad>, </s> and <unk> at -1, 2 and 0");
    put("spiece.model", pieces({{"<pad>", control}, {"</s>", control}, {"<unk>", unknown}, {"a", normal}}));
    const auto tokenizer = T5Tokenizer::create(m_folder.path());
    ASSERT_TRUE(tokenizer) << tokenizer.error().message;
    EXPECT_EQ(tokenizer->vocabulary(), 104);
    std::string many = pieces({{"<pad>", control}, {"</s>", control}, {"<unk>", unknown}});
    for (int i = 0; i < 1'000'000; ++i)
        many += pieces({{std::to_string(i), normal}});
    put("spiece.model", many);
    const auto start = std::chrono::steady_clock::now();
    expectRefused<T5Tokenizer>("1000003 pieces");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1)); // 200 ms on a machine at rest
}

TEST_F(TokenizerRows, M39_SentencePieceFileOverTheLimit) {
    put("spiece.model", "");
    fs::resize_file(m_folder / "spiece.model", kLargestTokenizer + 1);
    expectRefused<T5Tokenizer>("larger than");
}

TEST_F(TokenizerRows, M39_FlippedSentencePiecesNeverCrash) {
    const std::string model = pieces({{"<pad>", 3},
                                      {"</s>", 3},
                                      {"<unk>", 2},
                                      {"\xe2\x96\x81"
                                       "a",
                                       1},
                                      {"b", 1}});
    for (std::size_t bit = 0; bit < model.size() * 8; ++bit) {
        std::string bytes = model;
        bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
        put("spiece.model", bytes);
        if (const auto tokenizer = T5Tokenizer::create(m_folder.path())) {
            EXPECT_EQ(tokenizer->encode("a b <extra_id_7> c").ids.size(), 77u);
        }
    }
}

TEST_F(TokenizerRows, M39_VocabulariesWithImpossibleIds) {
    for (const std::string id : {"-1", "1.5", "\"3\"", "null", "1000000", "18446744073709551615", "1e30"}) {
        vocabulary("\"a\": " + id);
        expectRefused<ClipTokenizer>("the id of \"a\" is");
    }
    vocabulary(R"("a": 2, "a": 3)");
    expectRefused<ClipTokenizer>("twice");
    put("vocab.json", "");
    expectRefused<ClipTokenizer>("not valid JSON");
    put("vocab.json", R"(["a"])");
    expectRefused<ClipTokenizer>("not an object");
    put("vocab.json", R"({"<|startoftext|>": 0})");
    expectRefused<ClipTokenizer>("<|endoftext|>");
    vocabulary(R"("a": 262143)");
    EXPECT_EQ(ClipTokenizer::create(m_folder.path())->vocabulary(), 262'144);
}

TEST_F(TokenizerRows, M39_MergesThatGoInCircles) {
    vocabulary(R"("a": 2, "b</w>": 3, "ab": 4, "ab</w>": 5)");
    put("merges.txt", "#version: 0.2\na b\nab ab\nb a\na ab\nab a\nabab abab\na b</w>\nab </w>\n");
    const auto tokenizer = ClipTokenizer::create(m_folder.path());
    ASSERT_TRUE(tokenizer) << tokenizer.error().message;
    EXPECT_EQ(tokenizer->encode("abababababababab aaabbb ab").ids.size(), 77u); // every merge shortens the word
    put("merges.txt", "#version: 0.2\na b c\n");
    expectRefused<ClipTokenizer>("not a pair");
}

} // namespace
} // namespace s1::text
