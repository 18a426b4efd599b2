#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace s1::text {

// The characters of a named reference (name without & and ;), or empty. bare: also legal without the semicolon.
struct HtmlEntity {
    std::string_view characters;
    bool bare = false;
};
HtmlEntity findHtmlEntity(std::string_view name);

// The character of &#number; as HTML5 asks: Windows-1252 for 80…9F, U+FFFD for what cannot be.
char32_t numericReference(std::uint32_t number);

// Digits of a numeric reference (after "#" and "x"), saturating above U+10FFFF.
std::uint32_t referenceNumber(std::string_view digits, int base);

// Python's html.unescape.
std::string unescapeHtml(std::string_view text);

// ftfy's stricter one: only references that end in ";", and also upper-case spellings such as &EACUTE;.
std::string unescapeClosedHtml(std::string_view text);

} // namespace s1::text
