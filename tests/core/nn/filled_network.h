#pragma once

#include "nn/unet.h"

#include "base/files.h"
#include "base/json.h"
#include "weights/load.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace s1::nn {

// The config of a small network of the golden set: "a", "c", "d" or "vae".
inline nlohmann::json configJson(const std::string& name) {
    auto object = readJson(std::filesystem::path(S1_TEST_DATA) / "golden/models/fill" / name / "config.json");
    EXPECT_TRUE(object);
    return object ? *object : nlohmann::json();
}

// The image network it grew from: the same layers but the temporal ones.
inline nlohmann::json imageConfigJson(const std::string& name) {
    std::string flat = configJson(name).dump();
    for (auto at = flat.find("3D"); at != std::string::npos; at = flat.find("3D", at))
        flat[at] = '2';
    return nlohmann::json::parse(flat);
}

inline std::shared_ptr<UNet> build(const nlohmann::json& object) {
    const auto config = UNetConfig::fromJson(object, "config.json");
    EXPECT_TRUE(config) << (config ? "" : config.error().message);
    auto network = std::make_shared<UNet>(*config);
    weights::fillDeterministic(*network);
    network->eval();
    return network;
}

} // namespace s1::nn
