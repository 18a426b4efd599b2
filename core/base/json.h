#pragma once

#include "base/result.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace s1 {

// Parses JSON as Python writes it: the bare tokens Infinity, -Infinity and NaN become numbers (the published
// scheduler configs hold "-Infinity"). A key that comes twice is refused, as readers differ in which one counts. name is
// used in the error only.
Result<nlohmann::json> parseJson(std::string_view text, std::string_view name);

inline constexpr std::uint64_t kLargestJson = 16u << 20; // configs have kilobytes; the largest vocabulary has two megabytes
Result<nlohmann::json> readJson(const std::filesystem::path& path);

// Whether brackets nest deeper than that, found without recursion.
bool nestsDeeperThan(int levels, std::string_view text);

} // namespace s1
