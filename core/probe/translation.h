#pragma once

#include "base/result.h"
#include "plan/plan.h"
#include "probe/likeness.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace s1::probe {

// What expert tuning and the way a clip is given are worth to the translation stage (paper table 6, in small): true clips
// go through super-resolution, and what it leaves through each translation network there is, as enlarged pixels (as the
// cascade gives them) or as enlarged latents of the small pictures.
struct TranslationOptions {
    std::filesystem::path model;
    std::filesystem::path whole; // a folder whose translation learned all noise levels; empty: none
    CascadePlan plan;
    std::uint64_t seed = 0; // of scenes and noise
    int count = 8;          // scenes
};

struct NamedLikeness {
    std::string name;
    Likeness figures; // to the scene drawn at the stage's size
};

// Called with each scene's rows, always the same ones. NotFound where a folder lacks the stage, Cancelled by stop.
Result<void> compareTranslations(const TranslationOptions& options, const std::function<void(const std::vector<NamedLikeness>&)>& onScene,
                                 const std::stop_token& stop);

} // namespace s1::probe
