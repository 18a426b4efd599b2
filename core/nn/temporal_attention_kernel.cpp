#include "nn/temporal_attention_kernel.h"

#include "nn/fast_exp.h"
#include "nn/lanes.h"
#include "nn/work.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <cmath>
#include <vector>

namespace s1::nn {

namespace {

using at::Tensor;

// One head of one pixel, transposed: d channels of padded frames; weights are [key frame][padded query frames].
struct Block {
    std::int64_t d, frames, padded;
};

// One factor of a product: where its rows and its columns follow each other.
struct Factor {
    const float* x;
    std::int64_t rows, inner, rowStride, innerStride;
};

// out[r][i] = sum over k of factor[r][k] frames[k][i]
S1_MULTIVERSION void multiply(const Factor& factor, const float* frames, std::int64_t padded, float* out) {
    for (std::int64_t r = 0; r < factor.rows; ++r)
        for (std::int64_t s = 0; s < padded; s += kLanes) {
            Lanes sum{};
            for (std::int64_t k = 0; k < factor.inner; ++k)
                sum += factor.x[r * factor.rowStride + k * factor.innerStride] * lanesAt(frames + k * padded + s);
            lanesAt(out + r * padded + s) = sum;
        }
}

// weights[j][i] = sum over c of keys[c][j] queries[c][i]
void compare(const Block& b, const float* keys, const float* queries, float* weights) {
    multiply({keys, b.frames, b.d, 1, b.padded}, queries, b.padded, weights);
}

// out[c][i] = sum over j of values[c][j] weights[j][i]
void combine(const Block& b, const float* values, const float* weights, float* out) {
    multiply({values, b.d, b.frames, b.padded, 1}, weights, b.padded, out);
}

// Over the keys, of every query.
S1_MULTIVERSION void softmax(const Block& b, float* weights) {
    for (std::int64_t s = 0; s < b.padded; s += kLanes) {
        Lanes most = lanesAt(weights + s), sum{};
        for (std::int64_t j = 1; j < b.frames; ++j) {
            const Lanes w = lanesAt(weights + j * b.padded + s);
            most = w > most ? w : most;
        }
        for (std::int64_t j = 0; j < b.frames; ++j) {
            Lanes& w = lanesAt(weights + j * b.padded + s);
            w -= most;
            for (int i = 0; i < kLanes; ++i)
                w[i] = expFast(w[i]);
            sum += w;
        }
        for (std::int64_t j = 0; j < b.frames; ++j)
            lanesAt(weights + j * b.padded + s) /= sum;
    }
}

// slopes[j][i] of the weights become those of the scores.
S1_MULTIVERSION void softmaxSlopes(const Block& b, const float* weights, float* slopes) {
    for (std::int64_t s = 0; s < b.padded; s += kLanes) {
        Lanes mean{}; // the softmax's coupling
        for (std::int64_t j = 0; j < b.frames; ++j)
            mean += lanesAt(weights + j * b.padded + s) * lanesAt(slopes + j * b.padded + s);
        for (std::int64_t j = 0; j < b.frames; ++j)
            lanesAt(slopes + j * b.padded + s) = lanesAt(weights + j * b.padded + s) * (lanesAt(slopes + j * b.padded + s) - mean);
    }
}

void transpose(const Block& b, const float* x, float* out) {
    for (std::int64_t i = 0; i < b.frames; ++i)
        for (std::int64_t j = 0; j < b.frames; ++j)
            out[i * b.padded + j] = x[j * b.padded + i];
}

struct Shape {
    std::int64_t batch, frames, pixels, width, heads, d;
    Shape(const Tensor& q, std::int64_t h)
        : batch(q.size(0)), frames(q.size(1)), pixels(q.size(2)), width(q.size(3)), heads(h), d(width / h) {}
    float scale() const { return 1 / std::sqrt(static_cast<float>(d)); }
    Block block() const { return {d, frames, (frames + kLanes - 1) / kLanes * kLanes}; }
    std::size_t columns() const { return static_cast<std::size_t>(d * block().padded); }
    std::size_t weights() const { return static_cast<std::size_t>(frames * block().padded); }

