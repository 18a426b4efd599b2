#pragma once

#include "base/input_file.h"

#include <cstdint>
#include <map>
#include <string>

namespace s1::weights {

// One stored file in an archive.
struct ZipEntry {
    std::uint64_t offset = 0; // of its bytes
    std::uint64_t size = 0;
    std::uint32_t crc = 0;
};
using ZipDirectory = std::map<std::string, ZipEntry>;

// The directory of an archive as torch.save writes it. Scanners were beaten with every irregularity the format has
// (reliability.md 1.1), so each is a refusal: compressed or encrypted entries, a name twice or out of the archive,
// headers that disagree, entries that overlap, anything before, between or behind that the directory does not tell.
Result<ZipDirectory> readZipDirectory(const InputFile& file);

// The bytes of an entry, its checksum verified. out has entry.size bytes.
Result<void> readZipEntry(const InputFile& file, const ZipEntry& entry, const std::string& name, void* out);

} // namespace s1::weights
