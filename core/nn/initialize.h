#pragma once

#include "nn/layers.h"

#include <ATen/core/Generator.h>

namespace s1::nn {

// Draws every parameter afresh: matrices and kernels uniform in ±1/sqrt(fan-in), norms 1, biases 0, embeddings normal.
// Outputs that join a residual start at zero: the last temporal convolution, temporal proj_out, and a UNet's conv_out, so
// that a 3D network begins as its 2D one (show1.md 10.5).
void initialize(torch::nn::Module& module, at::Generator generator);

} // namespace s1::nn
