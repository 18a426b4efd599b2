#pragma once

#include <cstdint>

namespace s1 {

std::uint64_t machineMemory(); // bytes; 0 where the system does not say

// Of this process, in bytes: what is in memory now, and the most there was since restartPeak().
std::uint64_t residentBytes();
std::uint64_t peakBytes();
void restartPeak();

// What becomes of freed memory, for the whole process. glibc gives it back to the system, and every new tensor is faulted in
// again: a small network is up to 4 times slower by that (performance.md 2), so its blocks are kept and reused. Those of a
// published network would leave holes that the next ones do not fit in (12 GiB where 6 are in use), and beside its work a
// fault is nothing: they are given back one by one.
enum class FreedBlocks { Kept, GivenBack };
void setFreedBlocks(FreedBlocks fate);

} // namespace s1
