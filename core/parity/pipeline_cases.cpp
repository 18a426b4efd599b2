#include "parity/pipeline_support.h"

namespace s1::parity {

namespace {

using nlohmann::json;

Tensor timesteps(const LoadedStage& stage) {
    return at::tensor(stage.sampler->timesteps(), at::kLong).slice(0, static_cast<std::int64_t>(stage.sampler->start()));
}

int integer(const Case& c, const char* key) { return c.params.at(key).get<int>(); }

Result<TensorMap> base(const Case& c) {
    torch::NoGradGuard noGrad;
    S1_TRY(const auto stage, loadStage(c.modelFolder, integer(c, "steps"), c.memory));
    TensorMap result;
    const auto text = recordedText(c);
    S1_TRY(result["output"],
           cascade::keyframes(stage.job(text, c.params.at("guidance").get<double>()),
                              {text.positive.size(0), 3, integer(c, "num_frames"), integer(c, "height"), integer(c, "width")},
                              recordedNoise(c, "noise."), c.has("start") ? c.input("start") : Tensor{}, recordSteps(result)));
    result["timesteps"] = timesteps(stage);
    return result;
}

Result<TensorMap> interp(const Case& c) {
    torch::NoGradGuard noGrad;
    S1_TRY(const auto stage, loadStage(c.modelFolder, integer(c, "steps"), c.memory));
    const Tensor& pixels = c.input("pixel_values");
    TensorMap result;
    S1_TRY(result["output"],
           cascade::interpolate(stage.job(recordedText(c), c.params.at("guidance").get<double>()), pixels.select(2, 0),
                                pixels.select(2, pixels.size(2) - 1),
                                c.has("init_noise") ? c.input("init_noise") : c.input("noise.0"), recordSteps(result)));
    result["timesteps"] = timesteps(stage);
    return result;
}

Result<TensorMap> srFirst(const Case& c) {
    torch::NoGradGuard noGrad;
    S1_TRY(const auto stage, loadStage(c.modelFolder, integer(c, "steps"), c.memory));
    TensorMap result;
    S1_TRY(result["output"],
           cascade::upscaleFirstFrame(stage.job(recordedText(c), c.params.at("guidance").get<double>(), integer(c, "noise_level")),
                                      *stage.noising, c.input("image"), integer(c, "height"), integer(c, "width"),
                                      recordedNoise(c, "noise."), recordSteps(result)));
    for (auto& [name, tensor] : result)
        if (name.starts_with("step."))
            tensor = tensor.squeeze(2);
    result["timesteps"] = timesteps(stage);
    return result;
}

Result<TensorMap> sr1(const Case& c) {
    torch::NoGradGuard noGrad;
    S1_TRY(const auto stage, loadStage(c.modelFolder, integer(c, "steps"), c.memory));
    TensorMap result;
    S1_TRY(result["output"],
           cascade::upscaleWindow(stage.job(recordedText(c), c.params.at("guidance").get<double>(), integer(c, "noise_level")),
                                  *stage.noising, c.input("image"), c.has("first_frame") ? c.input("first_frame") : Tensor{},
                                  integer(c, "height"), integer(c, "width"), recordedNoise(c, "noise."), recordSteps(result)));
    result["timesteps"] = timesteps(stage);
    return result;
}

Result<TensorMap> sr2(const Case& c) {
    torch::NoGradGuard noGrad;
    S1_TRY(const auto stage, loadStage(c.modelFolder, integer(c, "steps"), c.memory));
    S1_TRY(const auto vae, cascade::loadVae(c.modelFolder / "vae", c.memory));
    stage.sampler->startAt(cascade::startOf(stage.sampler->timesteps().size(), c.params.at("strength").get<double>()));
    const double guidance = c.params.at("guidance").get<double>();
    const auto embeds = c.input("text_embeds");
    const cascade::TextPair text = guidance > 1 ? cascade::TextPair{embeds.slice(0, 1, 2), embeds.slice(0, 0, 1)}
                                                : cascade::TextPair{embeds, {}};
    TensorMap result;
    S1_TRY(result["output"], cascade::translate(stage.job(text, guidance), *vae, videoFromBytes(c.input("frames")),
                                                recordedNoise(c, "noise."), recordSteps(result)));
    result["timesteps"] = timesteps(stage);
    return result;
}

} // namespace

std::vector<RunnerEntry> pipelineRunners() {
    return {{"pipe.base", base}, {"pipe.interp", interp}, {"pipe.sr_first", srFirst}, {"pipe.sr1", sr1}, {"pipe.sr2", sr2}};
}

} // namespace s1::parity
