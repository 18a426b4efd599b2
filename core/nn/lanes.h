#pragma once

#include <cstdint>

namespace s1::nn {

// Eight floats side by side, as the fused kernels take them; they need not be aligned.
inline constexpr std::int64_t kLanes = 8;
typedef float Lanes __attribute__((vector_size(32), aligned(4), may_alias));

[[gnu::always_inline]] inline const Lanes& lanesAt(const float* x) { return *reinterpret_cast<const Lanes*>(x); }
[[gnu::always_inline]] inline Lanes& lanesAt(float* x) { return *reinterpret_cast<Lanes*>(x); }

} // namespace s1::nn
