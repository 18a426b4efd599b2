#pragma once

#include "cascade/model_set.h"
#include "cascade/windows.h"
#include "parity/case.h"

namespace s1::parity {

// Recorded tensors under prefix0, prefix1, … in order; running out throws.
cascade::NoiseDraw recordedNoise(const Case& c, const std::string& prefix);

// Network and sampler of one model folder with its own schedulers.
struct LoadedStage {
    std::shared_ptr<nn::UNet> network;
    std::unique_ptr<diffusion::Sampler> sampler;
    std::unique_ptr<diffusion::NoiseSchedule> noising; // where the folder has image_noising_scheduler

    cascade::Denoise job(const cascade::TextPair& text, double guidance, std::int64_t classLabel = -1) const {
        return {.network = *network, .sampler = *sampler, .text = text, .guidance = guidance, .classLabel = classLabel};
    }
};
Result<LoadedStage> loadStage(const std::filesystem::path& modelFolder, int steps, const weights::WeightMemory& memory);
cascade::TextPair recordedText(const Case& c);

// Bytes [N, H, W, 3] -> video [1, 3, N, H, W] in -1…1.
Tensor videoFromBytes(const Tensor& bytes);

// Records step.i into the result.
cascade::StepHooks recordSteps(TensorMap& result);

} // namespace s1::parity
