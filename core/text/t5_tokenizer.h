#pragma once

#include "base/result.h"
#include "text/special_tokens.h"
#include "text/token_ids.h"

#include <filesystem>
#include <memory>
#include <string_view>

namespace sentencepiece {
class SentencePieceProcessor;
}

namespace s1::text {

// The SentencePiece tokenizer of T5 (show1.md 2.1.2). const use from several threads is safe.
class T5Tokenizer {
public:
    // folder holds spiece.model. NotFound or Corrupt.
    static Result<T5Tokenizer> create(const std::filesystem::path& folder);

    // preparedPrompt: see prepareT5Prompt. At most maxLength tokens, the end mark included, padded to maxLength.
    TokenIds encode(std::string_view preparedPrompt, int maxLength = 77) const;

    std::int64_t vocabulary() const { return m_vocabulary; } // every id is below it

private:
    T5Tokenizer() = default;

    std::int64_t m_vocabulary = 0;
    std::shared_ptr<const sentencepiece::SentencePieceProcessor> m_pieces;
    SpecialTokens m_special;
};

} // namespace s1::text
