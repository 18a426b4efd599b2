#include "base/files.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <unistd.h>

namespace s1 {

namespace fs = std::filesystem;

namespace {

struct FileCloser {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, FileCloser>;

} // namespace

Result<std::string> readFile(const fs::path& path) {
    std::error_code ec;
    if (fs::is_directory(path, ec))
        return Error{ErrorCode::InvalidArgument, fmt::format("{} is a folder; name a file", path.string()), path.string()};
    FileHandle file(std::fopen(path.c_str(), "rb"));
    if (!file) {
        const auto code = errno == ENOENT || errno == ENOTDIR ? ErrorCode::NotFound : ErrorCode::Io;
        return Error{code, fmt::format("cannot open {} ({}); check the path", path.string(), std::strerror(errno)),
                     path.string()};
    }
    std::string bytes;
    char buffer[1 << 16];
    while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, file.get()))
        bytes.append(buffer, n);
    if (std::ferror(file.get()))
        return Error{ErrorCode::Io, fmt::format("reading {} failed; check the disk", path.string()), path.string()};
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
