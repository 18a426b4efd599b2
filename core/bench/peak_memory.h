#pragma once

#include <cstdint>

namespace s1::bench {

void restartPeak();       // VmHWM starts again from what is resident now; gives freed memory back before
std::uint64_t peakBytes(); // VmHWM

} // namespace s1::bench
