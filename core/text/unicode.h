#pragma once

#include <string>
#include <string_view>

// Unicode text as Python's str sees it. Every function takes any bytes; what is not UTF-8 becomes U+FFFD.
namespace s1::text {

std::u32string toUtf32(std::string_view utf8);
std::string toUtf8(std::u32string_view text);
void appendUtf8(std::string& out, char32_t character);

bool isSpace(char32_t character); // str.isspace of one character

std::string validUtf8(std::string_view bytes);
std::string lower(std::string_view text); // full mapping, with the final sigma, in no language
std::string upper(std::string_view text);
std::string strip(std::string_view text);
std::string_view stripLeft(std::string_view text);
std::string_view stripRight(std::string_view text);
std::u32string composed(const std::u32string& text); // NFC

// What \s means in Python, as a PCRE2 class without its brackets: PCRE2's own \s lacks 1C…1F.
#define S1_SPACE "\\t-\\r\\x1c-\\x20\\x85\\xa0\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}"

} // namespace s1::text
