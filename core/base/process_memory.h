#pragma once

#include <cstdint>

namespace s1 {

std::uint64_t machineMemory(); // bytes; 0 where the system does not say

// Of this process, in bytes: what is in memory now, and the most there was since restartPeak().
std::uint64_t residentBytes();
std::uint64_t peakBytes();
void restartPeak();

// For a program's main. glibc gives what is freed back to the system soon, and every new tensor is faulted in again: up to
// 4 times slower (performance.md 2). Kept, it is reused, but for blocks above 32 MB: those of a published network would
// leave holes that the next ones do not fit in (12 GiB where 6 are in use), and beside their work a fault is nothing.
void keepFreedBlocks();

} // namespace s1
