#include "library/partial_file.h"

#include "base/files.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace s1::library {

namespace fs = std::filesystem;

namespace {
constexpr std::uint64_t kLongestEtag = 1024;
} // namespace

fs::path PartialFile::pathOf(const fs::path& target) {
    return target.string() + ".incomplete";
}

fs::path PartialFile::etagPathOf(const fs::path& target) {
    return target.string() + ".incomplete.etag";
}

Result<PartialFile> PartialFile::open(const fs::path& target) {
    PartialFile file(target);
    file.m_descriptor = ::open(file.path().c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0666);
    struct stat state {};
    if (file.m_descriptor < 0 || ::fstat(file.m_descriptor, &state) != 0)
        return Error{ErrorCode::CannotCreate,
                     fmt::format("cannot write {} ({}); choose another place with HF_HUB_CACHE", file.path().string(),
                                 std::strerror(errno)),
                     file.path().string()};
    file.m_size = static_cast<std::uint64_t>(state.st_size);
    if (auto etag = file.m_size > 0 ? readFile(etagPathOf(target), kLongestEtag) : Result<std::string>(std::string()))
        file.m_etag = *etag;
    return file;
}

PartialFile::PartialFile(PartialFile&& other) noexcept
    : m_target(std::move(other.m_target)),
      m_etag(std::move(other.m_etag)),
      m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_size(other.m_size) {}

PartialFile::~PartialFile() {
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Error PartialFile::failed(const char* what) const {
    return {ErrorCode::Io,
            fmt::format("{} {} failed ({}); free some space and run it again, it goes on where it stopped", what,
                        path().string(), std::strerror(errno)),
            path().string()};
}

Result<void> PartialFile::keepEtag(const std::string& etag) {
    // A weak one promises no equal bytes, so it cannot guard a range (RFC 9110, 13.1.5).
    const bool strong = etag.starts_with('"') && etag.size() <= kLongestEtag;
    if (strong && etag == m_etag)
        return {};
    m_etag = strong ? etag : "";
    if (strong)
        return writeFileAtomically(etagPathOf(m_target), etag);
    std::error_code ignored;
    fs::remove(etagPathOf(m_target), ignored);
    return {};
}

Result<void> PartialFile::append(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return failed("writing");
        m_size += static_cast<std::uint64_t>(written);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> PartialFile::clear() {
    if (::ftruncate(m_descriptor, 0) != 0)
        return failed("emptying");
    m_size = 0;
    return keepEtag("");
}

Result<void> PartialFile::remove() {
    S1_CHECK(keepEtag(""));
    std::error_code ignored;
    fs::remove(path(), ignored);
    return {};
}

Result<void> PartialFile::finish() {
    if (::fsync(m_descriptor) != 0)
        return failed("writing");
    S1_CHECK(keepEtag(""));
    std::error_code ec;
    fs::rename(path(), m_target, ec);
    if (ec)
        return Error{ErrorCode::CannotCreate,
                     fmt::format("cannot write {} ({}); choose another place with HF_HUB_CACHE", m_target.string(),
                                 ec.message()),
                     m_target.string()};
    return {};
}

} // namespace s1::library
