#pragma once

#include "engine/engine.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace s1 {

// A saved run ("show1.job/1"): what the window and `show1-cli generate --save-job` write and `run` reads.
struct Job {
    GenerateRequest request;
    std::filesystem::path output; // empty: the program chooses a name
};

// Every field with its value; absent choices are null.
nlohmann::json toJson(const Job& job);

// Starts from the defaults, so a file may name only what it changes; an unknown field or a value of the wrong kind is
// InvalidArgument and says which. Paths are taken as they stand.
Result<Job> jobFromJson(const nlohmann::json& json);
Result<Job> readJob(const std::filesystem::path& path);

// A whole number from 0 to 2^64-1, written as a number or, by programs that lack such numbers, as text.
Result<std::uint64_t> seedFromJson(const nlohmann::json& value, const std::string& field);

} // namespace s1
