#pragma once

#include "base/process_memory.h"

#include <malloc.h>

namespace s1::test {

// How many bytes more this process had in memory at its peak than when the object was made.
class PeakMemory {
public:
    PeakMemory() {
        malloc_trim(0); // growth into blocks kept from before would not be seen
        restartPeak();
        m_before = static_cast<long>(residentBytes());
    }
    long growth() const { return static_cast<long>(peakBytes()) - m_before; }

private:
    long m_before = 0;
};

} // namespace s1::test
