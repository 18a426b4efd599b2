#pragma once

#include "library/file_hash.h"
#include "library/model_store.h"

namespace s1::library {

struct BadFile {
    std::string file; // "show-1-base/unet/config.json"
    std::string why;
    bool isMissing = false;
};

// Looks at every byte of a model: which files are not as they were found or downloaded. Files that nobody said a hash
// of are compared by size only. onFile says what is looked at.
using OnFile = std::function<void(const std::string& file, std::uint64_t bytes, std::uint64_t size)>;
Result<std::vector<BadFile>> verifyModel(const RegisteredModel& model, const OnFile& onFile,
                                         const std::stop_token& stop);

} // namespace s1::library
