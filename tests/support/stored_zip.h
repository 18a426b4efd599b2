#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace s1::test {

// A zip archive of stored (uncompressed) entries, as torch.save writes it. method: what the headers claim.
inline std::string storedZip(const std::vector<std::pair<std::string, std::string>>& entries, std::uint16_t method = 0) {
    const auto crc32 = [](const std::string& bytes) {
        std::uint32_t crc = ~0u;
        for (const unsigned char c : bytes) {
            crc ^= c;
            for (int bit = 0; bit < 8; ++bit)
                crc = (crc >> 1) ^ (crc & 1 ? 0xEDB88320u : 0u);
        }
        return ~crc;
    };
    const auto put = [](std::string& out, std::uint64_t value, int bytes) {
        for (int i = 0; i < bytes; ++i, value >>= 8)
            out += static_cast<char>(value);
    };
    std::string out, directory;
    for (const auto& [name, data] : entries) {
        const std::uint64_t offset = out.size();
        std::string common; // the part both headers share
        put(common, 20, 2);
        put(common, 0, 2);
        put(common, method, 2);
        put(common, 0, 2);
        put(common, 0x21, 2);
        put(common, crc32(data), 4);
        put(common, data.size(), 4);
        put(common, data.size(), 4);
        put(common, name.size(), 2);
        put(common, 0, 2);
        put(out, 0x04034b50, 4);
        out += common + name + data;
        put(directory, 0x02014b50, 4);
        put(directory, 20, 2);
        directory += common;
        put(directory, 0, 10); // comment length, disk, attributes
        put(directory, offset, 4);
        directory += name;
    }
    const std::uint64_t start = out.size();
    out += directory;
    put(out, 0x06054b50, 4);
    put(out, 0, 4);
    put(out, entries.size(), 2);
    put(out, entries.size(), 2);
    put(out, directory.size(), 4);
    put(out, start, 4);
    put(out, 0, 2);
    return out;
}

} // namespace s1::test
