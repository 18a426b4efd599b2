#include "text/text_repair.h"

#include "text/html_entities.h"
#include "text/mojibake.h"
#include "text/unicode.h"
#include "text/windows1252.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace s1::text {

namespace {

// Latin ligatures and digraphs that a copy from print leaves behind.
std::u32string_view withoutLigature(char32_t c) {
    switch (c) {
    case U'Ĳ':
        return U"IJ";
    case U'ĳ':
        return U"ij";
    case U'ŉ':
        return U"ʼn";
    case U'Ǳ':
        return U"DZ";
    case U'ǲ':
        return U"Dz";
    case U'ǳ':
        return U"dz";
    case U'Ǆ':
        return U"DŽ";
    case U'ǅ':
        return U"Dž";
    case U'ǆ':
        return U"dž";
    case U'Ǉ':
        return U"LJ";
    case U'ǈ':
        return U"Lj";
    case U'ǉ':
        return U"lj";
    case U'Ǌ':
        return U"NJ";
    case U'ǋ':
        return U"Nj";
    case U'ǌ':
        return U"nj";
    case U'ﬀ':
        return U"ff";
    case U'ﬁ':
        return U"fi";
    case U'ﬂ':
        return U"fl";
    case U'ﬃ':
        return U"ffi";
    case U'ﬄ':
        return U"ffl";
    case U'ﬅ':
        return U"ſt";
    case U'ﬆ':
        return U"st";
    default:
        return {};
    }
}

// Full-width and half-width forms in the usual width.
std::u32string usualWidth(char32_t c) {
    if (c == 0x3000)
        return U" ";
    if (c < 0xff01 || c > 0xffef)
        return {c};
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
    if (U_FAILURE(status))
        return {c};
    std::string utf8;
    nfkc->normalize(icu::UnicodeString(static_cast<UChar32>(c)), status).toUTF8String(utf8);
    return toUtf32(utf8);
}

bool isUnwantedControl(char32_t c) {
    return c <= 0x08 || c == 0x0b || (c >= 0x0e && c <= 0x1f) || c == 0x7f || (c >= 0x206a && c <= 0x206f) ||
           c == 0xfeff || (c >= 0xfff9 && c <= 0xfffc);
}

// The length of ESC [ digits letter at the front of text, or 0.
std::size_t terminalEscape(std::u32string_view text) {
    if (!text.starts_with(U"\x1b["))
        return 0;
    std::size_t i = 2;
    while (i < text.size() && ((text[i] >= '0' && text[i] <= '9') || text[i] == ';'))
        ++i;
    const char32_t last = i < text.size() ? text[i] | 0x20 : 0;
    return last >= 'a' && last <= 'z' ? i + 1 : 0;
}

// The fixes that look at one character, in ftfy's order; a character made by one fix is seen by the next.
std::u32string fixCharacters(const std::u32string& text) {
    std::u32string widened;
    widened.reserve(text.size());
    for (char32_t c : text) {
        if (c >= 0x80 && c <= 0x9f)
            c = fromWindows1252(static_cast<std::uint8_t>(c));
        if (const auto letters = withoutLigature(c); !letters.empty())
            widened += letters;
        else
            widened += usualWidth(c);
    }
    std::u32string out;
    out.reserve(widened.size());
    const std::u32string_view view = widened;
    for (std::size_t i = 0; i < view.size(); ++i) {
        const char32_t c = view[i];
        if (const std::size_t escape = terminalEscape(view.substr(i)); escape > 0)
            i += escape - 1;
        else if (c >= 0x201c && c <= 0x201f)
            out += U'"';
        else if (c == 0x02bc || (c >= 0x2018 && c <= 0x201b))
            out += U'\'';
        else if (c == '\r' && i + 1 < view.size() && view[i + 1] == '\n')
            continue;
        else if (c == '\r' || c == 0x2028 || c == 0x2029 || c == 0x85)
            out += U'\n';
        else if (!isUnwantedControl(c))
            out += c;
    }
    return composed(out);
}

std::string fixLine(std::string line, bool unescape) {
    for (;;) { // a fix can uncover the next: repeat until nothing changes, as ftfy does
        std::string fixed = unescape ? unescapeClosedHtml(line) : line;
        fixed = toUtf8(fixCharacters(repairMojibake(toUtf32(fixed))));
        if (fixed == line)
            return fixed;
        line = std::move(fixed);
    }
}

} // namespace

std::string fixText(std::string_view bytes) {
    const std::string text = validUtf8(bytes);
    std::string out;
    bool unescape = true;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find('\n', from), text.size() - 1) + 1;
        const std::string line = text.substr(from, end - from);
        unescape = unescape && line.find('<') == std::string::npos; // from the first tag on, this is markup
        out += fixLine(line, unescape);
        from = end;
    }
    return out;
}

} // namespace s1::text
