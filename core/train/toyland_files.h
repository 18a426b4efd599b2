#pragma once

#include "base/result.h"
#include "weights/tensor_file.h"

#include <nlohmann/json.hpp>

#include <torch/torch.h>

#include <filesystem>

// The embedded model's folders in the published layout, with its (much smaller) configs.
namespace s1::train {

enum class ToylandNetwork { Images, Keyframes, Interpolation, Superres, Translation, LatentKeyframes }; // the last one for comparison only

nlohmann::json unetConfig(ToylandNetwork network);
nlohmann::json vaeConfig(double scalingFactor);
nlohmann::json textConfig(int vocabulary);
nlohmann::json schedulerConfig(ToylandNetwork network);

std::filesystem::path unetFolder(const std::filesystem::path& root, ToylandNetwork network);

// config.json and diffusion_pytorch_model.safetensors (f16), and the part's model_index.json and schedulers.
Result<void> writeUNet(const std::filesystem::path& root, ToylandNetwork network, const weights::TensorMap& tensors,
                       const std::string& recipe);
Result<void> writeVae(const std::filesystem::path& root, const weights::TensorMap& tensors, double scalingFactor, const std::string& recipe);

// Tensors of the same name and shape are taken over from a folder's weights; an input layer with more channels keeps the
// old ones first. False, and nothing done, where the folder has no weights; an error where they are for another number of
// norm groups, for they would fit by shape and mean nothing.
Result<bool> takeOver(torch::nn::Module& network, const std::filesystem::path& folder, std::int64_t normGroups);

Result<void> writeJson(const std::filesystem::path& path, const nlohmann::json& json);
weights::TensorMap toHalf(const weights::TensorMap& tensors);

} // namespace s1::train
