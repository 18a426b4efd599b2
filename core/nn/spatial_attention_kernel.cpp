#include "nn/spatial_attention_kernel.h"

#include "nn/attention_loops.h"
#include "nn/work.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <new>

namespace s1::nn {

namespace {

using at::Tensor;

// Keys are taken in parts, [d][part] each, of which the four matrices of a backward pass stay in the first cache.
struct Shape {
    static constexpr std::int64_t kMostInPart = 240;
    std::int64_t n, queries, keys, width, heads, d, parts, part;
    Shape(const Tensor& q, const Tensor& k, std::int64_t h)
        : n(q.size(0)), queries(q.size(1)), keys(k.size(1)), width(q.size(2)), heads(h), d(width / h), parts((keys + kMostInPart - 1) / kMostInPart),
          part(((keys + parts - 1) / parts + kKeysMultiple - 1) / kKeysMultiple * kKeysMultiple) {}
    float scale() const { return 1 / std::sqrt(static_cast<float>(d)); }
    std::size_t columns() const { return static_cast<std::size_t>(parts * d * part); }
    std::int64_t keysIn(std::int64_t i) const { return std::clamp<std::int64_t>(keys - i * part, 0, part); }

    template <typename Work> // work(picture, channel of the head)
    void forEachHead(const Work& work) const {
        at::parallel_for(0, n * heads, 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i)
                work(i / heads, i % heads * d);
        });
    }
    // [keys, width] -> one head's columns, zeros behind the last key.
    void toColumns(const float* x, float* columns) const {
        for (std::int64_t s = 0; s < keys; ++s)
            for (std::int64_t c = 0; c < d; ++c)
                columns[(s / part * d + c) * part + s % part] = x[s * width + c];
    }
    void fromColumns(const float* columns, float* x) const {
        for (std::int64_t s = 0; s < keys; ++s)
            for (std::int64_t c = 0; c < d; ++c)
                x[s * width + c] = columns[(s / part * d + c) * part + s % part];
    }
    // Up to kRows rows of one head, times factor; missing ones are zero.
    void toRows(const float* x, std::int64_t count, float factor, float* rows) const {
        for (std::int64_t i = 0; i < kRows; ++i)
            for (std::int64_t c = 0; c < d; ++c)
                rows[i * d + c] = i < count ? factor * x[i * width + c] : 0.0f;
    }
    // Behind the last key of a part, in each row.
    void pad(float* scores, std::int64_t keysInPart, float value) const {
        for (std::int64_t i = 0; i < kRows; ++i)
            std::fill(scores + i * part + keysInPart, scores + (i + 1) * part, value);
    }
};

// Zeros, at the start of a cache line: else every other wide load would touch two.
class Buffer {
public:
    explicit Buffer(std::size_t count) : m_data(new(kLine) float[count]()), m_count(count) {}
    float* data() const { return m_data.get(); }
    std::size_t size() const { return m_count; }
    float& operator[](std::size_t i) const { return m_data[i]; }
    float* begin() const { return data(); }
    float* end() const { return data() + m_count; }

private:
    static constexpr std::align_val_t kLine{64};
    struct Free {
        void operator()(float* p) const { ::operator delete[](p, kLine); }
    };
    std::unique_ptr<float[], Free> m_data;
    std::size_t m_count;
};

