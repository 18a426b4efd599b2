#pragma once

#include "base/result.h"

#include <c10/core/Device.h>

#include <string>

namespace s1::nn {

// "auto" and "cpu" are the processor; "cuda" and "cuda:N" are a GPU, for which the library's CUDA half is loaded: it lies beside
// the other one where all of LibTorch and NVIDIA's libraries are installed. Unsupported, with what is missing, where it does not start.
// Called before the process makes its first tensor, for LibTorch looks for a GPU but once.
Result<at::Device> openDevice(const std::string& name);

} // namespace s1::nn
