#include "base/input_file.h"

#include "base/stop.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace s1 {

Result<InputFile> InputFile::open(const std::filesystem::path& path) {
    InputFile file;
    file.m_path = path;
    // O_NONBLOCK: a pipe without a writer would wait for ever.
    file.m_descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    const bool isOpen = file.m_descriptor >= 0 && ::fstat(file.m_descriptor, &file.m_state) == 0;
    if (!isOpen && errno != ENXIO) { // what a socket answers
        const auto code = errno == ENOENT || errno == ENOTDIR ? ErrorCode::NotFound : ErrorCode::Io;
        return Error{code, fmt::format("cannot open {} ({}); check the path", path.string(), std::strerror(errno)),
                     path.string()};
    }
    if (!isOpen || !S_ISREG(file.m_state.st_mode))
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("{} is {}; name a file", path.string(),
                                 isOpen && S_ISDIR(file.m_state.st_mode) ? "a folder" : "not a file"),
                     path.string()};
    return file;
}

InputFile::InputFile(InputFile&& other) noexcept {
    *this = std::move(other);
}

InputFile& InputFile::operator=(InputFile&& other) noexcept {
    std::swap(m_path, other.m_path);
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_state, other.m_state);
    return *this;
}

InputFile::~InputFile() {
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<std::size_t> InputFile::readUpTo(std::uint64_t offset, void* out, std::size_t bytes) const {
    constexpr std::size_t kPiece = 1 << 20; // between which a slow disk can be given up
    const std::stop_token stop = currentStop();
    std::size_t done = 0;
    while (done < bytes) {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "cancelled", m_path.string()};
        const auto n = ::pread(m_descriptor, static_cast<char*>(out) + done, std::min(bytes - done, kPiece),
                               static_cast<off_t>(offset + done));
        if (n == 0)
            break;
        if (n > 0)
            done += static_cast<std::size_t>(n);
        else if (errno != EINTR)
            return Error{ErrorCode::Io,
                         fmt::format("reading {} failed ({}); check the disk", m_path.string(), std::strerror(errno)),
                         m_path.string()};
    }
    return done;
}

Result<void> InputFile::read(std::uint64_t offset, void* out, std::size_t bytes) const {
    S1_TRY(const std::size_t done, readUpTo(offset, out, bytes));
    if (done != bytes)
        return Error{ErrorCode::Corrupt,
                     fmt::format("{} ends at byte {}, {} were expected; get the file again", m_path.string(),
                                 offset + done, offset + bytes),
                     m_path.string()};
    return {};
}

Result<void> InputFile::checkUnchanged() const {
    struct stat now {};
    if (::stat(m_path.c_str(), &now) == 0 && now.st_dev == m_state.st_dev && now.st_ino == m_state.st_ino &&
        now.st_size == m_state.st_size && now.st_mtim.tv_sec == m_state.st_mtim.tv_sec &&
        now.st_mtim.tv_nsec == m_state.st_mtim.tv_nsec)
        return {};
    return Error{ErrorCode::Corrupt, fmt::format("{} changed while it was read; try again", m_path.string()),
                 m_path.string()};
}

} // namespace s1
