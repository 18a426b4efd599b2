#pragma once

#include "library/model_store.h"

namespace s1::library {

// The published repositories in a folder: one itself, clones beside each other, or a hub's cache. Which is which says
// each model_index.json; of several of one kind the one that bears the published name counts, else the first by name.
// NotFound when there is none, Io when the folder cannot be read, Corrupt for a link that leads out of its repository.
Result<std::vector<ModelPart>> findParts(const std::filesystem::path& folder);

} // namespace s1::library
