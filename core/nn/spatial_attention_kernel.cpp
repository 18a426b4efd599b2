#include "nn/spatial_attention_kernel.h"

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

constexpr std::int64_t kRows = 4; // queries that share what is loaded; keys lie side by side

// rows [kRows][d] times columns [d][count] -> [kRows][count]; count is a multiple of kLanes.
S1_MULTIVERSION void multiply(const float* rows, const float* columns, std::int64_t d, std::int64_t count, float* out) {
    const float *r0 = rows, *r1 = rows + d, *r2 = rows + 2 * d, *r3 = rows + 3 * d;
    for (std::int64_t s = 0; s < count; s += kLanes) {
        Lanes a0{}, a1{}, a2{}, a3{};
        for (std::int64_t c = 0; c < d; ++c) {
            const Lanes column = lanesAt(columns + c * count + s);
            a0 += r0[c] * column;
            a1 += r1[c] * column;
            a2 += r2[c] * column;
            a3 += r3[c] * column;
        }
        lanesAt(out + s) = a0;
        lanesAt(out + count + s) = a1;
        lanesAt(out + 2 * count + s) = a2;
        lanesAt(out + 3 * count + s) = a3;
    }
}

[[gnu::always_inline]] inline float sum(const Lanes& v) { return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7])); }

// weights [kRows][count] times columns [d][count] transposed -> [kRows][d]
S1_MULTIVERSION void mix(const float* weights, const float* columns, std::int64_t d, std::int64_t count, float* out) {
    for (std::int64_t c = 0; c < d; ++c) {
        Lanes a0{}, a1{}, a2{}, a3{};
        for (std::int64_t s = 0; s < count; s += kLanes) {
            const Lanes column = lanesAt(columns + c * count + s);
            a0 += lanesAt(weights + s) * column;
            a1 += lanesAt(weights + count + s) * column;
            a2 += lanesAt(weights + 2 * count + s) * column;
            a3 += lanesAt(weights + 3 * count + s) * column;
        }
        out[c] = sum(a0);
        out[d + c] = sum(a1);
        out[2 * d + c] = sum(a2);
        out[3 * d + c] = sum(a3);
    }
}

// columns [d][count] += rows [kRows][d] transposed times weights [kRows][count]
S1_MULTIVERSION void accumulate(const float* rows, const float* weights, std::int64_t d, std::int64_t count, float* columns) {
    for (std::int64_t c = 0; c < d; ++c) {
        const float r0 = rows[c], r1 = rows[d + c], r2 = rows[2 * d + c], r3 = rows[3 * d + c];
        for (std::int64_t s = 0; s < count; s += kLanes)
            lanesAt(columns + c * count + s) += (r0 * lanesAt(weights + s) + r1 * lanesAt(weights + count + s)) +
                                                (r2 * lanesAt(weights + 2 * count + s) + r3 * lanesAt(weights + 3 * count + s));
    }
}

S1_MULTIVERSION float largest(const float* x, std::int64_t count) {
    Lanes most = lanesAt(x);
    for (std::int64_t s = kLanes; s < count; s += kLanes) {
        const Lanes v = lanesAt(x + s);
        most = v > most ? v : most;
    }
    float result = most[0];
    for (int i = 1; i < kLanes; ++i)
        result = std::max(result, most[i]);
    return result;
}

S1_MULTIVERSION void exponentials(float* x, float shift, std::int64_t count) {
    for (std::int64_t s = 0; s < count; ++s)
        x[s] = expFast(x[s] - shift);
}

S1_MULTIVERSION float total(const float* x, std::int64_t count) {
    Lanes a{};
    for (std::int64_t s = 0; s < count; s += kLanes)
        a += lanesAt(x + s);
    return sum(a);
}

// weights *= slopes - delta, in place of the slopes
S1_MULTIVERSION void softmaxSlopes(const float* __restrict weights, float delta, std::int64_t count, float* __restrict slopes) {
    for (std::int64_t s = 0; s < count; ++s)
        slopes[s] = weights[s] * (slopes[s] - delta);
}

struct Shape {
    std::int64_t n, queries, keys, width, heads, d, padded;
    Shape(const Tensor& q, const Tensor& k, std::int64_t h)
        : n(q.size(0)), queries(q.size(1)), keys(k.size(1)), width(q.size(2)), heads(h), d(width / h),
          padded((keys + kLanes - 1) / kLanes * kLanes) {}
    float scale() const { return 1 / std::sqrt(static_cast<float>(d)); }
    std::size_t columns() const { return static_cast<std::size_t>(d * padded); }

    template <typename Work> // work(picture, channel of the head)
    void forEachHead(const Work& work) const {
        at::parallel_for(0, n * heads, 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i)
                work(i / heads, i % heads * d);
        });
    }
    // [keys, width] -> one head's [d][padded], zeros behind the last key.
    void toColumns(const float* x, float* columns) const {
        for (std::int64_t s = 0; s < keys; ++s)
            for (std::int64_t c = 0; c < d; ++c)
                columns[c * padded + s] = x[s * width + c];
    }
    void fromColumns(const float* columns, float* x) const {
        for (std::int64_t s = 0; s < keys; ++s)
            for (std::int64_t c = 0; c < d; ++c)
                x[s * width + c] = columns[c * padded + s];
    }
    // Up to kRows rows of one head, times factor; missing ones are zero.
    void toRows(const float* x, std::int64_t count, float factor, float* rows) const {
        for (std::int64_t i = 0; i < kRows; ++i)
            for (std::int64_t c = 0; c < d; ++c)
                rows[i * d + c] = i < count ? factor * x[i * width + c] : 0.0f;
    }
    void fromRows(const float* rows, std::int64_t count, float* x) const {
        for (std::int64_t i = 0; i < count; ++i)
            std::copy_n(rows + i * d, d, x + i * width);
    }
    // Behind the last key of each row: its first score before the maximum is looked for, 0 before the sums.
    void padWithFirst(float* scores) const {
        for (std::int64_t i = 0; i < kRows; ++i)
            std::fill(scores + i * padded + keys, scores + (i + 1) * padded, scores[i * padded]);
    }
    void padWithZero(float* weights) const {
        for (std::int64_t i = 0; i < kRows; ++i)
            std::fill(weights + i * padded + keys, weights + (i + 1) * padded, 0.0f);
    }
};

