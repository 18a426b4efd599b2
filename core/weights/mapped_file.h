#pragma once

#include "base/result.h"

#include <filesystem>
#include <string_view>

namespace s1::weights {

// A read-only view of a file's bytes; pages come from disk as they are touched.
class MappedFile {
public:
    static Result<MappedFile> open(const std::filesystem::path& path);

    MappedFile() = default;
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    ~MappedFile();

    std::string_view bytes() const { return {m_data, m_size}; }
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
    const char* m_data = nullptr;
    std::size_t m_size = 0;
};

} // namespace s1::weights
