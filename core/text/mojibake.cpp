#include "text/mojibake.h"

#include "text/unicode.h"
#include "text/windows1252.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

namespace s1::text {

namespace {

// What one UTF-8 sequence, spelt in Windows-1252 characters, was meant to be.
struct Sequence {
    std::size_t length = 0; // characters, 0: none begins here
    char32_t character = 0;
    bool hasBlank = false; // a no-break space (A0) had become a plain one
};

// The byte a character was read from: by Windows-1252, or by Latin-1, which leaves control characters behind.
std::optional<std::uint8_t> byteOf(char32_t c) {
    return c >= 0x80 && c <= 0x9f ? static_cast<std::uint8_t>(c) : toWindows1252(c);
}

bool isLetter(char32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

int sequenceLength(std::uint8_t lead) {
    if (lead >= 0xc2 && lead <= 0xdf)
        return 2;
    if (lead >= 0xe0 && lead <= 0xef)
        return 3;
    return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

// Whether a blank in place of A0 is believable: only the leads for which A0 gives a likely character.
bool mayHaveBlank(std::uint8_t lead, int position) {
    switch (sequenceLength(lead)) {
    case 2:
        return lead == 0xc2 || lead == 0xc3 || lead == 0xc5 || lead == 0xce || lead == 0xd0 || lead == 0xd9;
    case 3:
        return position == 1 ? lead == 0xe2 || lead == 0xe3 : lead <= 0xe3;
    default:
        return lead == 0xf0;
    }
}

Sequence sequenceAt(std::u32string_view text) {
    const auto lead = byteOf(text[0]);
    const int length = lead ? sequenceLength(*lead) : 0;
    if (length == 0 || text.size() < static_cast<std::size_t>(length))
        return {};
    Sequence found{static_cast<std::size_t>(length), static_cast<char32_t>(*lead & (0x7f >> length)), false};
    for (int i = 1; i < length; ++i) {
        auto byte = byteOf(text[static_cast<std::size_t>(i)]);
        if (byte == 0x20 && !found.hasBlank && mayHaveBlank(*lead, i)) {
            byte = 0xa0;
            found.hasBlank = true;
        }
        if (!byte || (*byte & 0xc0) != 0x80)
            return {};
        found.character = (found.character << 6) | (*byte & 0x3f);
    }
    const char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (found.character < smallest[length] || found.character > 0x10ffff ||
        (found.character >= 0xd800 && found.character <= 0xdfff))
        return {};
    return found;
}

// Two characters can be what someone wrote ("CAFÉ™"); three or four never are, nor control characters, nor what Ã and
// Â begin.
bool isConvincing(std::u32string_view text, std::size_t at, const Sequence& sequence) {
    if (sequence.length > 2)
        return true;
    if (text[at + 1] >= 0x80 && text[at + 1] <= 0x9f)
        return true;
    if (text[at] != U'Ã' && text[at] != U'Â')
        return false;
    if (!sequence.hasBlank || at == 0)
        return true;
    const char32_t before = text[at - 1];
    return isLetter(before) || (before == ' ' && at > 1 && isLetter(text[at - 2]));
}

// "Ã la mode" was "à la mode": the blank after Ã is both the A0 and the gap, except inside a word.
bool keepsBlank(std::u32string_view text, std::size_t at) {
    if (text[at] != U'Ã')
        return false;
    const std::u32string_view rest = text.substr(std::min(at + 2, text.size()));
    for (const std::u32string_view joined : {U" ", U"quele", U"quela", U"quilo", U"s "})
        if (rest.starts_with(joined))
            return false;
    return true;
}

std::optional<std::u32string> repairOnce(std::u32string_view text) {
    struct Found {
        std::size_t at;
        Sequence sequence;
        bool convincing;
    };
    std::vector<Found> found;
    bool consistent = true; // every character above ASCII belongs to a sequence
    for (std::size_t i = 0; i < text.size();) {
        const Sequence sequence = sequenceAt(text.substr(i));
        if (sequence.length == 0) {
            consistent = consistent && text[i] < 0x80;
            ++i;
            continue;
        }
        found.push_back({i, sequence, isConvincing(text, i, sequence)});
        if (found.size() > 1 && !sequence.hasBlank && i == found[found.size() - 2].at + 2)
            found.back().convincing = true; // one pair right behind another
        i += sequence.length;
    }
    // Several weak pairs that together explain the whole text convince as well.
    const bool any = std::any_of(found.begin(), found.end(), [](const Found& f) { return f.convincing; });
    const auto solid = std::count_if(found.begin(), found.end(), [](const Found& f) { return !f.sequence.hasBlank; });
    const bool all = consistent && (any || solid >= 2);
    if (!any && !all)
        return std::nullopt;

    std::u32string out;
    std::size_t from = 0;
    for (const Found& f : found) {
        if (!all && !f.convincing && f.sequence.hasBlank)
            continue; // one repair makes the other pairs suspect as well, but not those that need a blank changed
        out += text.substr(from, f.at - from);
        out += f.sequence.character;
        if (f.sequence.hasBlank && f.sequence.length == 2 && keepsBlank(text, f.at))
            out += U' ';
        from = f.at + f.sequence.length;
    }
    out += text.substr(from);
    return out;
}

} // namespace

std::u32string repairMojibake(std::u32string text) {
    if (std::all_of(text.begin(), text.end(), [](char32_t c) { return c < 0x80; }))
        return text;
    while (auto repaired = repairOnce(text)) // each round makes the text shorter
        text = std::move(*repaired);
    return text;
}

} // namespace s1::text