using Buffer = std::vector<float>;

struct SpatialAttention : torch::autograd::Function<SpatialAttention> {
    static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& q, const Tensor& k, const Tensor& v, std::int64_t heads) {
        const Shape s(q, k, heads);
        Tensor out = at::empty_like(q);
        const Tensor logSums = at::empty({s.n, heads, s.queries}); // log of each softmax's sum of exponentials
        const float *qp = q.const_data_ptr<float>(), *kp = k.const_data_ptr<float>(), *vp = v.const_data_ptr<float>();
        float *op = out.data_ptr<float>(), *lp = logSums.data_ptr<float>();
        s.forEachHead([&](std::int64_t n, std::int64_t channel) {
            Buffer keys(s.columns()), values(s.columns()), weights(static_cast<std::size_t>(kRows * s.padded)), rows(static_cast<std::size_t>(kRows * s.d));
            s.toColumns(kp + n * s.keys * s.width + channel, keys.data());
            s.toColumns(vp + n * s.keys * s.width + channel, values.data());
            float* logs = lp + (n * heads + channel / s.d) * s.queries;
            for (std::int64_t row = 0; row < s.queries; row += kRows) {
                const std::int64_t count = std::min(kRows, s.queries - row), at = (n * s.queries + row) * s.width + channel;
                s.toRows(qp + at, count, s.scale(), rows.data());
                multiply(rows.data(), keys.data(), s.d, s.padded, weights.data());
                s.padWithFirst(weights.data());
                float most[kRows];
                for (std::int64_t i = 0; i < kRows; ++i) {
                    most[i] = largest(weights.data() + i * s.padded, s.padded);
                    exponentials(weights.data() + i * s.padded, most[i], s.padded);
                }
                s.padWithZero(weights.data());
                mix(weights.data(), values.data(), s.d, s.padded, rows.data());
                for (std::int64_t i = 0; i < count; ++i) {
                    const float sumOfExponentials = total(weights.data() + i * s.padded, s.padded);
                    logs[row + i] = most[i] + std::log(sumOfExponentials);
                    for (std::int64_t c = 0; c < s.d; ++c)
                        rows[static_cast<std::size_t>(i * s.d + c)] /= sumOfExponentials;
                }
                s.fromRows(rows.data(), count, op + at);
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
        Tensor gq = at::empty_like(q), gk = at::empty_like(k), gv = at::empty_like(v);
        const float *qp = q.const_data_ptr<float>(), *kp = k.const_data_ptr<float>(), *vp = v.const_data_ptr<float>();
        const float *op = saved[3].const_data_ptr<float>(), *lp = saved[4].const_data_ptr<float>(), *gp = go.const_data_ptr<float>();
        float *gqp = gq.data_ptr<float>(), *gkp = gk.data_ptr<float>(), *gvp = gv.data_ptr<float>();
        s.forEachHead([&](std::int64_t n, std::int64_t channel) {
            Buffer keys(s.columns()), values(s.columns()), keySlopes(s.columns()), valueSlopes(s.columns());
            Buffer weights(static_cast<std::size_t>(kRows * s.padded)), slopes(weights.size());
            Buffer rows(static_cast<std::size_t>(kRows * s.d)), outSlopes(rows.size()), rowSlopes(rows.size());
            const std::int64_t keyAt = n * s.keys * s.width + channel;
            s.toColumns(kp + keyAt, keys.data());
            s.toColumns(vp + keyAt, values.data());
            const float* logs = lp + (n * heads + channel / s.d) * s.queries;
            for (std::int64_t row = 0; row < s.queries; row += kRows) {
                const std::int64_t count = std::min(kRows, s.queries - row), at = (n * s.queries + row) * s.width + channel;
                s.toRows(qp + at, count, s.scale(), rows.data());
                s.toRows(gp + at, count, 1.0f, outSlopes.data());
                multiply(rows.data(), keys.data(), s.d, s.padded, weights.data());
                multiply(outSlopes.data(), values.data(), s.d, s.padded, slopes.data());
                for (std::int64_t i = 0; i < kRows; ++i)
                    exponentials(weights.data() + i * s.padded, i < count ? logs[row + i] : 0.0f, s.padded);
                s.padWithZero(weights.data());
                for (std::int64_t i = 0; i < kRows; ++i) {
                    float delta = 0; // the softmax's coupling
                    for (std::int64_t c = 0; c < (i < count ? s.d : 0); ++c)
                        delta += gp[at + i * s.width + c] * op[at + i * s.width + c];
                    softmaxSlopes(weights.data() + i * s.padded, delta, s.padded, slopes.data() + i * s.padded);
                }
                accumulate(outSlopes.data(), weights.data(), s.d, s.padded, valueSlopes.data());
                accumulate(rows.data(), slopes.data(), s.d, s.padded, keySlopes.data());
                mix(slopes.data(), keys.data(), s.d, s.padded, rowSlopes.data());
                for (float& slope : rowSlopes)
                    slope *= s.scale();
                s.fromRows(rowSlopes.data(), count, gqp + at);
            }
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
