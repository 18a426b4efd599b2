#pragma once

#include <fstream>
#include <string>

namespace s1::test {

// How many bytes more this process had in memory at its peak than when the object was made.
class PeakMemory {
public:
    PeakMemory() {
        std::ofstream("/proc/self/clear_refs") << "5"; // forget the peak so far
        m_before = bytes("VmRSS:");
    }
    long growth() const { return bytes("VmHWM:") - m_before; }

private:
    static long bytes(const std::string& name) {
        std::ifstream status("/proc/self/status");
        for (std::string word; status >> word;)
            if (word == name) {
                long kilobytes = 0;
                status >> kilobytes;
                return kilobytes * 1024;
            }
        return 0;
    }
    long m_before = 0;
};

} // namespace s1::test
