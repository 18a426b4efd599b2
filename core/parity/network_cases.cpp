#include "parity/case.h"

#include "nn/unet.h"
#include "nn/vae.h"
#include "weights/load.h"

namespace s1::parity {

namespace {

// Weights from the folder, or the deterministic fill of show1.md 10.2.
template <typename Network, typename Config>
Result<std::shared_ptr<Network>> build(const Case& c) {
    if (c.params.value("weights", "folder") != "fill")
        return weights::loadNetwork<Network, Config>(c.modelFolder, c.memory);
    S1_TRY(const auto network, (weights::buildNetwork<Network, Config>(c.modelFolder)));
    weights::fillDeterministic(*network, c.memory);
    return network;
}

Result<TensorMap> unet(const Case& c) {
    torch::NoGradGuard noGrad;
    S1_TRY(const auto network, (build<nn::UNet, nn::UNetConfig>(c)));
    const Tensor& sample = c.input("sample");
    const bool pictures = sample.dim() == 4; // net.unet2d
    const Tensor t = at::full({1}, c.params.at("timestep").get<std::int64_t>(), at::kLong);
    const Tensor output = network->forward(pictures ? sample.unsqueeze(2) : sample, t, c.input("text"),
                                           c.has("class_labels") ? c.input("class_labels") : Tensor{});
    return TensorMap{{"output", pictures ? output.squeeze(2) : output}};
}

Result<TensorMap> vae(const Case& c) {
    torch::NoGradGuard noGrad;
    S1_TRY(const auto network, (build<nn::Vae, nn::VaeConfig>(c)));
    const Tensor moments = network->moments(c.input("image"));
    const auto posterior = nn::posterior(moments);
    return TensorMap{{"moments", moments}, {"mean", posterior.mean}, {"logvar", posterior.logvar}, {"std", posterior.std},
                     {"decoded", network->decode(c.input("latent"))}};
}

} // namespace

std::vector<RunnerEntry> networkRunners() { return {{"net.unet3d", unet}, {"net.unet2d", unet}, {"net.vae", vae}}; }

} // namespace s1::parity
