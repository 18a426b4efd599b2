#include "weights/mapped_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace s1::weights {

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
    const auto failed = [&](ErrorCode code) {
        return Error{code, fmt::format("cannot open {} ({}); check the path", path.string(), std::strerror(errno)),
                     path.string()};
    };
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return failed(errno == ENOENT || errno == ENOTDIR ? ErrorCode::NotFound : ErrorCode::Io);
    MappedFile file;
    file.m_path = path;
    struct stat info {};
    if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        ::close(fd);
        return Error{ErrorCode::InvalidArgument, fmt::format("{} is not a file", path.string()), path.string()};
    }
    file.m_size = static_cast<std::size_t>(info.st_size);
    if (file.m_size > 0) {
        void* data = ::mmap(nullptr, file.m_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (data == MAP_FAILED) {
            ::close(fd);
            return failed(ErrorCode::Io);
        }
        file.m_data = static_cast<const char*>(data);
    }
    ::close(fd);
    return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept { *this = std::move(other); }

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(m_path, other.m_path);
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    return *this;
}

MappedFile::~MappedFile() {
    if (m_data)
        ::munmap(const_cast<char*>(m_data), m_size);
}

} // namespace s1::weights
