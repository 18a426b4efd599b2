#include "text/unicode.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

namespace s1::text {

namespace {

icu::UnicodeString fromUtf8(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string toUtf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

} // namespace

std::u32string toUtf32(std::string_view utf8) {
    std::u32string out;
    out.reserve(utf8.size());
    const auto* bytes = reinterpret_cast<const uint8_t*>(utf8.data());
    const auto size = static_cast<int32_t>(utf8.size());
    for (int32_t i = 0; i < size;) {
        UChar32 character = 0;
        U8_NEXT_OR_FFFD(bytes, i, size, character);
        out.push_back(static_cast<char32_t>(character));
    }
    return out;
}

void appendUtf8(std::string& out, char32_t character) {
    char buffer[4];
    int32_t size = 0;
    UBool failed = false;
    U8_APPEND(reinterpret_cast<uint8_t*>(buffer), size, 4, static_cast<UChar32>(character), failed);
    if (failed)
        out += "\xEF\xBF\xBD";
    else
        out.append(buffer, static_cast<std::size_t>(size));
}

std::string toUtf8(std::u32string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char32_t character : text)
        appendUtf8(out, character);
    return out;
}

bool isSpace(char32_t c) {
    return (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x20) || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

std::string validUtf8(std::string_view bytes) {
    return toUtf8(toUtf32(bytes));
}

std::string lower(std::string_view text) {
    return toUtf8(fromUtf8(text).toLower(icu::Locale::getRoot()));
}

std::string upper(std::string_view text) {
    return toUtf8(fromUtf8(text).toUpper(icu::Locale::getRoot()));
}

std::string_view stripLeft(std::string_view text) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
    const auto size = static_cast<int32_t>(text.size());
    int32_t begin = 0;
    for (int32_t i = 0; i < size; begin = i) {
        UChar32 character = 0;
        U8_NEXT_OR_FFFD(bytes, i, size, character);
        if (!isSpace(static_cast<char32_t>(character)))
            break;
    }
    return text.substr(static_cast<std::size_t>(begin));
}

std::string_view stripRight(std::string_view text) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
    auto end = static_cast<int32_t>(text.size());
    for (int32_t i = end; i > 0; end = i) {
        UChar32 character = 0;
        U8_PREV_OR_FFFD(bytes, 0, i, character);
        if (!isSpace(static_cast<char32_t>(character)))
            break;
    }
    return text.substr(0, static_cast<std::size_t>(end));
}

std::string strip(std::string_view text) {
    return std::string(stripRight(stripLeft(text)));
}

std::u32string composed(const std::u32string& text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status))
        return text;
    const auto source =
        icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()), static_cast<int32_t>(text.size()));
    const icu::UnicodeString result = nfc->normalize(source, status);
    return U_FAILURE(status) ? text : toUtf32(toUtf8(result));
}

} // namespace s1::text
