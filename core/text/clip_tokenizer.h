#pragma once

#include "base/result.h"
#include "text/regex.h"
#include "text/special_tokens.h"
#include "text/token_ids.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace s1::text {

// The byte-pair tokenizer of CLIP (show1.md 2.2). const use from several threads is safe.
class ClipTokenizer {
public:
    // folder holds vocab.json, merges.txt and, mostly, special_tokens_map.json, whose pad_token counts unless padToken
    // is given. NotFound or Corrupt.
    static Result<ClipTokenizer> create(const std::filesystem::path& folder, std::optional<std::string> padToken = {});

    // Start mark, tokens, end mark: at most maxLength, padded to maxLength.
    TokenIds encode(std::string_view prompt, int maxLength = 77) const;

    std::int64_t vocabulary() const { return m_vocabulary; } // every id is below it

private:
    ClipTokenizer();

    void appendText(std::string_view text, std::size_t limit, std::vector<std::int64_t>& ids) const;
    void appendWord(std::string_view word, std::vector<std::int64_t>& ids) const;

    std::int64_t m_vocabulary = 0;
    Regex m_words;
    std::unordered_map<std::string, std::int64_t> m_ids;
    std::unordered_map<std::string, int> m_ranks; // "left right" -> order of the merge
    SpecialTokens m_special;
    std::int64_t m_start = 0, m_end = 0, m_pad = 0;
};

} // namespace s1::text
