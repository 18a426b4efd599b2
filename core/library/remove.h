#pragma once

#include "library/model_store.h"

namespace s1::library {

enum class Files { Keep, Delete };

struct Removed {
    std::vector<std::filesystem::path> files; // deleted
    std::uint64_t bytes = 0;
};

// Forgets a model. Files::Delete: and deletes what our download put into the hub's cache for it, but for what another
// model or another snapshot uses. A file that was there before, or lies elsewhere, is never touched.
Result<Removed> removeModel(const ModelStore& store, const std::string& name, Files files);

} // namespace s1::library
