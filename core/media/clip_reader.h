#pragma once

#include "base/result.h"
#include "media/clip.h"

#include <filesystem>
#include <string>

namespace s1 {

struct ReadOptions {
    double startSeconds = 0;
    double endSeconds = 0; // 0: the end
    int maxFrames = 0;     // 0: all; no error when there are more
    // Refused before it is allocated: a long film would otherwise fill the memory.
    std::size_t maxBytes = std::size_t(4) << 30;
};

// Any video FFmpeg knows, a picture (one frame), or a folder of PNG files in order of their names. Square pixels,
// turned as the file says. NotFound, Corrupt (also cut-off files), InvalidArgument (empty range, too large),
// Unsupported (no decoder), all with the file's name.
Result<Clip> readClip(const std::filesystem::path& path, const ReadOptions& options = {});

struct ClipMetadata {
    std::string recipe; // key show1_studio, JSON; empty when the file has none
    std::string title;
    std::string comment;
};

// Without decoding a frame. GIF and PNG folders cannot hold keys: their recipe lies in a file beside or in them.
Result<ClipMetadata> readMetadata(const std::filesystem::path& path);
Result<std::string> readRecipe(const std::filesystem::path& path);

} // namespace s1
