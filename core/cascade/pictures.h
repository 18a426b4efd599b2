#pragma once

#include "media/clip.h"

#include <ATen/core/Tensor.h>

// Between video tensors ([1, 3, F, H, W] in -1…1) and 8-bit clips, exactly as the reference rounds.
namespace s1::cascade {

// tensor2vid (show1.md 1.9): [B, 3, F, H, W] f32 or f16 -> bytes [F, H, B*W, 3]; truncation, in the tensor's own dtype.
at::Tensor toBytes(const at::Tensor& video);

Clip toClip(const at::Tensor& video, double fps);
at::Tensor fromClip(const Clip& clip); // bytes / 255 * 2 - 1 -> [1, 3, F, H, W] f32

} // namespace s1::cascade
