#pragma once

#include "nn/gpu_kernels.h"

#include <cuda_runtime_api.h>

// What of the GPU's side needs LibTorch: its streams and its memory.
namespace s1::nn {

cudaStream_t currentStream();

// Runs work, which does not wait for the GPU, without doing it. Throws c10::Error.
std::unique_ptr<GpuRecording> record(const std::function<void()>& work);

} // namespace s1::nn
