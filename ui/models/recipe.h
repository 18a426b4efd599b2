#pragma once

#include "engine/engine.h"

#include <optional>
#include <string>

namespace s1::ui {

// What a clip says about how it was made, as far as the window can restore it.
struct Recipe {
    std::string prompt;
    std::string negative;
    std::uint64_t seed = 0;
    std::string model;
    std::optional<Preset> preset;
    CascadePlan plan = makePlan(Preset::Standard, ModelKind::Embedded);
    std::optional<MotionChoice> motion;
};

// Nothing when the text is no recipe of ours. Untrusted: fields of the wrong kind keep their defaults.
std::optional<Recipe> parseRecipe(const std::string& json);

} // namespace s1::ui
