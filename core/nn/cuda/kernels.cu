#include "nn/cuda/recording.h"

#include <cuda_bf16.h>

namespace s1::nn {

namespace {

using Bf16 = __nv_bfloat16;

__device__ float load(const float* p) { return *p; }
__device__ float load(const Bf16* p) { return __bfloat162float(*p); }
__device__ void store(float* p, float x) { *p = x; }
__device__ void store(Bf16* p, float x) { *p = __float2bfloat16(x); }

// run(pointer type's value) for both types.
template <typename Run>
void withType(GpuType type, const Run& run) {
    if (type == GpuType::F32)
        run(float());
    else
        run(Bf16());
}

// Group norm ------------------------------------------------------------------------------------------------------------

constexpr int kMostThreads = 512;

// Blocks of one picture share its rows. A thread keeps its channel, so threads are a multiple of the channels.
struct Cut {
    dim3 grid;
    int threads;
    std::int64_t rows; // of a block
};

Cut cut(const GpuGroupNorm& norm) {
    const int channels = static_cast<int>(norm.channels), perRow = kMostThreads / channels;
    constexpr std::int64_t kRowsOfThread = 32;
    const std::int64_t rows = kRowsOfThread * perRow;
    return {dim3(static_cast<unsigned>(norm.pictures), static_cast<unsigned>((norm.rows + rows - 1) / rows)), perRow * channels, rows};
}

struct Place {
    std::int64_t channel, first, end, step; // elements first, first + step, … before end of the picture
    __device__ Place(const GpuGroupNorm& norm, std::int64_t rows) {
        const std::int64_t begin = blockIdx.y * rows, last = begin + rows < norm.rows ? begin + rows : norm.rows;
        channel = threadIdx.x % norm.channels;
        first = begin * norm.channels + threadIdx.x;
        end = last * norm.channels;
        step = blockDim.x;
    }
};

struct Moments {
    float mean, scale; // scale: one over the spread
};

__device__ Moments momentsOf(const GpuGroupNorm& norm, std::int64_t channel) {
    const std::int64_t size = norm.channels / norm.groups;
    const double* sums = norm.sums + (blockIdx.x * norm.groups + channel / size) * 2;
    const double count = static_cast<double>(norm.rows * size), mean = sums[0] / count, variance = sums[1] / count - mean * mean;
    return {static_cast<float>(mean), static_cast<float>(1 / sqrt((variance > 0 ? variance : 0) + norm.eps))};
}

template <typename In>
__global__ void sumUp(GpuGroupNorm norm, std::int64_t rows) {
    extern __shared__ double groups[]; // [groups][2]
    for (std::int64_t i = threadIdx.x; i < 2 * norm.groups; i += blockDim.x)
        groups[i] = 0;
    __syncthreads();
    const Place place(norm, rows);
    const In* x = static_cast<const In*>(norm.x) + blockIdx.x * norm.rows * norm.channels;
    double sum = 0, squares = 0;
    for (std::int64_t i = place.first; i < place.end; i += place.step) {
        const double value = load(x + i);
        sum += value;
        squares += value * value;
    }
    const std::int64_t group = place.channel / (norm.channels / norm.groups);
    atomicAdd(groups + 2 * group, sum);
    atomicAdd(groups + 2 * group + 1, squares);
    __syncthreads();
    for (std::int64_t i = threadIdx.x; i < 2 * norm.groups; i += blockDim.x)
        atomicAdd(norm.sums + blockIdx.x * norm.groups * 2 + i, groups[i]);
}

__device__ float sigmoid(float z) { return 1 / (1 + __expf(-z)); }

template <typename In, typename Out>
__global__ void normalise(GpuGroupNorm norm, std::int64_t rows, Out* y) {
    const Place place(norm, rows);
    const Moments moments = momentsOf(norm, place.channel);
    const float gamma = norm.gamma[blockIdx.x * norm.gammaStride + place.channel], beta = norm.beta[blockIdx.x * norm.gammaStride + place.channel];
    const std::int64_t picture = blockIdx.x * norm.rows * norm.channels;
    const In* x = static_cast<const In*>(norm.x) + picture;
    for (std::int64_t i = place.first; i < place.end; i += place.step) {
        const float z = (load(x + i) - moments.mean) * moments.scale * gamma + beta;
        store(y + picture + i, norm.silu ? z * sigmoid(z) : z);
    }
}

// The slope of z = normalised * gamma + beta.
__device__ float slopeBefore(const GpuGroupNorm& norm, float normalised, float gamma, float beta, float dy) {
    if (!norm.silu)
        return dy;
    const float z = normalised * gamma + beta, s = sigmoid(z);
    return dy * s * (1 + z * (1 - s));
}

template <typename In, typename Out>
__global__ void sumSlopes(GpuGroupNorm norm, std::int64_t rows, const Out* dy, float* slopes) {
    extern __shared__ float channels[]; // [channels][2]
    for (std::int64_t i = threadIdx.x; i < 2 * norm.channels; i += blockDim.x)
        channels[i] = 0;
    __syncthreads();
    const Place place(norm, rows);
    const Moments moments = momentsOf(norm, place.channel);
    const float gamma = norm.gamma[blockIdx.x * norm.gammaStride + place.channel], beta = norm.beta[blockIdx.x * norm.gammaStride + place.channel];
    const std::int64_t picture = blockIdx.x * norm.rows * norm.channels;
    const In* x = static_cast<const In*>(norm.x) + picture;
    float ofGamma = 0, ofBeta = 0;
    for (std::int64_t i = place.first; i < place.end; i += place.step) {
        const float normalised = (load(x + i) - moments.mean) * moments.scale;
        const float slope = slopeBefore(norm, normalised, gamma, beta, load(dy + picture + i));
        ofGamma += slope * normalised;
        ofBeta += slope;
    }
    atomicAdd(channels + 2 * place.channel, ofGamma);
    atomicAdd(channels + 2 * place.channel + 1, ofBeta);
    __syncthreads();
    for (std::int64_t i = threadIdx.x; i < 2 * norm.channels; i += blockDim.x)
        atomicAdd(slopes + blockIdx.x * norm.channels * 2 + i, channels[i]);
}

template <typename In, typename Out>
__global__ void inputSlopes(GpuGroupNorm norm, std::int64_t rows, const Out* dy, const float* slopes, In* dx) {
    const Place place(norm, rows);
    const Moments moments = momentsOf(norm, place.channel);
    const float* gammas = norm.gamma + blockIdx.x * norm.gammaStride;
    const float gamma = gammas[place.channel], beta = norm.beta[blockIdx.x * norm.gammaStride + place.channel];
    const std::int64_t size = norm.channels / norm.groups, begin = place.channel / size * size;
    float alongX = 0, all = 0; // of the group, through its spread and its mean
    for (std::int64_t c = begin; c < begin + size; ++c) {
        alongX += gammas[c] * slopes[(blockIdx.x * norm.channels + c) * 2];
        all += gammas[c] * slopes[(blockIdx.x * norm.channels + c) * 2 + 1];
    }
    const float share = 1 / static_cast<float>(norm.rows * size);
    const std::int64_t picture = blockIdx.x * norm.rows * norm.channels;
    const In* x = static_cast<const In*>(norm.x) + picture;
    for (std::int64_t i = place.first; i < place.end; i += place.step) {
        const float normalised = (load(x + i) - moments.mean) * moments.scale;
        const float slope = slopeBefore(norm, normalised, gamma, beta, load(dy + picture + i));
        store(dx + picture + i, moments.scale * (gamma * slope - (all + normalised * alongX) * share));
    }
}

void groupNorm(const GpuGroupNorm& norm, void* y) {
    const Cut c = cut(norm);
    withType(norm.in, [&](auto in) {
        using In = decltype(in);
        sumUp<In><<<c.grid, c.threads, 2 * norm.groups * sizeof(double), currentStream()>>>(norm, c.rows);
        withType(norm.out, [&](auto out) {
            using Out = decltype(out);
            normalise<In, Out><<<c.grid, c.threads, 0, currentStream()>>>(norm, c.rows, static_cast<Out*>(y));
        });
    });
}

void groupNormSlopes(const GpuGroupNorm& norm, const void* dy, float* slopes, void* dx) {
    const Cut c = cut(norm);
    withType(norm.in, [&](auto in) {
        withType(norm.out, [&](auto out) {
            using In = decltype(in);
            using Out = decltype(out);
            sumSlopes<In, Out><<<c.grid, c.threads, 2 * norm.channels * sizeof(float), currentStream()>>>(norm, c.rows, static_cast<const Out*>(dy), slopes);
            inputSlopes<In, Out><<<c.grid, c.threads, 0, currentStream()>>>(norm, c.rows, static_cast<const Out*>(dy), slopes, static_cast<In*>(dx));
        });
    });
}

// Temporal attention ----------------------------------------------------------------------------------------------------

constexpr int kMostGpuFrames = 32;

// A thread is one frame of one head of one pixel: of (batch, frame, pixel, head), heads together in memory.
struct Row {
    bool inside;
    std::int64_t own, first, step; // elements: its own, frame 0's, from frame to frame
    __device__ explicit Row(const GpuTemporalAttention& a) {
        const std::int64_t index = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
        const std::int64_t perFrame = a.pixels * a.heads;
        inside = index < a.batch * a.frames * perFrame;
        const std::int64_t clip = index / (a.frames * perFrame), within = index % perFrame;
        own = index * a.width;
        first = (clip * a.frames * perFrame + within) * a.width;
        step = perFrame * a.width;
    }
};

template <typename T>
__device__ float dot(const T* a, const T* b, std::int64_t width) {
    float sum = 0;
    for (std::int64_t c = 0; c < width; ++c)
        sum += load(a + c) * load(b + c);
    return sum;
}

// The weights of query q over the frames' keys.
template <typename T>
__device__ void weightsOf(const GpuTemporalAttention& a, const T* q, std::int64_t first, std::int64_t step, float* weights) {
    const float scale = rsqrtf(static_cast<float>(a.width));
    float most = -1e30f, sum = 0;
    for (std::int64_t j = 0; j < a.frames; ++j) {
        weights[j] = scale * dot(q, static_cast<const T*>(a.k) + first + j * step, a.width);
        most = fmaxf(most, weights[j]);
    }
    for (std::int64_t j = 0; j < a.frames; ++j)
        sum += weights[j] = __expf(weights[j] - most);
    for (std::int64_t j = 0; j < a.frames; ++j)
        weights[j] /= sum;
}

template <typename T>
__global__ void attend(GpuTemporalAttention a, T* out) {
    const Row row(a);
    if (!row.inside)
        return;
    float weights[kMostGpuFrames];
    weightsOf(a, static_cast<const T*>(a.q) + row.own, row.first, row.step, weights);
    for (std::int64_t c = 0; c < a.width; ++c) {
        float sum = 0;
        for (std::int64_t j = 0; j < a.frames; ++j)
            sum += weights[j] * load(static_cast<const T*>(a.v) + row.first + j * row.step + c);
        store(out + row.own + c, sum);
    }
}

// A thread is a query and gives its share of all keys and values to sums in shared memory, which all frames of a pixel's head
// have to themselves: the block is [frames][lanes].
template <typename T>
__global__ void attendSlopes(GpuTemporalAttention a, const T* dout, T* dq, T* dk, T* dv) {
    extern __shared__ float shared[]; // keys, then values: [lane][frame][width]
    const int lanes = static_cast<int>(blockDim.x), frame = static_cast<int>(threadIdx.y), frames = static_cast<int>(a.frames), width = static_cast<int>(a.width);
    const std::int64_t perFrame = a.pixels * a.heads, index = static_cast<std::int64_t>(blockIdx.x) * lanes + threadIdx.x;
    const bool inside = index < a.batch * perFrame;
    const std::int64_t first = (index / perFrame * frames * perFrame + index % perFrame) * width, step = perFrame * width, own = first + frame * step;
    float* keys = shared + (threadIdx.x * frames) * width;
    float* values = keys + lanes * frames * width;
    for (int c = 0; c < width; ++c)
        keys[frame * width + c] = values[frame * width + c] = 0;
    __syncthreads();
    if (inside) {
        const T *q = static_cast<const T*>(a.q) + own, *slope = dout + own;
        const float scale = rsqrtf(static_cast<float>(width));
        float weights[kMostGpuFrames], slopes[kMostGpuFrames], mean = 0;
        weightsOf(a, q, first, step, weights);
        for (int j = 0; j < frames; ++j) {
            slopes[j] = dot(slope, static_cast<const T*>(a.v) + first + j * step, width);
            mean += weights[j] * slopes[j];
        }
        for (int j = 0; j < frames; ++j)
            slopes[j] = scale * weights[j] * (slopes[j] - mean);
        for (int c = 0; c < width; ++c) {
            float sum = 0;
            const float query = load(q + c), above = load(slope + c);
            for (int turn = 0; turn < frames; ++turn) {
                const int j = (frame + turn) % frames; // not all at one place
                sum += slopes[j] * load(static_cast<const T*>(a.k) + first + j * step + c);
                atomicAdd(keys + j * width + c, slopes[j] * query);
                atomicAdd(values + j * width + c, weights[j] * above);
            }
            store(dq + own + c, sum);
        }
    }
    __syncthreads();
    if (inside)
        for (int c = 0; c < width; ++c) {
            store(dk + own + c, keys[frame * width + c]);
            store(dv + own + c, values[frame * width + c]);
        }
}

void temporalAttention(const GpuTemporalAttention& a, void* out) {
    constexpr int kThreads = 256;
    const std::int64_t rows = a.batch * a.frames * a.pixels * a.heads;
    withType(a.type, [&](auto type) {
        using T = decltype(type);
        attend<T><<<static_cast<unsigned>((rows + kThreads - 1) / kThreads), kThreads, 0, currentStream()>>>(a, static_cast<T*>(out));
    });
}

void temporalAttentionSlopes(const GpuTemporalAttention& a, const void* dout, void* dq, void* dk, void* dv) {
    constexpr std::int64_t kMostShared = 40 * 1024;
    const std::int64_t perLane = 2 * a.frames * a.width * static_cast<std::int64_t>(sizeof(float));
    std::int64_t lanes = 32;
    while (lanes > 1 && (lanes * perLane > kMostShared || lanes * a.frames > 1024))
        lanes /= 2;
    const std::int64_t rows = a.batch * a.pixels * a.heads;
    withType(a.type, [&](auto type) {
        using T = decltype(type);
        attendSlopes<T><<<static_cast<unsigned>((rows + lanes - 1) / lanes), dim3(static_cast<unsigned>(lanes), static_cast<unsigned>(a.frames)), static_cast<std::size_t>(lanes * perLane), currentStream()>>>(
            a, static_cast<const T*>(dout), static_cast<T*>(dq), static_cast<T*>(dk), static_cast<T*>(dv));
    });
}

} // namespace

extern "C" __attribute__((visibility("default"))) const GpuKernels* s1GpuKernels() {
    static const GpuKernels kernels{groupNorm, groupNormSlopes, temporalAttention, temporalAttentionSlopes, record};
    return &kernels;
}

} // namespace s1::nn
