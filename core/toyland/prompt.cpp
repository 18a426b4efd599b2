#include "toyland/prompt.h"

#include "toyland/wording.h"

#include <algorithm>
#include <map>
#include <set>

namespace s1::toyland {
namespace {

bool isWordByte(char c) {
    const auto u = static_cast<unsigned char>(c);
    return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') || u >= 0x80 || c == '\'';
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return result;
}

using Tokens = std::vector<std::string>;

Tokens tokens(std::string_view text) {
    Tokens result;
    for (const WordSpan& span : splitWords(text))
        result.push_back(lower(text.substr(span.begin, span.end - span.begin)));
    return result;
}

enum class Role { Object, Color, Motion, Background, Place, Preposition };
struct Meaning {
    Role role;
    int value;
};

// All phrases of the grammar, longest first where one begins another.
class Lexicon {
public:
    static const Lexicon& instance() { // constant data, made at first use
        static const Lexicon lexicon;
        return lexicon;
    }

    // The longest phrase that starts at token i, and its length.
    std::optional<std::pair<Meaning, std::size_t>> at(const Tokens& text, std::size_t i) const {
        const auto range = m_phrases.find(text[i]);
        if (range == m_phrases.end())
            return std::nullopt;
        std::optional<std::pair<Meaning, std::size_t>> best;
        for (const auto& [phrase, meaning] : range->second)
            if ((!best || phrase.size() > best->second) && i + phrase.size() <= text.size() &&
                std::equal(phrase.begin(), phrase.end(), text.begin() + static_cast<std::ptrdiff_t>(i)))
                best = {meaning, phrase.size()};
        return best;
    }

    const std::set<std::string>& words() const { return m_words; }

private:
    Lexicon() {
        for (int i = 0; i < kObjects; ++i)
            for (const auto phrase : wording::of(static_cast<Object>(i)))
                add(phrase, {Role::Object, i});
        for (int i = 0; i < kColors; ++i)
            for (const auto phrase : wording::of(static_cast<Color>(i)))
                add(phrase, {Role::Color, i});
        for (int i = 0; i < kMotions; ++i) {
            const Meaning meaning{Role::Motion, i};
            for (const auto& verb : wording::of(static_cast<Motion>(i))) {
                add(verb.finite, meaning);
                add(verb.participle, meaning);
            }
            for (const auto phrase : wording::directions(static_cast<Motion>(i)))
                add(phrase, meaning);
        }
        for (const auto& [phrase, kind] : std::initializer_list<std::pair<const char*, BackgroundKind>>{
                 {"background", BackgroundKind::Plain}, {"backdrop", BackgroundKind::Plain},
                 {"wall", BackgroundKind::Plain}, {"surface", BackgroundKind::Plain},
                 {"checkered", BackgroundKind::Checkered}, {"chequered", BackgroundKind::Checkered},
                 {"checkerboard", BackgroundKind::Checkered}, {"chessboard", BackgroundKind::Checkered},
                 {"checks", BackgroundKind::Checkered}, {"checked", BackgroundKind::Checkered},
                 {"tiles", BackgroundKind::Checkered}, {"striped", BackgroundKind::Striped},
                 {"stripes", BackgroundKind::Striped}, {"stripe", BackgroundKind::Striped},
                 {"bands", BackgroundKind::Striped}, {"gradient", BackgroundKind::Gradient},
                 {"shaded", BackgroundKind::Gradient}, {"fading", BackgroundKind::Gradient},
                 {"tiled", BackgroundKind::Checkered}, {"check", BackgroundKind::Checkered},
                 {"chess", BackgroundKind::Checkered}, {"checker", BackgroundKind::Checkered},
                 {"stripy", BackgroundKind::Striped}, {"fade", BackgroundKind::Gradient},
                 {"fades", BackgroundKind::Gradient}, {"shading", BackgroundKind::Gradient},
                 {"gradation", BackgroundKind::Gradient}, {"ombre", BackgroundKind::Gradient},
                 {"canvas", BackgroundKind::Plain}, {"screen", BackgroundKind::Plain}, {"page", BackgroundKind::Plain},
                 {"starlit", BackgroundKind::Night}, {"moonlit", BackgroundKind::Night}, {"space", BackgroundKind::Night},
                 {"beach", BackgroundKind::Sea}, {"shore", BackgroundKind::Sea}, {"coast", BackgroundKind::Sea},
                 {"lake", BackgroundKind::Sea}, {"seaside", BackgroundKind::Sea}, {"underwater", BackgroundKind::Sea},
                 {"field", BackgroundKind::Hills}, {"fields", BackgroundKind::Hills}, {"valley", BackgroundKind::Hills},
                 {"grass", BackgroundKind::Hills}, {"mountain", BackgroundKind::Hills}, {"mountains", BackgroundKind::Hills},
                 {"twilight", BackgroundKind::Sunset}, {"sunrise", BackgroundKind::Sunset}, {"sundown", BackgroundKind::Sunset},
                 {"dotted", BackgroundKind::Dotted}, {"polka dots", BackgroundKind::Dotted},
                 {"night", BackgroundKind::Night}, {"starry", BackgroundKind::Night}, {"sea", BackgroundKind::Sea},
                 {"ocean", BackgroundKind::Sea}, {"water", BackgroundKind::Sea}, {"waves", BackgroundKind::Sea},
                 {"hills", BackgroundKind::Hills}, {"hill", BackgroundKind::Hills}, {"hilly", BackgroundKind::Hills},
                 {"countryside", BackgroundKind::Hills}, {"meadow", BackgroundKind::Hills},
                 {"meadows", BackgroundKind::Hills}, {"green landscape", BackgroundKind::Hills},
                 {"sunset", BackgroundKind::Sunset}, {"evening", BackgroundKind::Sunset},
                 {"dusk", BackgroundKind::Sunset}, {"setting sun", BackgroundKind::Sunset}})
            add(phrase, {Role::Background, static_cast<int>(kind)});
        for (int i = 0; i < kBackgroundKinds; ++i) {
            const auto kind = static_cast<BackgroundKind>(i);
            for (const auto phrase : wording::adverbial(kind))
                add(phrase, {Role::Place, i});
            for (const auto phrase : wording::of(kind)) {
                if (!hasColor(kind))
                    add(phrase, {Role::Place, i});
                addWords(phrase);
            }
        }
        for (const auto phrase : wording::prepositions())
            add(phrase, {Role::Preposition, 0});
        for (const auto& verb : wording::movingVerbs()) {
            addWords(verb.finite);
            addWords(verb.participle);
        }
        for (const auto list : {wording::openings(), wording::praise(), wording::endings(), wording::others()})
            for (const auto phrase : list)
                addWords(phrase);
    }

