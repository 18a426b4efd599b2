#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>

namespace s1::weights {

// folder/name for a name that a file of the folder gives, or that is a link: one name without a way out, and a link
// only to what lies in the same repository. A Hugging Face cache is made of such links, from snapshots/… to blobs/….
// Corrupt for anything else; what the name leads to is not opened then. Whether the file exists is not looked at.
Result<std::filesystem::path> containedFile(const std::filesystem::path& folder, const std::string& name);

// "holds a, b and 3 more", for whoever wonders what is there instead of the file.
std::string contentsOf(const std::filesystem::path& folder);

} // namespace s1::weights
