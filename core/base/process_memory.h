#pragma once

#include <cstdint>

namespace s1 {

std::uint64_t machineMemory(); // bytes; 0 where the system does not say

// Of this process, in bytes: what is in memory now, and the most there was since restartPeak().
std::uint64_t residentBytes();
std::uint64_t peakBytes();
void restartPeak();

} // namespace s1
