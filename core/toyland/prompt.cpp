#include "toyland/prompt.h"

#include "toyland/lexicon.h"

#include <algorithm>
#include <map>

namespace s1::toyland {

using Role = Meaning::Role;

namespace {

bool isWordByte(char c) {
    const auto u = static_cast<unsigned char>(c);
    return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') || u >= 0x80 || c == '\'';
}

// Letters to insert, drop, change or swap with the neighbour.
int editDistance(std::string_view a, std::string_view b) {
    std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                d[i][j] = static_cast<int>(i + j);
                continue;
            }
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[a.size()][b.size()];
}

// Things people ask for first, and the nearest thing this world has.
const std::map<std::string, std::string, std::less<>> kNeighbours = {
    {"train", "car"}, {"bike", "car"}, {"bicycle", "car"}, {"motorcycle", "car"}, {"tractor", "car"},
    {"airplane", "rocket"}, {"ufo", "rocket"}, {"helicopter", "rocket"}, {"whale", "fish"}, {"dolphin", "fish"},
    {"dog", "fish"}, {"cat", "fish"}, {"panda", "fish"}, {"horse", "fish"}, {"house", "square"},
    {"snowflake", "star"}, {"brown", "orange"}, {"grey", "white"}, {"silver", "white"}, {"beige", "white"},
    {"garden", "hills"}, {"street", "hills"}, {"road", "hills"}, {"desert", "sunset"}, {"sleeps", "rests"},
    {"sleeping", "resting"}, {"explodes", "grows"}};

} // namespace

std::vector<WordSpan> splitWords(std::string_view prompt) {
    std::vector<WordSpan> spans;
    for (std::size_t i = 0; i < prompt.size();) {
        if (!isWordByte(prompt[i])) {
            ++i;
            continue;
        }
        const std::size_t begin = i;
        while (i < prompt.size() && isWordByte(prompt[i]))
            ++i;
        spans.push_back({begin, i});
    }
    return spans;
}

bool isKnownWord(std::string_view word) {
    const Tokens parts = tokens(word);
    const auto& known = Lexicon::instance().words();
    return !parts.empty() && std::all_of(parts.begin(), parts.end(), [&](const std::string& part) {
        // Numbers are harmless, and so is a plural.
        return known.contains(part) ||
               std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; }) ||
               (part.size() > 3 && part.back() == 's' && known.contains(part.substr(0, part.size() - 1)));
    });
}

std::optional<std::string> nearestKnownWord(std::string_view word) {
    const std::string wanted = lower(word);
    if (isKnownWord(wanted))
        return wanted;
    if (const auto it = kNeighbours.find(wanted); it != kNeighbours.end())
        return it->second;
    if (wanted.size() > 3 && wanted.back() == 's')
        if (const auto it = kNeighbours.find(wanted.substr(0, wanted.size() - 1)); it != kNeighbours.end())
            return it->second;
    if (wanted.size() < 3 || wanted.size() > 32)
        return std::nullopt;
    const int limit = wanted.size() <= 4 ? 1 : wanted.size() <= 8 ? 2 : 3;
    int best = limit + 1;
    std::optional<std::string> nearest;
    for (const std::string& known : Lexicon::instance().words()) {
        if (known.size() < 3)
            continue;
        // Slips seldom hit the first letter; it breaks ties.
        const int distance = editDistance(wanted, known);
        if (distance < best || (distance == best && nearest && nearest->front() != wanted.front() &&
                                known.front() == wanted.front())) {
            best = distance;
            nearest = known;
        }
    }
    return nearest;
}

namespace {

// As a word of the scenery itself.
bool isUsual(Color color, BackgroundKind kind) {
    switch (kind) {
    case BackgroundKind::Night: return color == Color::Black || color == Color::Blue;
    case BackgroundKind::Sea: return color == Color::Blue;
    case BackgroundKind::Hills: return color == Color::Green;
    default: return color == Color::Red || color == Color::Orange || color == Color::Yellow || color == Color::Purple;
    }
}

} // namespace

