#pragma once

#include "base/result.h"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

namespace s1::library {

using OnBytes = std::function<void(std::uint64_t bytes)>; // of the file, read or here so far

// Lower-case hex SHA-256 of a file of any size. Cancelled by stop.
Result<std::string> fileSha256(const std::filesystem::path& file, const std::stop_token& stop,
                               const OnBytes& onBytes = {});

// A blob's name in the hub's cache says what is in it: 64 digits are the SHA-256 of a large file, 40 are Git's SHA-1.
bool isBlobName(std::string_view name);
Result<bool> matchesBlobName(const std::filesystem::path& file, const std::string& name, const std::stop_token& stop,
                             const OnBytes& onBytes = {});

} // namespace s1::library
