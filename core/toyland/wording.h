#pragma once

#include "toyland/values.h"

#include <span>
#include <string>
#include <string_view>

// The words of the caption grammar: one table for writing captions, reading prompts and knowing words.
namespace s1::toyland::wording {

using Words = std::span<const std::string_view>;

// The first entry is the canonical one and is used most.
Words of(Object object); // nouns without article
Words of(Color color);
Words likened(Color color); // what follows a noun: "as red as a tomato"; empty beyond the core colours
// Noun phrases; "@" stands for the colour word and occurs when the kind has a colour.
Words of(BackgroundKind kind);
Words adverbial(BackgroundKind kind); // phrases that need no preposition: "at night"
Words prepositions();                 // before a noun phrase of of(BackgroundKind)

// A motion said by a verb alone or by a verb and a direction.
struct Verb {
    std::string_view finite;     // "rises"
    std::string_view participle; // "rising"
};
using Verbs = std::span<const Verb>;
Verbs of(Motion motion);           // complete phrases; may be empty for the straight moves
Verbs straight(Motion motion);     // of these the four straight ways; else empty
Verbs movingVerbs();               // "moves", "slides"…: need a direction
Words directions(Motion motion);   // "left", "to the left"…; empty for motions without one

std::string infinitive(std::string_view finite); // "goes up": "go up"

// Whole captions with places to fill: {thing} with colour and article, {it} without the article, or {object} (its {bare} noun)
// and {color} apart; {does}, {doing}, {do}; the background as {where} ("over the sea") or {scene} ("the sea"); {opening}.
Words sentences();
Words heldOutSentences(); // never shown in training: split H4

Words openings(); // "a video of"
Words praise();   // adjectives that mean nothing here: "lovely"
Words endings();  // "in high quality"
Words asidesBefore(); // "monday mood:"
Words asidesAfter();  // ", nothing fancy"
Words others();   // further words of the grammar and of plain English that carry no meaning here

} // namespace s1::toyland::wording
