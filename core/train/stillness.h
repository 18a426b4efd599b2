#pragma once

#include <ATen/core/Tensor.h>

// What of a clip stands still: what flickers there is seen first, and is nobody's motion.
namespace s1::train {

// How far frames [B, C, F, H, W] differ there or nearby, within a square near pixels across: [B, 1, 1, H, W].
at::Tensor changeNear(const at::Tensor& frames, std::int64_t near);

// [B, 1, 1, H, W]: weight where a picture is the same in all frames and near there nothing moves, 1 elsewhere. For Sample::flickerWeight.
at::Tensor stillWeight(const at::Tensor& frames, std::int64_t near, double weight);

} // namespace s1::train
