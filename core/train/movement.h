#pragma once

#include <ATen/core/Tensor.h>

namespace s1::train {

// What of an error [B, C, F, H, W] changes from frame to frame, in means of 4x4 pixels: [B, C, F, H/4, W/4]. How a thing
// moves is most of it and hardly any of the plain error. Weighing it more leaves the best answer what it was, the mean of
// all fitting clips, for the sum stays a square of the error.
at::Tensor movementOf(const at::Tensor& error);

} // namespace s1::train