    // Where a head of one pixel of all clips lies in the first frame.
    std::int64_t first(std::int64_t pixel, std::int64_t head) const {
        return (pixel / pixels * frames * pixels + pixel % pixels) * width + head * d;
    }
    void load(const float* x, float factor, float* columns) const {
        const std::int64_t padded = block().padded;
        for (std::int64_t f = 0; f < frames; ++f)
            for (std::int64_t c = 0; c < d; ++c)
                columns[c * padded + f] = factor * x[f * pixels * width + c];
    }
    void store(const float* columns, float factor, float* x) const {
        const std::int64_t padded = block().padded;
        for (std::int64_t f = 0; f < frames; ++f)
            for (std::int64_t c = 0; c < d; ++c)
                x[f * pixels * width + c] = factor * columns[c * padded + f];
    }
};

using Buffer = std::vector<float>;

struct TemporalAttention : torch::autograd::Function<TemporalAttention> {
    static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& q, const Tensor& k, const Tensor& v, std::int64_t heads) {
        const Shape s(q, heads);
        const Block block = s.block();
        Tensor out = at::empty_like(q);
        const float *qp = q.const_data_ptr<float>(), *kp = k.const_data_ptr<float>(), *vp = v.const_data_ptr<float>();
        float* op = out.data_ptr<float>();
        at::parallel_for(0, s.batch * s.pixels, 16, [&](std::int64_t begin, std::int64_t end) {
            Buffer queries(s.columns()), keys(s.columns()), values(s.columns()), weights(s.weights());
            for (std::int64_t pixel = begin; pixel < end; ++pixel)
                for (std::int64_t head = 0; head < heads; ++head) {
                    const std::int64_t at = s.first(pixel, head);
                    s.load(qp + at, s.scale(), queries.data());
                    s.load(kp + at, 1, keys.data());
                    s.load(vp + at, 1, values.data());
                    compare(block, keys.data(), queries.data(), weights.data());
                    softmax(block, weights.data());
                    combine(block, values.data(), weights.data(), queries.data());
                    s.store(queries.data(), 1, op + at);
                }
        });
        context->save_for_backward({q, k, v});
        context->saved_data["heads"] = heads;
        return out;
    }

    // The weights are cheaper to make again than to keep.
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const std::int64_t heads = context->saved_data["heads"].toInt();
        const Shape s(saved[0], heads);
        const Block block = s.block();
        const Tensor go = gradients[0].contiguous();
        Tensor gq = at::empty_like(saved[0]), gk = at::empty_like(saved[0]), gv = at::empty_like(saved[0]);
        const float *qp = saved[0].const_data_ptr<float>(), *kp = saved[1].const_data_ptr<float>(), *vp = saved[2].const_data_ptr<float>();
        const float* gp = go.const_data_ptr<float>();
        float *gqp = gq.data_ptr<float>(), *gkp = gk.data_ptr<float>(), *gvp = gv.data_ptr<float>();
        at::parallel_for(0, s.batch * s.pixels, 16, [&](std::int64_t begin, std::int64_t end) {
            Buffer queries(s.columns()), keys(s.columns()), values(s.columns()), outs(s.columns()), result(s.columns());
            Buffer weights(s.weights()), slopes(s.weights()), turned(s.weights());
            for (std::int64_t pixel = begin; pixel < end; ++pixel)
                for (std::int64_t head = 0; head < heads; ++head) {
                    const std::int64_t at = s.first(pixel, head);
                    s.load(qp + at, s.scale(), queries.data());
                    s.load(kp + at, 1, keys.data());
                    s.load(vp + at, 1, values.data());
                    s.load(gp + at, 1, outs.data());
                    compare(block, keys.data(), queries.data(), weights.data());
                    softmax(block, weights.data());
                    transpose(block, weights.data(), turned.data());
                    combine(block, outs.data(), turned.data(), result.data());
                    s.store(result.data(), 1, gvp + at);
                    compare(block, values.data(), outs.data(), slopes.data());
                    softmaxSlopes(block, weights.data(), slopes.data());
                    combine(block, keys.data(), slopes.data(), result.data());
                    s.store(result.data(), s.scale(), gqp + at);
                    transpose(block, slopes.data(), turned.data());
                    combine(block, queries.data(), turned.data(), result.data());
                    s.store(result.data(), 1, gkp + at);
                }
        });
        return {gq, gk, gv, Tensor()};
    }
};

} // namespace

Tensor temporalAttention(const Tensor& q, const Tensor& k, const Tensor& v, std::int64_t heads) {
    countWork(4 * q.numel() * k.size(1));
    return TemporalAttention::apply(q.contiguous(), k.contiguous(), v.contiguous(), heads);
}

} // namespace s1::nn
