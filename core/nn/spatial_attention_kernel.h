#pragma once

#include <ATen/core/Tensor.h>

namespace s1::nn {

// Attention for narrow heads, fused: q [N, L, heads*d], k and v [N, S, heads*d], f32 -> [N, L, heads*d]. Four rows of
// scores stay in the cache; nothing of size L*S is stored, and the backward pass makes the weights again.
// Differentiable; the bits do not depend on the thread count. The library's attention goes through matrix products whose
// inner length is d, which packing dominates for the embedded model's heads of 8.
at::Tensor spatialAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, std::int64_t heads);

} // namespace s1::nn
