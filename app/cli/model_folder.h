#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace s1::cli {

struct FolderComponent {
    std::string name; // "show-1-base/unet"
    std::string className;
    std::map<std::string, std::uint64_t> tensors; // of each type
    std::uint64_t parameters = 0, storedBytes = 0, f32Bytes = 0;
    std::optional<Error> error; // why its weights cannot be used
};

struct ModelFolder {
    std::vector<FolderComponent> components;
    std::vector<std::string> missing; // files by name; repositories of a set by theirs
};

// What is in a folder, from names and headers alone: a set of published repositories or some of them, one, its snapshot
// in a hub's cache, or a single network. NotFound when it is none of these.
Result<ModelFolder> inspectModelFolder(const std::filesystem::path& folder);

} // namespace s1::cli
