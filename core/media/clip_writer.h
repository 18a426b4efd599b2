#pragma once

#include "base/result.h"
#include "media/clip.h"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace s1 {

struct ClipInfo {
    int width = 0, height = 0;
    double fps = 8;
    std::string recipe;  // JSON for the key show1_studio; empty: none
    std::string title;   // usually the prompt
    std::string comment; // one line for people
    int crf = 0;         // how coarse H.264 is, 1…51; 0: as this program exports
};

class ClipWriter {
public:
    virtual ~ClipWriter() = default; // not finished: nothing is left behind
    virtual Result<void> write(const Frame& frame) = 0;
    virtual Result<void> finish() = 0; // flush, close, rename into place
};

struct ExportFormat {
    std::string_view id, title, extension; // extension of a folder format: empty
    std::string_view encoder;              // FFmpeg's name
    bool lossless = false;
    // InvalidArgument, Unsupported (no encoder), CannotCreate.
    Result<std::unique_ptr<ClipWriter>> (*open)(const std::filesystem::path&, const ClipInfo&) = nullptr;
};

std::span<const ExportFormat> exportFormats(); // the first one is the default
const ExportFormat* findExportFormat(std::string_view id);
bool isAvailable(const ExportFormat& format); // asks FFmpeg

// All frames of the clip in one go; size and rate of info are taken from the clip. InvalidArgument names an unknown
// format or an empty clip.
Result<void> writeClip(const std::filesystem::path& path, const Clip& clip, std::string_view formatId = "mp4-h264",
                       ClipInfo info = {});

// One picture, lossless.
Result<void> writePng(const std::filesystem::path& path, const Frame& frame);

} // namespace s1
