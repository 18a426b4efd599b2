#pragma once

#include "base/result.h"
#include "media/clip.h"
#include "plan/plan.h"
#include "toyland/scene.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>

namespace s1::probe {

// Where in sampling key frames go wrong: true clips of Toyland, noised to a timestep, are denoised from there on. What is
// right from one timestep and wrong from a higher one is decided between the two.
struct CompletionOptions {
    std::filesystem::path model; // a folder with key frames
    StagePlan stage;             // of key frames: size, steps, guidance
    std::uint64_t seed = 0;      // of scenes and noise
    int count = 32;              // scenes
    int from = 999;              // timestep, 0…999
    bool apart = false;          // frames one by one, by what is said of each: what the layers between frames give or take
};

// Called with each scene in turn and its clip. NotFound where the folder has no key frames, Cancelled by stop.
Result<void> complete(const CompletionOptions& options, const std::function<void(const toyland::Scene&, const Clip&)>& onClip, const std::stop_token& stop);

} // namespace s1::probe
