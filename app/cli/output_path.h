#pragma once

#include "session.h"

namespace s1::cli {

// The export format for a file name, by its extension. InvalidArgument with the known ones, or Unsupported where this
// machine has no encoder for it.
Result<ExportFormatInfo> formatFor(const std::vector<ExportFormatInfo>& formats, const std::filesystem::path& path);

// The formats of this machine, for verbs that need no engine.
std::vector<ExportFormatInfo> localFormats();

// Said before hours of work, not after: whether path can be created. CannotCreate.
Result<void> checkCreatable(const std::filesystem::path& path);

// NotFound when there is no such file; label says what it is ("clip").
Result<void> checkExists(const std::filesystem::path& path, std::string_view label);

Result<void> createFolder(const std::filesystem::path& path);

} // namespace s1::cli
