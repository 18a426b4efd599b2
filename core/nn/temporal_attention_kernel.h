#pragma once

#include <ATen/core/Tensor.h>

namespace s1::nn {

// Attention of every pixel over its own frames, fused: q, k, v [B, F, P, heads*d] contiguous, f32, F at most
// kMostFrames -> the same shape. Scores and softmax stay in registers and cache; nothing is transposed. Differentiable.
// The library's attention takes a call per (pixel, head), of which there are tens of thousands of 8 rows each.
inline constexpr std::int64_t kMostFrames = 32;
at::Tensor temporalAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, std::int64_t heads);

} // namespace s1::nn
