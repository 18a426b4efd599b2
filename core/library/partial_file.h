#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace s1::library {

// target.incomplete, which grows at its end, and beside it the ETag of the server that its bytes are from.
class PartialFile {
public:
    static Result<PartialFile> open(const std::filesystem::path& target);
    // Of a target, whether or not there is a part.
    static std::filesystem::path pathOf(const std::filesystem::path& target);
    static std::filesystem::path etagPathOf(const std::filesystem::path& target);

    PartialFile(PartialFile&& other) noexcept;
    PartialFile& operator=(PartialFile&&) = delete;
    ~PartialFile();

    std::filesystem::path path() const { return pathOf(m_target); }
    std::uint64_t size() const { return m_size; }
    const std::string& etag() const { return m_etag; } // empty: unknown, or only roughly the same
    Result<void> keepEtag(const std::string& etag);

    Result<void> append(std::string_view bytes);
    Result<void> clear();
    Result<void> remove();
    Result<void> finish(); // to the target, and to the disk

private:
    explicit PartialFile(std::filesystem::path target) : m_target(std::move(target)) {}
    Error failed(const char* what) const;

    std::filesystem::path m_target;
    std::string m_etag;
    int m_descriptor = -1;
    std::uint64_t m_size = 0;
};

} // namespace s1::library
