#pragma once

#include "base/result.h"
#include "plan/plan.h"
#include "probe/likeness.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>

namespace s1::probe {

// How well a stage after key frames does its work, or it and stages before it together: the first one is given true clips of
// Toyland, drawn at the size of the stage before, and results are compared with the same scenes drawn at the last one's size.
struct DetailOptions {
    std::filesystem::path model; // a folder with the stage
    CascadePlan plan;
    StageId stage = StageId::Interpolation; // not key frames
    std::uint64_t seed = 0; // of scenes and noise
    int count = 8;          // scenes
    StageId first = stage;  // not after it
};

struct DetailFigures {
    Likeness stage; // of interpolation, PSNR over the frames between key frames
    Likeness plain; // without a network: a blend over time, or frames enlarged bicubically: the given ones or, if it ran, interpolation's
    Likeness truth; // of itself
};

// Called with each scene's figures. NotFound where the folder lacks the stage, Cancelled by stop.
Result<void> probeDetail(const DetailOptions& options, const std::function<void(const DetailFigures&)>& onScene, const std::stop_token& stop);

// PSNR of a frame of the translation stage's size that goes through its autoencoder and back, a scene at a time.
Result<void> probeAutoencoder(const DetailOptions& options, const std::function<void(double psnr)>& onScene, const std::stop_token& stop);

} // namespace s1::probe
