#pragma once

#include "base/json.h"
#include "weights/tensor_file.h"

#include <torch/torch.h>

namespace s1::weights {

// Copies every parameter and buffer of the module from the file, converting to the module's dtype. Old VAE attention
// names (query, key, value, proj_attn) are understood. A missing tensor or another shape is found before anything is
// read; tensors the module has no place for are ignored, as the original does. Values that are NaN or infinite, or far
// from any weight as those of a byte-swapped file, are refused.
Result<void> loadInto(torch::nn::Module& module, const TensorFile& file);

// folder/config.json. NotFound says what of a network is there and what is missing.
Result<nlohmann::json> readComponentConfig(const std::filesystem::path& folder);

// OutOfMemory with both numbers when the weights in f32 are more than the machine has.
Result<void> checkMemoryFor(const TensorFile& file);

Error cannotBuild(const std::filesystem::path& folder, const std::exception& why);

// The network that folder/config.json describes, its parameters not yet set. Config::fromJson(json, file) reads it.
template <typename Network, typename Config>
Result<std::shared_ptr<Network>> buildNetwork(const std::filesystem::path& folder) {
    S1_TRY(const nlohmann::json json, readComponentConfig(folder));
    S1_TRY(const Config config, Config::fromJson(json, (folder / "config.json").string()));
    try {
        return std::make_shared<Network>(config);
    } catch (const std::exception& e) { // LibTorch's way of saying that there is no memory
        return cannotBuild(folder, e);
    }
}

// The same with the folder's weights, frozen and in eval mode.
template <typename Network, typename Config>
Result<std::shared_ptr<Network>> loadNetwork(const std::filesystem::path& folder) {
    S1_TRY(const auto file, openComponentWeights(folder));
    S1_CHECK(checkMemoryFor(*file));
    S1_TRY(const auto network, (buildNetwork<Network, Config>(folder)));
    S1_CHECK(loadInto(*network, *file));
    network->eval();
    for (auto& parameter : network->parameters())
        parameter.set_requires_grad(false);
    return network;
}

// Deterministic weights for parity (show1.md 10.2): keys sorted as bytes, values from a hash, no generator needed.
void fillDeterministic(torch::nn::Module& module);
at::Tensor deterministicUniform(at::IntArrayRef shape, std::uint32_t k); // U(shape, k) in [-1, 1)

// Parameters and buffers by their checkpoint key.
TensorMap stateDict(const torch::nn::Module& module);

} // namespace s1::weights
