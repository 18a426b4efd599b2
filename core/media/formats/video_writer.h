#pragma once

#include "media/clip_writer.h"

namespace s1 {

// Formats that FFmpeg encodes frame by frame into one file. Encoding uses a fixed number of threads, so that the same
// clip gives the same bytes.
Result<std::unique_ptr<ClipWriter>> openMp4H264(const std::filesystem::path& path, const ClipInfo& info);
Result<std::unique_ptr<ClipWriter>> openWebmVp9(const std::filesystem::path& path, const ClipInfo& info);
Result<std::unique_ptr<ClipWriter>> openMkvFfv1(const std::filesystem::path& path, const ClipInfo& info);
Result<std::unique_ptr<ClipWriter>> openGif(const std::filesystem::path& path, const ClipInfo& info);
Result<std::unique_ptr<ClipWriter>> openPngSequence(const std::filesystem::path& path, const ClipInfo& info);

} // namespace s1
