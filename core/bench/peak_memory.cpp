#include "bench/peak_memory.h"

#include <fstream>
#include <string>

#include <malloc.h>

namespace s1::bench {

void restartPeak() {
    malloc_trim(0);
    std::ofstream("/proc/self/clear_refs") << "5";
}

std::uint64_t peakBytes() {
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word)
        if (word == "VmHWM:") {
            std::uint64_t kilobytes = 0;
            status >> kilobytes;
            return kilobytes * 1024;
        }
    return 0;
}

} // namespace s1::bench
