#pragma once

#include "base/result.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace s1::cli {

// What a model folder holds, by looking at names and sizes only: every component with its class, weight files and
// bytes, and which ones have a config but no weights. NotFound when nothing in it looks like a component.
Result<nlohmann::json> inspectModelFolder(const std::filesystem::path& folder);

// Metadata and tensor count of a safetensors or .s1motion file, from its header alone.
Result<nlohmann::json> inspectSafetensors(const std::filesystem::path& file);

} // namespace s1::cli
