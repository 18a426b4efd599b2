#pragma once

#include "base/result.h"

#include <filesystem>

namespace s1::library {

// flock, as the hub's own client takes it on .locks/…; gone with the process.
class FileLock {
public:
    enum class Wait { Yes, No };
    // Makes the file and its folders. Busy with Wait::No when another has it.
    static Result<FileLock> take(const std::filesystem::path& file, Wait wait);

    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

private:
    explicit FileLock(int descriptor) : m_descriptor(descriptor) {}

    int m_descriptor;
};

// create_directories with our words.
Result<void> makeFolder(const std::filesystem::path& folder);

} // namespace s1::library
