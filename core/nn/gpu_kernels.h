#pragma once

#include <cstdint>
#include <functional>
#include <memory>

// Kernels of the embedded model's narrow layers for an NVIDIA GPU, apart from the library's: what crosses here are plain
// pointers into its memory, so that they are no part of a build without CUDA's compiler. All run on LibTorch's current stream.
namespace s1::nn {

enum class GpuType : int { F32, Bf16 };

// y = act(normalise(x) * gamma + beta) over pictures of [rows][channels] in memory; gamma, beta [channels] or one row a picture.
struct GpuGroupNorm {
    const void* x;
    const float *gamma, *beta;
    double* sums; // [pictures][groups][2] of x and x², zero before forward, which leaves them for backward
    std::int64_t pictures, rows, channels, groups, gammaStride; // gammaStride 0: all pictures have one gamma
    double eps;
    bool silu;
    GpuType in, out;
};

// Attention over the frames of each pixel: q, k, v [batch][frames][pixels][heads * width] of one type.
struct GpuTemporalAttention {
    const void *q, *k, *v;
    std::int64_t batch, frames, pixels, heads, width;
    GpuType type;
};

// Work that was recorded and is started as one.
class GpuRecording {
public:
    virtual ~GpuRecording() = default;
    virtual void play() = 0; // again, on the same memory
};

struct GpuKernels {
    void (*groupNorm)(const GpuGroupNorm& norm, void* y);
    // slopes [pictures][channels][2], zero before: those of gamma and of beta.
    void (*groupNormSlopes)(const GpuGroupNorm& norm, const void* dy, float* slopes, void* dx);
    void (*temporalAttention)(const GpuTemporalAttention& attention, void* out);
    void (*temporalAttentionSlopes)(const GpuTemporalAttention& attention, const void* dout, void* dq, void* dk, void* dv);
    std::unique_ptr<GpuRecording> (*record)(const std::function<void()>& work); // see cuda/recording.h
};

void useGpuKernels(const GpuKernels* kernels); // once, by openDevice

} // namespace s1::nn
