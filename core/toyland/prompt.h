#pragma once

#include "toyland/values.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace s1::toyland {

// What a prompt says, read with the words of the caption grammar; parts that it does not say stay empty.
Expectation parsePrompt(std::string_view prompt);

// Does it name a thing, with known words only, but no colour for it? The embedded model then makes the colour up in each frame.
bool leavesColorOpen(std::string_view prompt);

// Is this word, in any case and without punctuation, one that the model learned for itself and not in the midst of others?
bool isKnownWord(std::string_view word);

// The known word that was probably meant: a typing slip ("trinagle"), or a neighbour in meaning ("truck": car).
std::optional<std::string> nearestKnownWord(std::string_view word);

// Bytes [begin, end) of a word of the prompt.
struct WordSpan {
    std::size_t begin = 0, end = 0;
};
std::vector<WordSpan> splitWords(std::string_view prompt);
std::vector<WordSpan> unknownWords(std::string_view prompt); // those of them that are not known

} // namespace s1::toyland
