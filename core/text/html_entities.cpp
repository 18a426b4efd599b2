#include "text/html_entities.h"

#include "text/regex.h"
#include "text/unicode.h"
#include "text/windows1252.h"

#include <algorithm>
#include <iterator>

namespace s1::text {

namespace {

struct Row {
    std::string_view name, characters;
    bool bare;
};

constexpr Row kEntities[] = {
#include "text/html_entities.inc"
};

// References to these disappear in html.unescape.
bool isDroppedControl(std::uint32_t n) {
    return (n >= 0x1 && n <= 0x8) || n == 0xb || (n >= 0xe && n <= 0x1f) || n == 0x7f || (n >= 0xfdd0 && n <= 0xfdef) ||
           (n & 0xfffe) == 0xfffe;
}

bool isAsciiDigit(char c, int base) {
    return (c >= '0' && c <= '9') || (base == 16 && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));
}

// Reads "#123", "#x1f" at the front of text; length 0 where there is none. The semicolon is not part of it.
struct Numeric {
    std::size_t length = 0;
    std::uint32_t number = 0;
};
Numeric readNumeric(std::string_view text) {
    if (text.empty() || text[0] != '#')
        return {};
    const int base = text.size() > 1 && (text[1] == 'x' || text[1] == 'X') ? 16 : 10;
    const std::size_t begin = base == 16 ? 2 : 1;
    std::size_t end = begin;
    while (end < text.size() && isAsciiDigit(text[end], base))
        ++end;
    if (end == begin)
        return {};
    return {end, referenceNumber(text.substr(begin, end - begin), base)};
}

void appendNumeric(std::string& out, std::uint32_t number) {
    if (!isDroppedControl(number) || number > 0x10ffff)
        appendUtf8(out, numericReference(number));
}

// The bytes of at most 32 characters that may be a name: none of tab, newline, form feed, blank, <, &, #, ;.
std::size_t nameLength(std::string_view text) {
    std::size_t length = 0;
    for (int characters = 0; length < text.size(); ++length) {
        const auto c = static_cast<unsigned char>(text[length]);
        if (c == '\t' || c == '\n' || c == '\f' || c == ' ' || c == '<' || c == '&' || c == '#' || c == ';')
            break;
        if ((c & 0xc0) != 0x80 && ++characters > 32)
            break;
    }
    return length;
}

// Handles the reference whose "&" is at the front; returns the bytes taken, 0 for none.
std::size_t unescapeNamed(std::string_view rest, std::string& out) {
    const std::string_view name = rest.substr(1, nameLength(rest.substr(1)));
    if (name.empty())
        return 0;
    const bool closed = 1 + name.size() < rest.size() && rest[1 + name.size()] == ';';
    const HtmlEntity whole = findHtmlEntity(name);
    if (!whole.characters.empty() && (closed || whole.bare)) {
        out += whole.characters;
        return 1 + name.size() + (closed ? 1 : 0);
    }
    for (std::size_t length = name.size(); length > 1; --length) {
        const HtmlEntity part = findHtmlEntity(name.substr(0, length));
        if (part.bare) {
            out += part.characters;
            return 1 + length;
        }
    }
    return 0;
}

} // namespace

HtmlEntity findHtmlEntity(std::string_view name) {
    const auto* row = std::lower_bound(std::begin(kEntities), std::end(kEntities), name,
                                       [](const Row& r, std::string_view n) { return r.name < n; });
    if (row == std::end(kEntities) || row->name != name)
        return {};
    return {row->characters, row->bare};
}

std::uint32_t referenceNumber(std::string_view digits, int base) {
    std::uint32_t number = 0;
    for (const char c : digits) {
        const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
        number = std::min<std::uint32_t>(number * static_cast<unsigned>(base) + static_cast<unsigned>(digit), 0x200000);
    }
    return number;
}

char32_t numericReference(std::uint32_t number) {
    if (number == 0 || number > 0x10ffff || (number >= 0xd800 && number <= 0xdfff))
        return 0xfffd;
    return number >= 0x80 && number <= 0x9f ? fromWindows1252(static_cast<std::uint8_t>(number)) : number;
}

std::string unescapeHtml(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] != '&') {
            out += text[i++];
            continue;
        }
        const Numeric numeric = readNumeric(text.substr(i + 1));
        std::size_t taken = 0;
        if (numeric.length > 0) {
            appendNumeric(out, numeric.number);
            taken = 1 + numeric.length;
            if (i + taken < text.size() && text[i + taken] == ';')
                ++taken;
        } else {
            taken = unescapeNamed(text.substr(i), out);
        }
        if (taken == 0) {
            out += '&';
            taken = 1;
        }
        i += taken;
    }
    return out;
}

namespace {

// What a closed reference stands for, or nothing.
bool appendClosed(std::string& out, std::string_view inner) {
    if (const Numeric numeric = readNumeric(inner); numeric.length > 0) {
        if (numeric.length != inner.size() || numeric.number == ';')
            return false;
        appendNumeric(out, numeric.number);
        return true;
    }
    if (const HtmlEntity entity = findHtmlEntity(inner); !entity.characters.empty()) {
        out += entity.characters;
        return true;
    }
    // An upper-case spelling of a lower-case name, unless html.unescape already gives it (or its front) a meaning.
    std::string lowered(inner);
    for (char& c : lowered) {
        if (c >= 'a' && c <= 'z')
            return false;
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c | 0x20);
    }
    const HtmlEntity entity = findHtmlEntity(lowered);
    std::string whole{'&'};
    whole += inner;
    whole += ';';
    if (entity.characters.empty() || unescapeHtml(whole) != whole)
        return false;
    out += upper(entity.characters);
    return true;
}

} // namespace

std::string unescapeClosedHtml(std::string_view text) {
    static const Regex kReference("&#?[0-9A-Za-z]{1,24};");
    std::string out;
    std::size_t from = 0;
    while (const auto match = kReference.search(text, from)) {
        out += text.substr(from, match->begin - from);
        if (!appendClosed(out, text.substr(match->begin + 1, match->end - match->begin - 2)))
            out += text.substr(match->begin, match->end - match->begin);
        from = match->end;
    }
    out += text.substr(from);
    return out;
}

} // namespace s1::text
