#pragma once

#include "base/result.h"
#include "weights/tensor_file.h"

#include <nlohmann/json.hpp>

#include <filesystem>

// The embedded model's folders in the published layout, with its (much smaller) configs.
namespace s1::train {

enum class ToylandNetwork { Images, Keyframes, Interpolation, Superres, Translation };

nlohmann::json unetConfig(ToylandNetwork network);
nlohmann::json vaeConfig();
nlohmann::json textConfig(int vocabulary);
nlohmann::json schedulerConfig(ToylandNetwork network);

std::filesystem::path unetFolder(const std::filesystem::path& root, ToylandNetwork network);

// config.json and diffusion_pytorch_model.safetensors (f16), and the part's model_index.json and schedulers.
Result<void> writeUNet(const std::filesystem::path& root, ToylandNetwork network, const weights::TensorMap& tensors,
                       const std::string& recipe);
Result<void> writeVae(const std::filesystem::path& root, const weights::TensorMap& tensors, const std::string& recipe);

Result<void> writeJson(const std::filesystem::path& path, const nlohmann::json& json);
weights::TensorMap toHalf(const weights::TensorMap& tensors);

} // namespace s1::train
