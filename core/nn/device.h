#pragma once

#include "base/result.h"

#include <c10/core/Device.h>

#include <cstdint>
#include <string>

namespace torch::nn {
class Module;
}

namespace s1::nn {

// "auto" and "cpu" are the processor; "cuda" and "cuda:N" are a GPU, for which the library's CUDA half is loaded: it lies beside
// the other one where all of LibTorch and NVIDIA's libraries are installed. Unsupported, with what is missing, where it does not start.
// Called before the process makes its first tensor, for LibTorch looks for a GPU but once.
Result<at::Device> openDevice(const std::string& name);

// From now on a GPU computes in f32 as it is, and the same bits each time; training wants neither.
void computeExactly();

// Bytes that nothing has taken of a GPU's memory.
std::uint64_t freeMemory(const at::Device& gpu);

// Where a network's values are computed with.
at::Device deviceOf(const torch::nn::Module& network);

} // namespace s1::nn
