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

void setFreedBlocks(FreedBlocks fate) {
    const bool kept = fate == FreedBlocks::Kept;
    mallopt(M_ARENA_MAX, 1); // others cannot hold large blocks
    mallopt(M_MMAP_THRESHOLD, kept ? 32 << 20 : 1 << 20); // 32 MB is the most it takes
    mallopt(M_TRIM_THRESHOLD, kept ? std::numeric_limits<int>::max() : 1 << 20);
    if (!kept)
        malloc_trim(0); // what was kept before
}

} // namespace s1
