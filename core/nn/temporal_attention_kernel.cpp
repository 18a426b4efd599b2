#include "nn/temporal_attention_kernel.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <cmath>
#include <vector>

namespace s1::nn {

namespace {

using at::Tensor;

struct Shape {
    std::int64_t batch, frames, pixels, width, heads, d;
    Shape(const Tensor& q, std::int64_t h)
        : batch(q.size(0)), frames(q.size(1)), pixels(q.size(2)), width(q.size(3)), heads(h), d(width / h) {}
    std::int64_t row(std::int64_t b, std::int64_t f, std::int64_t p) const { return ((b * frames + f) * pixels + p) * width; }
    float scale() const { return 1 / std::sqrt(static_cast<float>(d)); }
};

// softmax(q k' scale) of one pixel and head, into weights [F, F].
void softmaxWeights(const Shape& s, const float* q, const float* k, std::int64_t b, std::int64_t p, std::int64_t head, float* weights) {
    const std::int64_t F = s.frames, offset = head * s.d;
    for (std::int64_t i = 0; i < F; ++i) {
        const float* qi = q + s.row(b, i, p) + offset;
        float* w = weights + i * F;
        float most = -INFINITY;
        for (std::int64_t j = 0; j < F; ++j) {
            const float* kj = k + s.row(b, j, p) + offset;
            float dot = 0;
            for (std::int64_t c = 0; c < s.d; ++c)
                dot += qi[c] * kj[c];
            w[j] = dot * s.scale();
            most = std::max(most, w[j]);
        }
        float sum = 0;
        for (std::int64_t j = 0; j < F; ++j) {
            w[j] = std::exp(w[j] - most);
            sum += w[j];
        }
        for (std::int64_t j = 0; j < F; ++j)
            w[j] /= sum;
    }
}

template <typename Work>
void forEachPixel(const Shape& s, const Work& work) {
    at::parallel_for(0, s.batch * s.pixels, 16, [&](std::int64_t begin, std::int64_t end) {
        std::vector<float> weights(static_cast<std::size_t>(s.frames * s.frames)), slopes(weights.size());
        for (std::int64_t i = begin; i < end; ++i)
            for (std::int64_t head = 0; head < s.heads; ++head)
                work(i / s.pixels, i % s.pixels, head, weights.data(), slopes.data());
    });
}

struct TemporalAttention : torch::autograd::Function<TemporalAttention> {
    static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& q, const Tensor& k, const Tensor& v, std::int64_t heads) {
        const Shape s(q, heads);
        Tensor out = at::empty_like(q);
        const float *qp = q.const_data_ptr<float>(), *kp = k.const_data_ptr<float>(), *vp = v.const_data_ptr<float>();
        float* op = out.data_ptr<float>();
        forEachPixel(s, [&](std::int64_t b, std::int64_t p, std::int64_t head, float* weights, float*) {
            softmaxWeights(s, qp, kp, b, p, head, weights);
            for (std::int64_t i = 0; i < s.frames; ++i) {
                float* o = op + s.row(b, i, p) + head * s.d;
                for (std::int64_t c = 0; c < s.d; ++c)
                    o[c] = 0;
                for (std::int64_t j = 0; j < s.frames; ++j) {
                    const float w = weights[i * s.frames + j];
                    const float* vj = vp + s.row(b, j, p) + head * s.d;
                    for (std::int64_t c = 0; c < s.d; ++c)
                        o[c] += w * vj[c];
                }
            }
        });
        context->save_for_backward({q, k, v});
        context->saved_data["heads"] = heads;
        return out;
    }

    // The weights are cheaper to make again than to keep.
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const Shape s(saved[0], context->saved_data["heads"].toInt());
        const Tensor go = gradients[0].contiguous();
        Tensor gq = at::zeros_like(saved[0]), gk = at::zeros_like(saved[0]), gv = at::zeros_like(saved[0]);
        const float *qp = saved[0].const_data_ptr<float>(), *kp = saved[1].const_data_ptr<float>(), *vp = saved[2].const_data_ptr<float>();
        const float* gp = go.const_data_ptr<float>();
        float *gqp = gq.data_ptr<float>(), *gkp = gk.data_ptr<float>(), *gvp = gv.data_ptr<float>();
        forEachPixel(s, [&](std::int64_t b, std::int64_t p, std::int64_t head, float* weights, float* slopes) {
            softmaxWeights(s, qp, kp, b, p, head, weights);
            const std::int64_t offset = head * s.d;
            for (std::int64_t i = 0; i < s.frames; ++i) {
                const float* g = gp + s.row(b, i, p) + offset;
                float mean = 0; // sum over j of w dw, the softmax's coupling
                for (std::int64_t j = 0; j < s.frames; ++j) {
                    const float* vj = vp + s.row(b, j, p) + offset;
                    float* gvj = gvp + s.row(b, j, p) + offset;
                    const float w = weights[i * s.frames + j];
                    float dot = 0;
                    for (std::int64_t c = 0; c < s.d; ++c) {
                        dot += g[c] * vj[c];
                        gvj[c] += w * g[c];
                    }
                    slopes[i * s.frames + j] = dot;
                    mean += w * dot;
                }
                const float* qi = qp + s.row(b, i, p) + offset;
                float* gqi = gqp + s.row(b, i, p) + offset;
                for (std::int64_t j = 0; j < s.frames; ++j) {
                    const float slope = weights[i * s.frames + j] * (slopes[i * s.frames + j] - mean) * s.scale();
                    const float* kj = kp + s.row(b, j, p) + offset;
                    float* gkj = gkp + s.row(b, j, p) + offset;
                    for (std::int64_t c = 0; c < s.d; ++c) {
                        gqi[c] += slope * kj[c];
                        gkj[c] += slope * qi[c];
                    }
                }
            }
        });
        return {gq, gk, gv, Tensor()};
    }
};

} // namespace

Tensor temporalAttention(const Tensor& q, const Tensor& k, const Tensor& v, std::int64_t heads) {
    return TemporalAttention::apply(q.contiguous(), k.contiguous(), v.contiguous(), heads);
}

} // namespace s1::nn
