#include "toyland/lexicon.h"

#include "toyland/prompt.h"
#include "toyland/wording.h"

#include <algorithm>
#include <iterator>

namespace s1::toyland {

using Role = Meaning::Role;

namespace {

bool standsAt(const Tokens& phrase, const Tokens& text, std::size_t i) {
    return i + phrase.size() <= text.size() && std::equal(phrase.begin(), phrase.end(), text.begin() + static_cast<std::ptrdiff_t>(i));
}

bool isArticle(const std::string& word) { return word == "a" || word == "an" || word == "the"; }

} // namespace

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return result;
}

Tokens tokens(std::string_view text) {
    Tokens result;
    for (const WordSpan& span : splitWords(text))
        result.push_back(lower(text.substr(span.begin, span.end - span.begin)));
    return result;
}

const Lexicon& Lexicon::instance() { // constant data, made at first use
    static const Lexicon lexicon;
    return lexicon;
}

std::optional<Meaning> Lexicon::longest(const Tokens& text, std::size_t i, std::optional<Role> role) const {
    std::optional<Meaning> best;
    if (const auto range = m_phrases.find(text[i]); range != m_phrases.end())
        for (const auto& [words, meaning] : range->second)
            if ((!role || meaning.role == *role) && (!best || words.size() > best->length) && standsAt(words, text, i))
                best = meaning;
    return best;
}

std::optional<Meaning> Lexicon::at(const Tokens& text, std::size_t i) const {
    std::optional<Meaning> best = longest(text, i);
    for (const auto& [before, after, kind] : m_colored) {
        const std::size_t middle = i + before.size();
        if (middle >= text.size() || !standsAt(before, text, i))
            continue;
        const auto color = longest(text, middle, Role::Color);
        if (!color || !standsAt(after, text, middle + color->length))
            continue;
        const std::size_t length = before.size() + color->length + after.size();
        if (!best || length > best->length)
            best = Meaning{Role::Background, static_cast<int>(kind), static_cast<Color>(color->value), length};
    }
    return best;
}

Lexicon::Lexicon() {
    for (int i = 0; i < kObjects; ++i)
        for (const auto phrase : wording::of(static_cast<Object>(i)))
            add(phrase, Role::Object, i);
    for (int i = 0; i < kColors; ++i) {
        for (const auto phrase : wording::of(static_cast<Color>(i)))
            add(phrase, Role::Color, i);
        for (const auto phrase : wording::likened(static_cast<Color>(i)))
            add(phrase, Role::Likeness, i);
    }
    for (int i = 0; i < kMotions; ++i) {
        for (const auto& verb : wording::of(static_cast<Motion>(i))) {
            add(verb.finite, Role::Motion, i);
            add(verb.participle, Role::Motion, i);
            add(wording::infinitive(verb.finite), Role::Motion, i);
        }
        for (const auto phrase : wording::directions(static_cast<Motion>(i)))
            add(phrase, Role::Motion, i);
    }
    for (const auto phrase : {"right there", "right here", "right now", "right behind", "right where", "up front"})
        add(phrase, Role::Nothing, 0);
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
        add(phrase, Role::Background, static_cast<int>(kind));
    for (int i = 0; i < kBackgroundKinds; ++i) {
        const auto kind = static_cast<BackgroundKind>(i);
        for (const auto phrase : wording::adverbial(kind))
            add(phrase, Role::Place, i);
        for (const auto phrase : wording::of(kind)) {
            if (hasColor(kind))
                addColored(phrase, kind);
            else
                add(phrase, Role::Place, i);
            addWords(phrase);
        }
    }
    for (const auto phrase : wording::prepositions())
        add(phrase, Role::Preposition, 0);
    for (const auto& verb : wording::movingVerbs()) {
        addWords(verb.finite);
        addWords(verb.participle);
    }
    for (const auto list : {wording::openings(), wording::praise(), wording::endings(), wording::others()})
        for (const auto phrase : list)
            addWords(phrase);
}

// Of a few words each has its meaning; in "thing you walk your dog with" a dog has none.
void Lexicon::addWords(std::string_view phrase) {
    constexpr std::size_t kFew = 3; // with the article
    if (Tokens words = tokens(phrase); words.size() <= kFew)
        m_words.insert(std::make_move_iterator(words.begin()), std::make_move_iterator(words.end()));
}

void Lexicon::add(std::string_view phrase, Role role, int value) {
    addWords(phrase);
    Tokens words = tokens(phrase);
    const std::size_t length = words.size();
    m_phrases[words.front()].push_back({std::move(words), {role, value, {}, length}});
}

void Lexicon::addColored(std::string_view phrase, BackgroundKind kind) {
    const auto at = phrase.find('@');
    Tokens before = tokens(phrase.substr(0, at)), after = tokens(phrase.substr(at + 1));
    if (!before.empty() && isArticle(before.front()))
        before.erase(before.begin());
    if (phrase.find('@', at + 1) != phrase.npos)
        return; // "light @ to dark @": its second colour would be taken for the thing's
    if (!before.empty() || !after.empty()) // a colour alone may speak of anything
        m_colored.push_back({std::move(before), std::move(after), kind});
}

} // namespace s1::toyland
