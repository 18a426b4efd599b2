#include "base/files.h"

#include "base/input_file.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace s1 {

namespace fs = std::filesystem;

namespace {

struct FileCloser {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, FileCloser>;

bool syncToDisk(const fs::path& fileOrFolder) {
    const int descriptor = ::open(fileOrFolder.c_str(), O_RDONLY | O_CLOEXEC);
    const bool done = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0)
        ::close(descriptor);
    return done;
}

} // namespace

Result<std::string> readFile(const fs::path& path, std::uint64_t mostBytes) {
    S1_TRY(const InputFile file, InputFile::open(path));
    const Error tooLarge{ErrorCode::Corrupt,
                         fmt::format("{} is larger than {} bytes; it is not one of ours", path.string(), mostBytes),
                         path.string()};
    if (file.size() > mostBytes)
        return tooLarge;
    std::string bytes;
    char buffer[1 << 16];
    for (std::size_t n = sizeof buffer; n == sizeof buffer;) { // to the end, as a file in /proc says it has no bytes
        S1_TRY(n, file.readUpTo(bytes.size(), buffer, sizeof buffer));
        bytes.append(buffer, n);
        if (bytes.size() > mostBytes)
            return tooLarge;
    }
    return bytes;
}

fs::path temporarySibling(const fs::path& target) {
    static std::atomic<unsigned> counter = 0;
    return target.parent_path() /
           fmt::format(".{}.{}-{}{}", target.stem().string(), getpid(), counter++, target.extension().string());
}

TemporaryFile::TemporaryFile(fs::path target) : m_target(std::move(target)), m_path(temporarySibling(m_target)) {}

TemporaryFile::TemporaryFile(TemporaryFile&& other) noexcept
    : m_target(std::move(other.m_target)), m_path(std::exchange(other.m_path, {})) {}

TemporaryFile::~TemporaryFile() {
    std::error_code ignored;
    if (!m_path.empty())
        fs::remove(m_path, ignored);
}

Result<void> TemporaryFile::commit() {
    std::error_code ec;
    fs::rename(m_path, m_target, ec);
    if (ec)
        return Error{ErrorCode::CannotCreate,
                     fmt::format("cannot write {} ({}); choose another place", m_target.string(), ec.message()),
                     m_target.string()};
    m_path.clear();
    return {};
}

Result<void> TemporaryFile::commitDurably() {
    if (!syncToDisk(m_path))
        return Error{ErrorCode::Io,
                     fmt::format("writing {} failed ({}); free some space", m_target.string(), std::strerror(errno)),
                     m_target.string()};
    S1_CHECK(commit());
    // Some file systems cannot sync a folder; the file is whole and in its place even so.
    syncToDisk(m_target.has_parent_path() ? m_target.parent_path() : fs::path("."));
    return {};
}

Result<void> writeFileAtomically(const fs::path& path, std::string_view bytes) {
    TemporaryFile temporary(path);
    FileHandle file(std::fopen(temporary.path().c_str(), "wb"));
    if (!file)
        return Error{ErrorCode::CannotCreate,
                     fmt::format("cannot write {} ({}); choose another place", path.string(), std::strerror(errno)),
                     path.string()};
    if (std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size() || std::fflush(file.get()) != 0)
        return Error{ErrorCode::Io,
                     fmt::format("writing {} failed ({}); free some space", path.string(), std::strerror(errno)),
                     path.string()};
    file.reset();
    return temporary.commit();
}

std::string sha256(std::string_view bytes) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr);
    std::string hex;
    for (unsigned int i = 0; i < size; ++i)
        hex += fmt::format("{:02x}", digest[i]);
    return hex;
}

} // namespace s1
