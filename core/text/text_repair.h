#pragma once

#include <string>
#include <string_view>

namespace s1::text {

// What ftfy.fix_text does with its default settings: HTML references (in lines without "<"), mojibake (see
// mojibake.h for its limits), control characters, ligatures, character width, quotes, line breaks, NFC.
std::string fixText(std::string_view text);

} // namespace s1::text
