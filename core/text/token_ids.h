#pragma once

#include <cstdint>
#include <vector>

namespace s1::text {

// Of one file of a tokenizer (reliability.md 2.3).
inline constexpr std::uint64_t kLargestTokenizer = 64u << 20;

// What a text encoder is given: one row of a fixed length.
struct TokenIds {
    std::vector<std::int64_t> ids;
    std::vector<std::int64_t> mask; // 1 on tokens, 0 on padding
    int used = 0;                   // tokens before truncation, the special ones that every prompt gets included

    bool operator==(const TokenIds&) const = default;
};

} // namespace s1::text
