#include "parity/case.h"

#include "base/json.h"
#include "cascade/model_set.h"
#include "weights/load.h"

namespace s1::parity {

namespace {

// Weights from the folder, or the deterministic fill of show1.md 10.2.
template <typename Network, typename Config>
Result<std::shared_ptr<Network>> build(const Case& c, Result<std::shared_ptr<Network>> (*load)(const std::filesystem::path&)) {
    if (c.params.value("weights", "folder") != "fill")
        return load(c.modelFolder);
    S1_TRY(const auto json, readJson(c.modelFolder / "config.json"));
    S1_TRY(const Config config, Config::fromJson(json, (c.modelFolder / "config.json").string()));
    auto network = std::make_shared<Network>(config);
    weights::fillDeterministic(*network);
    return network;
}

Result<TensorMap> unet(const Case& c) {
    torch::NoGradGuard noGrad;
    S1_TRY(const auto network, (build<nn::UNet, nn::UNetConfig>(c, cascade::loadUNet)));
    const Tensor& sample = c.input("sample");
    const bool pictures = sample.dim() == 4; // net.unet2d
    const Tensor t = at::full({1}, c.params.at("timestep").get<std::int64_t>(), at::kLong);
    const Tensor output = network->forward(pictures ? sample.unsqueeze(2) : sample, t, c.input("text"),
                                           c.has("class_labels") ? c.input("class_labels") : Tensor{});
    return TensorMap{{"output", pictures ? output.squeeze(2) : output}};
}

Result<TensorMap> vae(const Case& c) {
    torch::NoGradGuard noGrad;
    S1_TRY(const auto network, (build<nn::Vae, nn::VaeConfig>(c, cascade::loadVae)));
    const Tensor moments = network->moments(c.input("image"));
    const auto posterior = nn::posterior(moments);
    return TensorMap{{"moments", moments}, {"mean", posterior.mean}, {"logvar", posterior.logvar}, {"std", posterior.std},
                     {"decoded", network->decode(c.input("latent"))}};
}

} // namespace

std::vector<RunnerEntry> networkRunners() { return {{"net.unet3d", unet}, {"net.unet2d", unet}, {"net.vae", vae}}; }

} // namespace s1::parity
