#pragma once

#include "toyland/values.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace s1::toyland {

using Tokens = std::vector<std::string>; // words in lower case
Tokens tokens(std::string_view text);
std::string lower(std::string_view text);

// What some words in a row mean.
struct Meaning {
    enum class Role { Object, Color, Motion, Background, Place, Preposition, Likeness, Nothing }; // Place needs no preposition and has no colour; Likeness is the colour of what it follows
    Role role;
    int value = 0;              // of the role's enum
    std::optional<Color> color; // of a Background that says it in its midst
    std::size_t length = 0;     // tokens
};

// All phrases of the grammar.
class Lexicon {
public:
    static const Lexicon& instance();

    std::optional<Meaning> at(const Tokens& text, std::size_t i) const; // of the longest phrase that starts at token i
    const std::set<std::string>& words() const { return m_words; }      // with a meaning, or known to have none

private:
    Lexicon();
    std::optional<Meaning> longest(const Tokens& text, std::size_t i, std::optional<Meaning::Role> role = {}) const; // without a colour in its midst
    void addWords(std::string_view phrase);
    void add(std::string_view phrase, Meaning::Role role, int value);
    void addColored(std::string_view phrase, BackgroundKind kind);

    struct Phrase {
        Tokens words;
        Meaning meaning;
    };
    struct Colored { // "a wall with @ stripes": what is before the colour, and after it
        Tokens before, after;
        BackgroundKind kind;
    };
    std::map<std::string, std::vector<Phrase>, std::less<>> m_phrases; // by their first word
    std::vector<Colored> m_colored;
    std::set<std::string> m_words;
};

} // namespace s1::toyland
