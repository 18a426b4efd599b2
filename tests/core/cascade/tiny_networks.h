#pragma once

#include "base/files.h"
#include "base/json.h"
#include "nn/unet.h"
#include "weights/load.h"

#include <gtest/gtest.h>

namespace s1::cascade::tiny {

inline const std::filesystem::path kConfigs = std::filesystem::path(S1_TEST_DATA) / "golden/models/fill";

inline void put(const std::filesystem::path& file, const std::string& bytes) {
    std::filesystem::create_directories(file.parent_path());
    ASSERT_TRUE(writeFileAtomically(file, bytes));
}

// A UNet as show-1-base's, of two levels.
inline nlohmann::json unetConfig(std::int64_t channels, std::int64_t textWidth, std::int64_t width = 16) {
    nlohmann::json config = *readJson(kConfigs / "a/config.json");
    config.update({{"in_channels", channels},
                   {"block_out_channels", {width, width}},
                   {"norm_num_groups", 8},
                   {"layers_per_block", 1},
                   {"attention_head_dim", 8},
                   {"cross_attention_dim", 16},
                   {"encoder_hid_dim", textWidth},
                   {"addition_embed_type_num_heads", 4},
                   {"down_block_types", {"ResnetDownsampleBlock3D", "SimpleCrossAttnDownBlock3D"}},
                   {"up_block_types", {"SimpleCrossAttnUpBlock3D", "ResnetUpsampleBlock3D"}}});
    return config;
}

// A folder's config.json, and weights that belong to it.
template <typename Network, typename Config>
weights::TensorMap putConfig(const std::filesystem::path& folder, const nlohmann::json& config) {
    put(folder / "config.json", config.dump());
    Network network(*Config::fromJson(config, "config.json"));
    weights::fillDeterministic(network);
    return weights::stateDict(network);
}

inline void putUNet(const std::filesystem::path& folder, const nlohmann::json& config) {
    const auto state = putConfig<nn::UNet, nn::UNetConfig>(folder, config);
    ASSERT_TRUE(weights::writeSafetensors(folder / "diffusion_pytorch_model.safetensors", state));
}

} // namespace s1::cascade::tiny
