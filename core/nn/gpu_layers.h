#pragma once

#include "nn/gpu_kernels.h"

#include <ATen/core/Tensor.h>

namespace s1::nn {

// What gpu_kernels.h has, with gradients. Where it has nothing for these tensors, the library's layers do (see layers.cpp).
bool hasGpuKernels(const at::Tensor& x); // x is on a GPU that they run on, in f32 or bf16

// As groupNormChannelsLast (group_norm_kernel.h); at most 512 channels.
at::Tensor gpuGroupNorm(const at::Tensor& x, const at::Tensor& gamma, const at::Tensor& beta, std::int64_t groups, double eps, bool silu, at::ScalarType type);

// As temporalAttention (temporal_attention_kernel.h), in q's type.
at::Tensor gpuTemporalAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, std::int64_t heads);

// Records work that runs on a GPU and does not wait for it, without doing it; null where nothing can. What it works on must
// stay. Its shapes were used before, for LibTorch tries convolutions out when it meets one. Throws c10::Error.
std::unique_ptr<GpuRecording> recordOnGpu(const std::function<void()>& work);

} // namespace s1::nn
