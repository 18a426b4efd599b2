#include "nn/group_norm_kernel.h"

#include "nn/fast_exp.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <cmath>
#include <cstddef>
#include <vector>

namespace s1::nn {

namespace {

using at::Tensor;

constexpr std::int64_t kChunkRows = 512; // unit of work; fixed, so that sums do not depend on threads
constexpr std::int64_t kShortRows = 32;  // rows summed in f32 before they go to double

[[gnu::always_inline]] inline float sigmoid(float z) { return 1.0f / (1.0f + expFast(-z)); }

// Sums of x - r and (x - r)² per channel over rows, r the picture's first row: near the mean, so that no digits are
// lost when the mean is large against the spread. sums holds [2][C] doubles.
S1_MULTIVERSION void sumRows(const float* __restrict x, const float* __restrict r, std::int64_t rows, std::int64_t channels,
                             float* __restrict scratch, double* __restrict sums) {
    float *__restrict s = scratch, *__restrict q = scratch + channels;
    for (std::int64_t start = 0; start < rows; start += kShortRows) {
        const std::int64_t end = std::min(rows, start + kShortRows);
        for (std::int64_t c = 0; c < 2 * channels; ++c)
            scratch[c] = 0;
        for (std::int64_t row = start; row < end; ++row) {
            const float* __restrict p = x + row * channels;
            for (std::int64_t c = 0; c < channels; ++c) {
                const float d = p[c] - r[c];
                s[c] += d;
                q[c] += d * d;
            }
        }
        for (std::int64_t c = 0; c < 2 * channels; ++c)
            sums[c] += scratch[c];
    }
}

// Per channel of one picture: z = (x - center) a + b. The mean goes off first: folded into b it would cost the digits
// by which it is larger than the spread.
struct Affine {
    const float *center, *a, *b;
};

S1_MULTIVERSION void affineRows(const float* __restrict x, std::int64_t rows, std::int64_t channels, const Affine& affine, float* __restrict y) {
    const float *__restrict m = affine.center, *__restrict a = affine.a, *__restrict b = affine.b;
    for (std::int64_t row = 0; row < rows; ++row)
        for (std::int64_t c = 0; c < channels; ++c)
            y[row * channels + c] = (x[row * channels + c] - m[c]) * a[c] + b[c];
}

// In place and over one pointer, so that the vectoriser has nothing to doubt; the rows are still in the cache.
S1_MULTIVERSION void siluInPlace(float* y, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i)
        y[i] = y[i] * sigmoid(y[i]);
}

[[gnu::always_inline]] inline float siluSlope(float z) {
    const float g = sigmoid(z);
    return g * (1.0f + z * (1.0f - g));
}

// Sums of dz and dz*x per channel, dz = dy * act'(z).
S1_MULTIVERSION void sumGradientRows(const float* __restrict x, const float* __restrict dy, std::int64_t rows, std::int64_t channels, const Affine& affine,
                                     bool silu, float* __restrict scratch, double* __restrict sums) {
    const float *__restrict m = affine.center, *__restrict a = affine.a, *__restrict b = affine.b;
    float *__restrict s = scratch, *__restrict q = scratch + channels;
    for (std::int64_t start = 0; start < rows; start += kShortRows) {
        const std::int64_t end = std::min(rows, start + kShortRows);
        for (std::int64_t c = 0; c < 2 * channels; ++c)
            scratch[c] = 0;
        for (std::int64_t row = start; row < end; ++row) {
            const float *__restrict p = x + row * channels, *__restrict g = dy + row * channels;
            if (silu) {
                for (std::int64_t c = 0; c < channels; ++c) {
                    const float dz = g[c] * siluSlope((p[c] - m[c]) * a[c] + b[c]);
                    s[c] += dz;
                    q[c] += dz * p[c];
                }
            } else {
                for (std::int64_t c = 0; c < channels; ++c) {
                    s[c] += g[c];
                    q[c] += g[c] * p[c];
                }
            }
        }
        for (std::int64_t c = 0; c < 2 * channels; ++c)
            sums[c] += scratch[c];
    }
}

// dx = a dz + u x + v
S1_MULTIVERSION void applyGradientRows(const float* __restrict x, const float* __restrict dy, std::int64_t rows, std::int64_t channels, const Affine& affine,
                                       const float* __restrict u, const float* __restrict v, bool silu, float* __restrict dx) {
    const float *__restrict m = affine.center, *__restrict a = affine.a, *__restrict b = affine.b;
    for (std::int64_t row = 0; row < rows; ++row) {
        const float *__restrict p = x + row * channels, *__restrict g = dy + row * channels;
        float* __restrict out = dx + row * channels;
        if (silu) {
            for (std::int64_t c = 0; c < channels; ++c)
                out[c] = a[c] * (g[c] * siluSlope((p[c] - m[c]) * a[c] + b[c])) + u[c] * p[c] + v[c];
        } else {
            for (std::int64_t c = 0; c < channels; ++c)
                out[c] = a[c] * g[c] + u[c] * p[c] + v[c];
        }
    }
}

S1_MULTIVERSION void widen(const std::uint16_t* __restrict x, std::int64_t count, float* __restrict y) {
    for (std::int64_t i = 0; i < count; ++i)
        y[i] = __builtin_bit_cast(float, static_cast<std::uint32_t>(x[i]) << 16);
}

S1_MULTIVERSION void narrow(const float* __restrict x, std::int64_t count, std::uint16_t* __restrict y) {
    for (std::int64_t i = 0; i < count; ++i) {
        const auto bits = __builtin_bit_cast(std::uint32_t, x[i]);
        y[i] = static_cast<std::uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16); // to the nearest, ties to even
    }
}

