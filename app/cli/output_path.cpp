#include "output_path.h"

#include "media/clip_writer.h"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>

namespace s1::cli {

namespace fs = std::filesystem;

std::vector<ExportFormatInfo> localFormats() {
    std::vector<ExportFormatInfo> formats;
    for (const ExportFormat& format : exportFormats())
        formats.push_back({std::string(format.id), std::string(format.title), std::string(format.extension),
                           format.lossless, isAvailable(format)});
    return formats;
}

Result<ExportFormatInfo> formatFor(const std::vector<ExportFormatInfo>& formats, const fs::path& path) {
    std::string extension = path.extension().string();
    if (!extension.empty())
        extension.erase(0, 1);
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    const ExportFormatInfo* unavailable = nullptr;
    for (const ExportFormatInfo& format : formats) {
        if (format.extension != extension)
            continue;
        if (format.available)
            return format;
        unavailable = &format;
    }
    if (unavailable)
        return Error{ErrorCode::Unsupported,
                     fmt::format("this machine has no encoder for {} ({}); see `show1-cli export --list-formats`",
                                 unavailable->title, path.string()),
                     unavailable->id};
    std::string known;
    for (const ExportFormatInfo& format : formats)
        if (!format.extension.empty() && known.find("." + format.extension) == known.npos)
            known += (known.empty() ? "." : ", .") + format.extension;
    return Error{ErrorCode::InvalidArgument,
                 fmt::format("{} names no known file type; end it in {}", path.string(), known), path.string()};
}

Result<void> checkCreatable(const fs::path& path) {
    std::error_code ignored;
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    if (!fs::is_directory(folder, ignored))
        return Error{
            ErrorCode::CannotCreate,
            fmt::format("cannot create {}: there is no folder {}; create it first", path.string(), folder.string()),
            path.string()};
    if (fs::is_directory(path, ignored) && !fs::is_empty(path, ignored))
        return Error{ErrorCode::CannotCreate,
                     fmt::format("cannot create {}: it is a folder; give a file name", path.string()), path.string()};
    if (access(folder.c_str(), W_OK) != 0)
        return Error{ErrorCode::CannotCreate,
                     fmt::format("cannot create {}: the folder {} cannot be written to; choose another", path.string(),
                                 folder.string()),
                     path.string()};
    return {};
}

Result<void> checkExists(const fs::path& path, std::string_view label) {
    std::error_code ignored;
    if (!fs::exists(path, ignored))
        return Error{ErrorCode::NotFound, fmt::format("the {} {} does not exist; check the name", label, path.string()),
                     path.string()};
    return {};
}

Result<void> createFolder(const fs::path& path) {
    std::error_code failed;
    fs::create_directories(path, failed);
    if (failed)
        return Error{ErrorCode::CannotCreate,
                     fmt::format("cannot create the folder {}: {}; choose another", path.string(), failed.message()),
                     path.string()};
    return {};
}

} // namespace s1::cli
