// Built instead of the FFmpeg files with S1_BUILD_MEDIA=OFF, for machines that only train and compare.
#include "base/files.h"
#include "media/clip_reader.h"
#include "media/clip_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace s1 {
namespace {

Error unavailable(const std::filesystem::path& path) {
    return {ErrorCode::Unsupported,
            fmt::format("cannot read {}: this build has no FFmpeg; build with S1_BUILD_MEDIA", path.string()),
            path.string()};
}

std::string bigEndian(std::uint32_t value) {
    return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
            static_cast<char>(value)};
}

std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t crc = 0xffffffffu;
    for (const char byte : bytes) {
        crc ^= static_cast<std::uint8_t>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (0xedb88320u & (0u - (crc & 1)));
    }
    return ~crc;
}

std::string chunk(const std::string& type, const std::string& data) {
    return bigEndian(static_cast<std::uint32_t>(data.size())) + type + data + bigEndian(crc32(type + data));
}

// zlib's format with stored blocks: larger, and no library needed.
std::string stored(const std::string& data) {
    std::string result = "\x78\x01";
    std::uint32_t a = 1, b = 0;
    for (const char byte : data)
        a = (a + static_cast<std::uint8_t>(byte)) % 65521, b = (b + a) % 65521;
    for (std::size_t at = 0; at < data.size(); at += 65535) {
        const auto size = static_cast<std::uint16_t>(std::min<std::size_t>(65535, data.size() - at));
        const auto inverse = static_cast<std::uint16_t>(~size);
        result += at + size == data.size() ? '\1' : '\0';
        for (const std::uint16_t value : {size, inverse}) {
            result += static_cast<char>(value);
            result += static_cast<char>(value >> 8);
        }
        result.append(data, at, size);
    }
    return result + bigEndian(b << 16 | a);
}

} // namespace

Result<Clip> readClip(const std::filesystem::path& path, const ReadOptions&) { return unavailable(path); }
Result<ClipMetadata> readMetadata(const std::filesystem::path& path) { return unavailable(path); }
Result<std::string> readRecipe(const std::filesystem::path& path) { return unavailable(path); }
std::span<const ExportFormat> exportFormats() { return {}; }
bool isAvailable(const ExportFormat&) { return false; }

Result<void> writePng(const std::filesystem::path& path, const Frame& frame) {
    std::string rows;
    for (int y = 0; y < frame.height; ++y) {
        rows += '\0'; // no filter
        rows.append(reinterpret_cast<const char*>(frame.row(y)), static_cast<std::size_t>(frame.width) * 3);
    }
    const std::string header = bigEndian(static_cast<std::uint32_t>(frame.width)) +
                               bigEndian(static_cast<std::uint32_t>(frame.height)) + std::string("\x08\x02\0\0\0", 5);
    return writeFileAtomically(path, "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) + chunk("IDAT", stored(rows)) +
                                         chunk("IEND", ""));
}

} // namespace s1