Expectation parsePrompt(std::string_view prompt) {
    const Lexicon& lexicon = Lexicon::instance();
    const Tokens text = tokens(prompt);
    Expectation result;
    std::optional<Color> pending; // a colour that still looks for its noun
    bool afterPreposition = false, afterThing = false, saidBackdrop = false;
    const auto flush = [&] { // a colour without a noun: "on blue", or "… that is red"
        if (!pending)
            return;
        if (afterPreposition) {
            result.backgroundColor = result.backgroundColor ? result.backgroundColor : pending;
            result.background = result.background ? result.background : BackgroundKind::Plain;
        } else if (!result.color) {
            result.color = pending;
        } else if (!result.backgroundColor && afterThing && saidBackdrop) {
            result.backgroundColor = pending;
        }
        pending.reset();
    };
    for (std::size_t i = 0; i < text.size();) {
        const auto found = lexicon.at(text, i);
        if (!found) {
            if (text[i] == "something" || text[i] == "thing" || text[i] == "shape" || text[i] == "object" ||
                text[i] == "figure") {
                if (pending && !result.color) {
                    result.color = pending;
                    pending.reset();
                }
                afterThing = true;
                afterPreposition = false;
            }
            if (text[i] == "that") { // "a ball that is red" speaks of the thing
                flush();
                afterPreposition = false;
                i += i + 1 < text.size() && text[i + 1] == "is" ? 2 : 1;
                continue;
            }
            if (text[i] == "with" || text[i] == "behind" || text[i] == "is")
                afterPreposition = saidBackdrop || text[i] != "is";
            // An article begins a new noun: a colour before it has none of its own.
            if (text[i] == "a" || text[i] == "an" || text[i] == "the" || text[i] == "there" || text[i] == "and") {
                const bool hadColor = pending.has_value();
                flush();
                if (hadColor)
                    afterPreposition = false;
            }
            ++i;
            continue;
        }
        const Meaning& meaning = *found;
        switch (meaning.role) {
        case Role::Nothing:
            break;
        case Role::Likeness:
            if (!result.color && !pending)
                result.color = static_cast<Color>(meaning.value);
            break;
        case Role::Preposition:
            flush();
            afterPreposition = true;
            break;
        case Role::Color:
            flush();
            pending = static_cast<Color>(meaning.value);
            break;
        case Role::Object:
            if (!result.object) {
                result.object = static_cast<Object>(meaning.value);
                if (pending)
                    result.color = pending;
                pending.reset();
                afterThing = true;
                afterPreposition = false;
            }
            break;
        case Role::Motion:
            flush();
            if (!result.motion)
                result.motion = static_cast<Motion>(meaning.value);
            afterPreposition = false;
            break;
        case Role::Background:
        case Role::Place: {
            const auto kind = static_cast<BackgroundKind>(meaning.value);
            saidBackdrop = true;
            if (!result.background || (*result.background == BackgroundKind::Plain && kind != BackgroundKind::Plain))
                result.background = kind;
            if (!hasColor(kind)) {
                if (pending && isUsual(*pending, kind))
                    pending.reset(); // "green hills"
                flush();
                if (result.backgroundColor && !result.color) // "a ball in blue over the sea"
                    result.color = result.backgroundColor;
                result.backgroundColor.reset();
            } else if (meaning.color) {
                flush();
                result.backgroundColor = meaning.color;
            } else if (pending) {
                result.backgroundColor = pending;
                pending.reset();
            }
            afterPreposition = true; // "a background of blue", "a striped blue background"
            break;
        }
        }
        i += meaning.length;
    }
    flush();
    if (result.background && !hasColor(*result.background))
        result.backgroundColor.reset();
    if (result.background == BackgroundKind::Plain && !result.backgroundColor)
        result.background.reset(); // "in the background" says nothing about it
    return result;
}

bool leavesColorOpen(std::string_view prompt) {
    const Expectation said = parsePrompt(prompt);
    return said.object && !said.color && unknownWords(prompt).empty();
}

std::vector<WordSpan> unknownWords(std::string_view prompt) {
    auto words = splitWords(prompt);
    std::erase_if(words, [&](const WordSpan& word) { return isKnownWord(prompt.substr(word.begin, word.end - word.begin)); });
    return words;
}

} // namespace s1::toyland