    void addWords(std::string_view phrase) {
        for (std::string& word : tokens(phrase))
            m_words.insert(std::move(word));
    }
    void add(std::string_view phrase, Meaning meaning) {
        addWords(phrase);
        Tokens words = tokens(phrase);
        m_phrases[words.front()].push_back({std::move(words), meaning});
    }

    std::map<std::string, std::vector<std::pair<Tokens, Meaning>>, std::less<>> m_phrases;
    std::set<std::string> m_words;
};

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
    {"bus", "car"}, {"train", "car"}, {"bike", "car"}, {"bicycle", "car"},
    {"motorcycle", "car"}, {"tractor", "car"}, {"plane", "rocket"}, {"airplane", "rocket"}, {"jet", "rocket"},
    {"ufo", "rocket"}, {"helicopter", "rocket"}, {"shark", "fish"}, {"whale", "fish"},
    {"dolphin", "fish"}, {"dog", "fish"}, {"cat", "fish"}, {"panda", "fish"}, {"horse", "fish"},
    {"planet", "ball"}, {"balloon", "ball"}, {"bubble", "ball"}, {"apple", "ball"}, {"football", "ball"},
    {"house", "square"}, {"rectangle", "square"}, {"snowflake", "star"},
    {"rose", "pink"}, {"brown", "orange"}, {"grey", "white"}, {"silver", "white"}, {"beige", "white"},
    {"river", "sea"},
    {"forest", "hills"}, {"garden", "hills"}, {"park", "hills"},
    {"city", "night"}, {"street", "hills"}, {"road", "hills"}, {"desert", "sunset"},
    {"dawn", "sunset"}, {"leaps", "bounces"},
    {"dances", "bounces"}, {"dancing", "bouncing"}, {"turns", "circles"}, {"turning", "circling"},
        {"sleeps", "rests"}, {"sleeping", "resting"}, {"explodes", "grows"},
    {"vanishes", "shrinks"}, {"disappears", "shrinks"}};

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
        const auto [meaning, length] = *found;
        switch (meaning.role) {
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
                pending.reset(); // "green hills"
            } else if (pending) {
                result.backgroundColor = pending;
                pending.reset();
            }
            afterPreposition = true; // "a background of blue", "a striped blue background"
            break;
        }
        }
        i += length;
    }
    flush();
    if (result.background && !hasColor(*result.background))
        result.backgroundColor.reset();
    if (result.background == BackgroundKind::Plain && !result.backgroundColor)
        result.background.reset(); // "in the background" says nothing about it
    return result;
}

} // namespace s1::toyland
