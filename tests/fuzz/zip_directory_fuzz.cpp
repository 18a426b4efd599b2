#include "weights/zip_directory.h"

#include <cstdlib>

#include <sys/mman.h>
#include <unistd.h>

#include <fmt/format.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const int descriptor = memfd_create("archive", 0);
    if (descriptor < 0 || write(descriptor, data, size) != static_cast<ssize_t>(size))
        std::abort();
    const auto file = s1::InputFile::open(fmt::format("/proc/self/fd/{}", descriptor));
    if (!file)
        std::abort();
    if (const auto directory = s1::weights::readZipDirectory(*file))
        for (const auto& [name, entry] : *directory) {
            if (entry.size > size)
                std::abort(); // more than is there
            std::string bytes(entry.size, '\0');
            (void)s1::weights::readZipEntry(*file, entry, name, bytes.data());
        }
    close(descriptor);
    return 0;
}
