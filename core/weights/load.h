#pragma once

#include "base/json.h"
#include "weights/stored_weight.h"
#include "weights/weight_memory.h"

#include <torch/torch.h>

namespace s1::weights {

// Copies every parameter and buffer of the module from the file, converting to the module's dtype. Old VAE attention
// names (query, key, value, proj_attn) are understood. A missing tensor or another shape is found before anything is
// read; tensors the module has no place for are ignored, as the original does. Values that are NaN or infinite, or far
// from any weight as those of a byte-swapped file, are refused.
Result<void> loadInto(torch::nn::Module& module, const TensorFile& file);
// The same for a network that computes through valueOf() (nn/layers.h), in the memory it may take. Where that means
// leaving tensors in the file, it stays open with the network.
Result<void> loadInto(torch::nn::Module& module, const std::shared_ptr<const TensorFile>& file, const WeightMemory& memory);

// folder/config.json. NotFound says what of a network is there and what is missing.
Result<nlohmann::json> readComponentConfig(const std::filesystem::path& folder);

// OutOfMemory with both numbers when nobody has set a limit and the weights are more than the machine has.
Result<void> checkMemoryFor(const TensorFile& file, const WeightMemory& memory);

Error cannotBuild(const std::filesystem::path& folder, const std::exception& why);

// The network that folder/config.json describes, with shapes only: its parameters have no memory yet. Config::fromJson(json, file) reads it.
template <typename Network, typename Config>
Result<std::shared_ptr<Network>> buildNetwork(const std::filesystem::path& folder) {
    S1_TRY(const nlohmann::json json, readComponentConfig(folder));
    S1_TRY(const Config config, Config::fromJson(json, (folder / "config.json").string()));
    try {
        const ShapesOnly shapes;
        return std::make_shared<Network>(config);
    } catch (const std::exception& e) { // LibTorch's way of saying that there is no memory
        return cannotBuild(folder, e);
    }
}

// The same with the folder's weights, frozen and in eval mode.
template <typename Network, typename Config>
Result<std::shared_ptr<Network>> loadNetwork(const std::filesystem::path& folder, const WeightMemory& memory = {}) {
    S1_TRY(TensorFilePtr opened, openComponentWeights(folder));
    const std::shared_ptr<const TensorFile> file = std::move(opened);
    S1_CHECK(checkMemoryFor(*file, memory));
    S1_TRY(const auto network, (buildNetwork<Network, Config>(folder)));
    S1_CHECK(loadInto(*network, file, memory));
    network->eval();
    for (auto& parameter : network->parameters())
        parameter.set_requires_grad(false);
    return network;
}

// Deterministic weights for parity (show1.md 10.2): keys sorted as bytes, values from a hash, no generator needed. Of memory
// only the type they are rounded to matters.
void fillDeterministic(torch::nn::Module& module, const WeightMemory& memory = {});
at::Tensor deterministicUniform(at::IntArrayRef shape, std::uint32_t k); // U(shape, k) in [-1, 1)
at::Tensor deterministicWeight(const std::string& name, at::IntArrayRef shape, std::uint32_t k);

// Parameters and buffers by their checkpoint key.
TensorMap stateDict(const torch::nn::Module& module);

} // namespace s1::weights
