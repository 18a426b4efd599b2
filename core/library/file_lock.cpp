#include "library/file_lock.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace s1::library {

Result<void> makeFolder(const std::filesystem::path& folder) {
    std::error_code ec;
    std::filesystem::create_directories(folder, ec);
    if (ec)
        return Error{ErrorCode::CannotCreate,
                     fmt::format("cannot make the folder {} ({}); choose another place", folder.string(), ec.message()),
                     folder.string()};
    return {};
}

Result<FileLock> FileLock::take(const std::filesystem::path& file, Wait wait) {
    S1_CHECK(makeFolder(file.parent_path()));
    FileLock lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
    if (lock.m_descriptor < 0)
        return Error{ErrorCode::CannotCreate,
                     fmt::format("cannot write {} ({}); choose another place", file.string(), std::strerror(errno)),
                     file.string()};
    int done = 0;
    do
        done = ::flock(lock.m_descriptor, LOCK_EX | (wait == Wait::No ? LOCK_NB : 0));
    while (done != 0 && errno == EINTR);
    if (done != 0)
        return Error{ErrorCode::Busy,
                     fmt::format("another program is at work on {}; wait for it to end", file.stem().string()),
                     file.string()};
    return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

FileLock::~FileLock() {
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

} // namespace s1::library
