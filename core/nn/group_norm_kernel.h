#pragma once

#include <ATen/core/Tensor.h>

namespace s1::nn {

// y = act(normalise(x) * gamma + beta), fused, for x [N, C, ...] whose channels are innermost in memory (channels_last
// pictures, temporal views, transposed tokens; anything else is copied first). gamma, beta: [C], or [N, C] where a
// time embedding scales and shifts each picture. x and the result (type) are f32 or bf16. Statistics over (C/groups, all trailing axes) in double from short f32
// sums, in an order that does not depend on the thread count. Differentiable. LibTorch's own channels_last norm is
// slower and loses digits (its variance is E[x²]-E[x]² in f32), which stage C's first step magnifies 20 000 times.
at::Tensor groupNormChannelsLast(const at::Tensor& x, const at::Tensor& gamma, const at::Tensor& beta, std::int64_t groups,
                                 double eps, bool silu, at::ScalarType type = at::kFloat);

} // namespace s1::nn
