#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace s1::text {

// Names that are one token wherever they stand in a text, and their ids.
using SpecialTokens = std::map<std::string, std::int64_t, std::less<>>;

// A stretch between special tokens, or one of them (id >= 0).
struct TextPart {
    std::string_view text;
    std::int64_t id = -1;
};

// Cuts text at every special token (the longest one where several begin); empty stretches are left out. stripped:
// the white space next to a cut goes.
std::vector<TextPart> splitAtSpecialTokens(std::string_view text, const SpecialTokens& tokens, bool stripped);

} // namespace s1::text