struct SpatialAttention : torch::autograd::Function<SpatialAttention> {
    static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& q, const Tensor& k, const Tensor& v, std::int64_t heads) {
        const Shape s(q, k, heads);
        Tensor out = at::empty_like(q);
        const Tensor logSums = at::empty({s.n, heads, s.queries}); // log of each softmax's sum of exponentials
        const float *qp = q.const_data_ptr<float>(), *kp = k.const_data_ptr<float>(), *vp = v.const_data_ptr<float>();
        float *op = out.data_ptr<float>(), *lp = logSums.data_ptr<float>();
        const AttentionLoops& loops = attentionLoops();
        s.forEachHead([&](std::int64_t n, std::int64_t channel) {
            const auto partSize = s.d * s.part, scoreSize = kRows * s.part;
            Buffer keys(s.columns()), values(s.columns()), weights(static_cast<std::size_t>(s.parts * scoreSize)), rows(static_cast<std::size_t>(kRows * s.d)), mixed(rows.size());
            s.toColumns(kp + n * s.keys * s.width + channel, keys.data());
            s.toColumns(vp + n * s.keys * s.width + channel, values.data());
            float* logs = lp + (n * heads + channel / s.d) * s.queries;
            for (std::int64_t row = 0; row < s.queries; row += kRows) {
                const std::int64_t count = std::min(kRows, s.queries - row), at = (n * s.queries + row) * s.width + channel;
                s.toRows(qp + at, count, s.scale(), rows.data());
                float most[kRows], sums[kRows] = {};
                std::fill_n(most, kRows, -std::numeric_limits<float>::infinity());
                for (std::int64_t j = 0; j < s.parts; ++j) {
                    float* scores = weights.data() + j * scoreSize;
                    loops.multiply(rows.data(), keys.data() + j * partSize, s.d, s.part, scores);
                    s.pad(scores, s.keysIn(j), -std::numeric_limits<float>::infinity());
                    for (std::int64_t i = 0; i < kRows; ++i)
                        most[i] = std::max(most[i], loops.largest(scores + i * s.part, s.part));
                }
                std::fill(rows.begin(), rows.end(), 0.0f);
                for (std::int64_t j = 0; j < s.parts; ++j) {
                    float* scores = weights.data() + j * scoreSize;
                    for (std::int64_t i = 0; i < kRows; ++i)
                        loops.exponentials(scores + i * s.part, most[i], s.part);
                    s.pad(scores, s.keysIn(j), 0);
                    for (std::int64_t i = 0; i < kRows; ++i)
                        sums[i] += loops.total(scores + i * s.part, s.part);
                    loops.mix(scores, values.data() + j * partSize, s.d, s.part, mixed.data());
                    for (std::size_t i = 0; i < rows.size(); ++i)
                        rows[i] += mixed[i];
                }
                for (std::int64_t i = 0; i < count; ++i) {
                    logs[row + i] = most[i] + std::log(sums[i]);
                    for (std::int64_t c = 0; c < s.d; ++c)
                        op[at + i * s.width + c] = rows[static_cast<std::size_t>(i * s.d + c)] / sums[i];
                }
            }
        });
        context->save_for_backward({q, k, v, out, logSums});
        context->saved_data["heads"] = heads;
        return out;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor &q = saved[0], &k = saved[1], &v = saved[2], go = gradients[0].contiguous();
        const std::int64_t heads = context->saved_data["heads"].toInt();
        const Shape s(q, k, heads);
        Tensor gq = at::zeros_like(q), gk = at::empty_like(k), gv = at::empty_like(v);
        const float *qp = q.const_data_ptr<float>(), *kp = k.const_data_ptr<float>(), *vp = v.const_data_ptr<float>();
        const float *op = saved[3].const_data_ptr<float>(), *lp = saved[4].const_data_ptr<float>(), *gp = go.const_data_ptr<float>();
        float *gqp = gq.data_ptr<float>(), *gkp = gk.data_ptr<float>(), *gvp = gv.data_ptr<float>();
        const AttentionLoops& loops = attentionLoops();
        s.forEachHead([&](std::int64_t n, std::int64_t channel) {
            const auto partSize = s.d * s.part;
            Buffer keys(s.columns()), values(s.columns()), keySlopes(s.columns()), valueSlopes(s.columns());
            Buffer weights(static_cast<std::size_t>(kRows * s.part)), slopes(weights.size());
            Buffer rows(static_cast<std::size_t>(kRows * s.d)), outSlopes(rows.size()), rowSlopes(rows.size());
            const std::int64_t keyAt = n * s.keys * s.width + channel;
            s.toColumns(kp + keyAt, keys.data());
            s.toColumns(vp + keyAt, values.data());
            const float* logs = lp + (n * heads + channel / s.d) * s.queries;
            const auto takePart = [&](std::int64_t j, std::int64_t row) {
                const std::int64_t count = std::min(kRows, s.queries - row), at = (n * s.queries + row) * s.width + channel;
                const float *partKeys = keys.data() + j * partSize, *partValues = values.data() + j * partSize;
                s.toRows(qp + at, count, s.scale(), rows.data());
                s.toRows(gp + at, count, 1.0f, outSlopes.data());
                loops.multiply(rows.data(), partKeys, s.d, s.part, weights.data());
                loops.multiply(outSlopes.data(), partValues, s.d, s.part, slopes.data());
                for (std::int64_t i = 0; i < kRows; ++i)
                    loops.exponentials(weights.data() + i * s.part, i < count ? logs[row + i] : 0.0f, s.part);
                s.pad(weights.data(), s.keysIn(j), 0);
                for (std::int64_t i = 0; i < kRows; ++i) {
                    float delta = 0; // the softmax's coupling
                    for (std::int64_t c = 0; c < (i < count ? s.d : 0); ++c)
                        delta += gp[at + i * s.width + c] * op[at + i * s.width + c];
                    loops.softmaxSlopes(weights.data() + i * s.part, delta, s.part, slopes.data() + i * s.part);
                }
                loops.accumulate(outSlopes.data(), weights.data(), s.d, s.part, valueSlopes.data() + j * partSize);
                loops.accumulate(rows.data(), slopes.data(), s.d, s.part, keySlopes.data() + j * partSize);
                loops.mix(slopes.data(), partKeys, s.d, s.part, rowSlopes.data());
                for (std::int64_t i = 0; i < count; ++i)
                    for (std::int64_t c = 0; c < s.d; ++c)
                        gqp[at + i * s.width + c] += s.scale() * rowSlopes[static_cast<std::size_t>(i * s.d + c)];
            };
            for (std::int64_t j = 0; j < s.parts; ++j)
                for (std::int64_t row = 0; row < s.queries; row += kRows)
                    takePart(j, row);
            s.fromColumns(keySlopes.data(), gkp + keyAt);
            s.fromColumns(valueSlopes.data(), gvp + keyAt);
        });
        return {gq, gk, gv, Tensor()};
    }
};

} // namespace

Tensor spatialAttention(const Tensor& q, const Tensor& k, const Tensor& v, std::int64_t heads) {
    countWork(4 * q.numel() * k.size(1));
    return SpatialAttention::apply(q.contiguous(), k.contiguous(), v.contiguous(), heads);
}

} // namespace s1::nn
