#pragma once

#include "toyland/scene.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace s1::toyland {

enum class Wordings {
    Train,
    HeldOut // sentence forms that training never shows (split H4)
};

// What somebody might have typed for the scene: synonyms, changing order, filler words, capitals. Each part is left
// out now and then (it is random in the scene then, too); a free path is never put into words. Never empty: dropping
// whole captions for guidance is the trainer's affair.
struct Caption {
    std::string text;
    Expectation said; // what of the scene it tells; a slip of the pen may keep parsePrompt() from reading it
};
Caption caption(const Scene& scene, std::uint64_t seed, Wordings wordings = Wordings::Train);

// The plain full sentence: "a red ball bounces over a blue background".
std::string plainCaption(const Scene& scene);
// Of what somebody said, in the plainest words; "" where nothing was.
std::string plainCaption(const Expectation& said);

// Captions of the two-object scenes of split H3.
std::string pairCaption(const Scene& scene, std::uint64_t seed);

struct Example {
    std::string prompt;
    Scene scene;
    Expectation said; // by the prompt
};

// Example number `index` of the endless list that a seed names; any index is reached at once.
Example drawExample(std::uint64_t seed, std::uint64_t index, Split split);

// One line {"prompt","scene","expect"} without a line end; expect holds what the prompt says.
std::string exampleLine(const Example& example);

} // namespace s1::toyland
