#include "parity/pipeline_support.h"

#include "base/json.h"

#include <fmt/format.h>

namespace s1::parity {

cascade::NoiseDraw recordedNoise(const Case& c, const std::string& prefix) {
    return [&c, prefix, next = std::make_shared<int>(0)](at::IntArrayRef shape) {
        const Tensor noise = c.input(fmt::format("{}{}", prefix, (*next)++));
        TORCH_CHECK(noise.sizes() == shape, "recorded noise ", prefix, *next - 1, " has another shape than the stage draws");
        return noise;
    };
}

Result<LoadedStage> loadStage(const std::filesystem::path& folder, int steps, const weights::WeightMemory& memory) {
    LoadedStage stage;
    S1_TRY(stage.network, cascade::loadUNet(folder / "unet", memory));
    const auto read = [&](const char* name) -> Result<diffusion::SchedulerConfig> {
        S1_TRY(const auto json, readJson(folder / name / "scheduler_config.json"));
        return diffusion::SchedulerConfig::fromJson(json, name);
    };
    S1_TRY(const auto scheduler, read("scheduler"));
    S1_TRY(stage.sampler, diffusion::makeSampler(scheduler, steps));
    if (std::filesystem::exists(folder / "image_noising_scheduler")) {
        S1_TRY(const auto noising, read("image_noising_scheduler"));
        stage.noising = std::make_unique<diffusion::NoiseSchedule>(noising);
    }
    return stage;
}

cascade::TextPair recordedText(const Case& c) { return {c.input("prompt_embeds"), c.input("negative_prompt_embeds")}; }

Tensor videoFromBytes(const Tensor& bytes) {
    return (bytes.to(at::kFloat) / 255 * 2 - 1).permute({3, 0, 1, 2}).unsqueeze(0).contiguous();
}

cascade::StepHooks recordSteps(TensorMap& result) {
    cascade::StepHooks hooks;
    hooks.onStep = [&result](const cascade::StepReport& report) {
        result[fmt::format("step.{}", report.state.done - 1)] = report.state.sample;
    };
    return hooks;
}

} // namespace s1::parity
