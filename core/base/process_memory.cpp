#include "base/process_memory.h"

#include <fstream>
#include <limits>
#include <string>
#include <string_view>

#include <malloc.h>
#include <unistd.h>

namespace s1 {

namespace {

std::uint64_t statusBytes(std::string_view name) {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (word == name) {
            std::uint64_t kilobytes = 0;
            status >> kilobytes;
            return kilobytes * 1024;
        }
    return 0;
}

} // namespace

std::uint64_t machineMemory() {
    const auto pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGE_SIZE);
    return pages > 0 && size > 0 ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(size) : 0;
}

std::uint64_t residentBytes() {
    return statusBytes("VmRSS:");
}

std::uint64_t peakBytes() {
    return statusBytes("VmHWM:");
}

void restartPeak() {
    std::ofstream("/proc/self/clear_refs") << "5";
}

void keepFreedBlocks() {
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
    mallopt(M_ARENA_MAX, 1);
}

} // namespace s1
