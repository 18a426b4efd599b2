#pragma once

#include <atomic>
#include <cstdint>

namespace s1::nn {

// Floating-point operations of matrix products and convolutions done so far by every thread, a multiply-add as two and
// a convolution as if it were direct; for GFLOP/s (core/bench). Element-wise work is not counted.
inline std::atomic<std::int64_t> workDone{0};

inline void countWork(std::int64_t operations) { workDone.fetch_add(operations, std::memory_order_relaxed); }

} // namespace s1::nn
