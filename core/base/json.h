#pragma once

#include "base/result.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace s1 {

// Parses JSON as Python writes it: the bare tokens Infinity, -Infinity and NaN become numbers (the published
// scheduler configs hold "-Infinity"). name is used in the error only.
Result<nlohmann::json> parseJson(std::string_view text, std::string_view name);
Result<nlohmann::json> readJson(const std::filesystem::path& path);

} // namespace s1
