#include "media/clip_writer.h"

#include <fmt/format.h>

#include <algorithm>

namespace s1 {

const ExportFormat* findExportFormat(std::string_view id) {
    const auto formats = exportFormats();
    const auto it = std::find_if(formats.begin(), formats.end(), [id](const ExportFormat& f) { return f.id == id; });
    return it == formats.end() ? nullptr : &*it;
}

Result<void> writeClip(const std::filesystem::path& path, const Clip& clip, std::string_view formatId, ClipInfo info) {
    if (exportFormats().empty())
        return Error{ErrorCode::Unsupported,
                     fmt::format("cannot write {}: this build has no FFmpeg; build with S1_BUILD_MEDIA", path.string()),
                     std::string(formatId)};
    const ExportFormat* format = findExportFormat(formatId);
    if (!format) {
        std::string known;
        for (const ExportFormat& each : exportFormats())
            known += (known.empty() ? "" : ", ") + std::string(each.id);
        return Error{ErrorCode::InvalidArgument, fmt::format("unknown format \"{}\"; use one of {}", formatId, known),
                     std::string(formatId)};
    }
    if (clip.frames.empty())
        return Error{ErrorCode::InvalidArgument, fmt::format("{} would have no frame; choose a clip", path.string()),
                     path.string()};
    info.width = clip.width();
    info.height = clip.height();
    info.fps = clip.fps;
    S1_TRY(const auto writer, format->open(path, info));
    for (const Frame& frame : clip.frames)
        S1_CHECK(writer->write(frame));
    return writer->finish();
}

} // namespace s1
