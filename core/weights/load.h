#pragma once

#include "weights/tensor_file.h"

#include <torch/torch.h>

namespace s1::weights {

// Copies every parameter and buffer of the module from the file, converting to the module's dtype. Old VAE attention
// names (query, key, value, proj_attn) are understood. A missing tensor or another shape is an error that names the
// first one and counts the rest; tensors the module has no place for are ignored, as the original does.
Result<void> loadInto(torch::nn::Module& module, const TensorFile& file);

// Deterministic weights for parity (show1.md 10.2): keys sorted as bytes, values from a hash, no generator needed.
void fillDeterministic(torch::nn::Module& module);
at::Tensor deterministicUniform(at::IntArrayRef shape, std::uint32_t k); // U(shape, k) in [-1, 1)

// Parameters and buffers by their checkpoint key.
TensorMap stateDict(const torch::nn::Module& module);

} // namespace s1::weights