// A tensor's numbers as f32: those of bf16 pass through a buffer, so that what is short of memory's speed is half as long.
class Values {
public:
    explicit Values(const Tensor& t) : m_wide(t.scalar_type() == at::kFloat), m_data(static_cast<std::byte*>(t.data_ptr())) {}
    const float* read(std::int64_t at, std::int64_t count, float* buffer) const {
        if (m_wide)
            return wide() + at;
        widen(half() + at, count, buffer);
        return buffer;
    }
    // What write(…) fills is there after it.
    template <typename Write>
    void write(std::int64_t at, std::int64_t count, float* buffer, const Write& write) const {
        write(m_wide ? wide() + at : buffer);
        if (!m_wide)
            narrow(buffer, count, half() + at);
    }

private:
    float* wide() const { return reinterpret_cast<float*>(m_data); }
    std::uint16_t* half() const { return reinterpret_cast<std::uint16_t*>(m_data); }

    bool m_wide;
    std::byte* m_data;
};

// [N, C, ...] -> the same with channels innermost.
Tensor channelsInnermost(const Tensor& x) {
    std::vector<std::int64_t> order{0};
    for (std::int64_t d = 2; d < x.dim(); ++d)
        order.push_back(d);
    order.push_back(1);
    const Tensor inner = x.permute(order).contiguous(); // no copy when it is so already
    std::vector<std::int64_t> back{0, x.dim() - 1};
    for (std::int64_t d = 1; d + 1 < x.dim(); ++d)
        back.push_back(d);
    return inner.permute(back);
}

struct Shape {
    std::int64_t n, channels, rows, chunks;
    explicit Shape(const Tensor& x) : n(x.size(0)), channels(x.size(1)), rows(x.numel() / (n * channels)), chunks((rows + kChunkRows - 1) / kChunkRows) {}

    // work(picture, where its rows begin among the numbers, number of rows, index of the chunk over all pictures, buffer), in
    // pieces of a few rows; buffer holds three pieces.
    template <typename Work>
    void forEachPiece(const Work& work) const {
        at::parallel_for(0, n * chunks, 1, [&](std::int64_t begin, std::int64_t end) {
            std::vector<float> buffer(static_cast<std::size_t>(3 * piece()));
            for (std::int64_t i = begin; i < end; ++i) {
                const std::int64_t first = i % chunks * kChunkRows, last = std::min(first + kChunkRows, rows);
                for (std::int64_t row = first; row < last; row += kShortRows)
                    work(i / chunks, (i / chunks * rows + row) * channels, std::min(kShortRows, last - row), i, buffer.data());
            }
        });
    }
    std::int64_t piece() const { return kShortRows * channels; }
};

