#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

namespace s1 {

// The whole file; NotFound or Io with the path and the system's reason, InvalidArgument for what is no file, Corrupt
// when there is more than mostBytes of it.
Result<std::string> readFile(const std::filesystem::path& path,
                             std::uint64_t mostBytes = std::numeric_limits<std::uint64_t>::max());

// Writes beside the target and renames, so no partial file ever has the final name. CannotCreate or Io.
Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view bytes);

// A temporary sibling of target: same folder (rename stays atomic), same extension (encoders look at it), unique.
std::filesystem::path temporarySibling(const std::filesystem::path& target);

// Removes the file when the guard goes, unless commit() renamed it to the target first.
class TemporaryFile {
public:
    explicit TemporaryFile(std::filesystem::path target);
    ~TemporaryFile();
    TemporaryFile(TemporaryFile&& other) noexcept;
    TemporaryFile& operator=(TemporaryFile&&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    const std::filesystem::path& target() const { return m_target; }
    Result<void> commit();
    // The same, and the file survives a power cut that comes after: for what cannot be made again.
    Result<void> commitDurably();

private:
    std::filesystem::path m_target;
    std::filesystem::path m_path; // empty once committed or moved from
};

// Lower-case hex SHA-256 of bytes.
std::string sha256(std::string_view bytes);

} // namespace s1
