#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

// No tensor in this header: programs include it.
namespace s1::weights {

// What the headers of weights say; their values are not read.
struct Summary {
    std::map<std::string, std::uint64_t> tensors; // how many of each type: "F16"
    std::map<std::string, std::string> metadata;
    std::uint64_t parameters = 0;
    std::uint64_t storedBytes = 0;
    std::uint64_t f32Bytes = 0; // as they are computed with
};

Result<Summary> summarizeFile(const std::filesystem::path& file);
Result<Summary> summarizeComponent(const std::filesystem::path& folder); // of its weights, wherever they are in it

} // namespace s1::weights