Affine affineOf(const Tensor& affine, std::int64_t picture) { // affine: [N, 3, C]
    const std::int64_t channels = affine.size(2);
    const float* center = affine.const_data_ptr<float>() + picture * 3 * channels;
    return {center, center + channels, center + 2 * channels};
}

struct NormFunction : torch::autograd::Function<NormFunction> {
    static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& input, const Tensor& gamma, const Tensor& beta,
                          std::int64_t groups, double eps, bool silu, at::ScalarType type) {
        const Tensor x = channelsInnermost(input);
        const Shape shape(x);
        const std::int64_t C = shape.channels, perGroup = C / groups;
        const Values data(x);
        // The first row of each picture, near its mean.
        std::vector<float> references(static_cast<std::size_t>(shape.n * C));
        for (std::int64_t n = 0; n < shape.n; ++n) {
            float* row = references.data() + n * C;
            std::copy_n(data.read(n * shape.rows * C, C, row), C, row);
        }
        std::vector<double> partial(static_cast<std::size_t>(shape.n * shape.chunks * 2 * C));
        shape.forEachPiece([&](std::int64_t n, std::int64_t at, std::int64_t rows, std::int64_t chunk, float* buffer) {
            sumRows(data.read(at, rows * C, buffer), references.data() + n * C, rows, C, buffer + shape.piece(), partial.data() + chunk * 2 * C);
        });
        // An Affine per picture; mean and 1/std per picture and group. Kept for the backward pass.
        const Tensor affine = at::empty({shape.n, 3, C}), statistics = at::empty({2, shape.n, groups}, at::kDouble);
        double *mean = statistics.data_ptr<double>(), *scale = mean + shape.n * groups;
        const Tensor g = gamma.contiguous(), t = beta.contiguous();
        const float *gp = g.const_data_ptr<float>(), *tp = t.const_data_ptr<float>();
        const std::int64_t affineStride = gamma.dim() == 2 ? C : 0;
        for (std::int64_t n = 0; n < shape.n; ++n)
            for (std::int64_t group = 0; group < groups; ++group) {
                const double rows = static_cast<double>(shape.rows), count = rows * static_cast<double>(perGroup);
                const float* reference = references.data() + n * C;
                std::vector<double> s(static_cast<std::size_t>(perGroup)), q(s.size());
                double m = 0;
                for (std::int64_t i = 0; i < perGroup; ++i) {
                    const std::int64_t c = group * perGroup + i;
                    for (std::int64_t chunk = n * shape.chunks; chunk < (n + 1) * shape.chunks; ++chunk) {
                        s[static_cast<std::size_t>(i)] += partial[static_cast<std::size_t>(chunk * 2 * C + c)];
                        q[static_cast<std::size_t>(i)] += partial[static_cast<std::size_t>(chunk * 2 * C + C + c)];
                    }
                    m += (s[static_cast<std::size_t>(i)] + rows * reference[c]) / count;
                }
                double spread = 0; // sum of (x - m)²
                for (std::int64_t i = 0; i < perGroup; ++i) {
                    const double shift = m - reference[group * perGroup + i];
                    spread += q[static_cast<std::size_t>(i)] - 2 * shift * s[static_cast<std::size_t>(i)] + rows * shift * shift;
                }
                const double r = 1 / std::sqrt(std::max(spread, 0.0) / count + eps);
                mean[n * groups + group] = m;
                scale[n * groups + group] = r;
                const float center = static_cast<float>(m);
                float *centers = affine.data_ptr<float>() + n * 3 * C, *a = centers + C, *b = a + C;
                for (std::int64_t c = group * perGroup; c < (group + 1) * perGroup; ++c) {
                    const double w = gp[n * affineStride + c] * r;
                    centers[c] = center;
                    a[c] = static_cast<float>(w);
                    b[c] = static_cast<float>(tp[n * affineStride + c] - (m - center) * w);
                }
            }
        Tensor y = at::empty_like(x, type);
        const Values out(y);
        shape.forEachPiece([&](std::int64_t n, std::int64_t at, std::int64_t rows, std::int64_t, float* buffer) {
            const float* from = data.read(at, rows * C, buffer);
            out.write(at, rows * C, buffer + shape.piece(), [&](float* to) {
                affineRows(from, rows, C, affineOf(affine, n), to);
                if (silu)
                    siluInPlace(to, rows * C);
            });
        });
        context->save_for_backward({x, gamma, affine, statistics});
        context->saved_data["groups"] = groups;
        context->saved_data["silu"] = silu;
        return y;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor x = saved[0], gamma = saved[1], dy = channelsInnermost(gradients[0]);
        const std::int64_t groups = context->saved_data["groups"].toInt();
        const bool silu = context->saved_data["silu"].toBool();
        const Shape shape(x);
        const std::int64_t C = shape.channels, perGroup = C / groups;
        const double *mean = saved[3].const_data_ptr<double>(), *scale = mean + shape.n * groups;
        const Values data(x), gradient(dy);
        std::vector<double> partial(static_cast<std::size_t>(shape.n * shape.chunks * 2 * C));
        shape.forEachPiece([&](std::int64_t n, std::int64_t at, std::int64_t rows, std::int64_t chunk, float* buffer) {
            const float *from = data.read(at, rows * C, buffer), *slopes = gradient.read(at, rows * C, buffer + shape.piece());
            sumGradientRows(from, slopes, rows, C, affineOf(saved[2], n), silu, buffer + 2 * shape.piece(), partial.data() + chunk * 2 * C);
        });
        const bool perPicture = gamma.dim() == 2;
        Tensor dGamma = at::zeros(gamma.sizes(), at::kDouble), dBeta = at::zeros(gamma.sizes(), at::kDouble);
        double *dg = dGamma.data_ptr<double>(), *db = dBeta.data_ptr<double>();
        const Tensor g = gamma.contiguous();
        const float* gp = g.const_data_ptr<float>();
        std::vector<float> u(static_cast<std::size_t>(shape.n * C)), v(u.size());
        for (std::int64_t n = 0; n < shape.n; ++n)
            for (std::int64_t group = 0; group < groups; ++group) {
                const double m = mean[n * groups + group], r = scale[n * groups + group];
                double sumD = 0, sumDx = 0; // of gamma*dz and gamma*dz*xhat over the group
                for (std::int64_t c = group * perGroup; c < (group + 1) * perGroup; ++c) {
                    double s = 0, q = 0;
                    for (std::int64_t chunk = n * shape.chunks; chunk < (n + 1) * shape.chunks; ++chunk) {
                        s += partial[static_cast<std::size_t>(chunk * 2 * C + c)];
                        q += partial[static_cast<std::size_t>(chunk * 2 * C + C + c)];
                    }
                    const double hat = r * (q - m * s); // sum of dz*xhat
                    const std::int64_t at = (perPicture ? n * C : 0) + c;
                    dg[at] += hat;
                    db[at] += s;
                    sumD += gp[at] * s;
                    sumDx += gp[at] * hat;
                }
                const double count = static_cast<double>(shape.rows * perGroup);
                // dx = r (gamma dz - mean(gamma dz) - xhat mean(gamma dz xhat)), with xhat = r (x - m)
                for (std::int64_t c = group * perGroup; c < (group + 1) * perGroup; ++c) {
                    u[static_cast<std::size_t>(n * C + c)] = static_cast<float>(-r * r * sumDx / count);
                    v[static_cast<std::size_t>(n * C + c)] = static_cast<float>(-r * sumD / count + r * r * m * sumDx / count);
                }
            }
        Tensor dx = at::empty_like(x);
        const Values out(dx);
        shape.forEachPiece([&](std::int64_t n, std::int64_t at, std::int64_t rows, std::int64_t, float* buffer) {
            const float *from = data.read(at, rows * C, buffer), *slopes = gradient.read(at, rows * C, buffer + shape.piece());
            out.write(at, rows * C, buffer + 2 * shape.piece(), [&](float* to) {
                applyGradientRows(from, slopes, rows, C, affineOf(saved[2], n), u.data() + n * C, v.data() + n * C, silu, to);
            });
        });
        return {dx, dGamma.to(at::kFloat), dBeta.to(at::kFloat), Tensor(), Tensor(), Tensor(), Tensor()};
    }
};

} // namespace

Tensor groupNormChannelsLast(const Tensor& x, const Tensor& gamma, const Tensor& beta, std::int64_t groups, double eps, bool silu, at::ScalarType type) {
    return NormFunction::apply(x, gamma, beta, groups, eps, silu, type);
}

} // namespace s1::nn
