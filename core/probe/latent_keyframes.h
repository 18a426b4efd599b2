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

// Whether key frames are better made as pixels or as latents (paper table 4, in small): both from the same prompts.
struct LatentKeyframesOptions {
    std::filesystem::path model;  // a folder with key frames of pixels, and the autoencoder
    std::filesystem::path latent; // a folder that `toyland train latent-keyframes` wrote
    StagePlan stage;              // of key frames: size, steps, guidance
    std::uint64_t seed = 0;       // of prompts and noise
    int count = 32;               // prompts
};

enum class KeyframeSpace { Pixels, Latents };

// Called with each prompt's scene and what both made of it. Latents become pictures four times as large each way. NotFound
// where a folder lacks its network, Cancelled by stop.
Result<void> compareKeyframes(const LatentKeyframesOptions& options, const std::function<void(KeyframeSpace, const toyland::Scene&, const Clip&)>& onClip,
                              const std::stop_token& stop);

} // namespace s1::probe
