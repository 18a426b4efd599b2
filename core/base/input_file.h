#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>

#include <sys/stat.h>

namespace s1 {

// A file proper, open for reading. A folder, pipe, socket or device is refused without blocking. Reads name their
// place, so several threads may share one.
class InputFile {
public:
    static Result<InputFile> open(const std::filesystem::path& path);

    InputFile() = default;
    InputFile(InputFile&& other) noexcept;
    InputFile& operator=(InputFile&& other) noexcept;
    ~InputFile();

    const std::filesystem::path& path() const { return m_path; }
    std::uint64_t size() const { return static_cast<std::uint64_t>(m_state.st_size); } // when it was opened

    // Fewer than asked only at the end of the file. Cancelled when the StopScope of the thread says so.
    Result<std::size_t> readUpTo(std::uint64_t offset, void* out, std::size_t bytes) const;
    // All of them: Corrupt when the file ends before.
    Result<void> read(std::uint64_t offset, void* out, std::size_t bytes) const;
    // Corrupt when something else is at the path by now, or the file was written to.
    Result<void> checkUnchanged() const;

private:
    std::filesystem::path m_path;
    int m_descriptor = -1;
    struct stat m_state {};
};

} // namespace s1
