#include "nn/embeddings.h"

#include "weights/stored_weight.h"

#include <cmath>

namespace s1::nn {

Tensor sinusoid(const Tensor& t, std::int64_t dim, bool flipSinToCos, double freqShift) {
    const std::int64_t half = dim / 2;
    const Tensor exponent =
        -std::log(10000.0) * at::arange(half, t.options().dtype(at::kFloat)) / (static_cast<double>(half) - freqShift);
    const Tensor args = t.to(at::kFloat).unsqueeze(1) * exponent.exp().unsqueeze(0);
    return flipSinToCos ? at::cat({args.cos(), args.sin()}, 1) : at::cat({args.sin(), args.cos()}, 1);
}

TimestepEmbedding::TimestepEmbedding(std::int64_t in, std::int64_t dim, Activation activation)
    : m_activation(activation), m_linear1(add<Linear>("linear_1", in, dim)), m_linear2(add<Linear>("linear_2", dim, dim)) {}

Tensor TimestepEmbedding::forward(const Tensor& x) const {
    return m_linear2->forward(activate(m_linear1->forward(x), m_activation));
}

TextTimeEmbedding::AttentionPooling::AttentionPooling(std::int64_t heads, std::int64_t dim)
    : m_heads(heads), m_position(register_parameter("positional_embedding", weights::newParameter({1, dim}))),
      m_q(add<Linear>("q_proj", dim, dim)), m_k(add<Linear>("k_proj", dim, dim)), m_v(add<Linear>("v_proj", dim, dim)) {}

Tensor TextTimeEmbedding::AttentionPooling::forward(const Tensor& x) const {
    const auto batch = x.size(0), dim = x.size(2), headDim = dim / m_heads;
    const Tensor cls = x.mean(1, true) + weights::valueOf(m_position); // [B, 1, D]
    const Tensor all = at::cat({cls, x}, 1);           // [B, 1+L, D]
    const auto split = [&](const Tensor& t) { return t.view({batch, -1, m_heads, headDim}).transpose(1, 2); };
    const double scale = 1 / std::sqrt(std::sqrt(static_cast<double>(headDim)));
    const Tensor q = split(m_q->forward(cls)) * scale, k = split(m_k->forward(all)) * scale, v = split(m_v->forward(all));
    const Tensor weights = at::softmax(at::matmul(q, k.transpose(-1, -2)), -1, at::kFloat).to(q.scalar_type());
    return at::matmul(weights, v).transpose(1, 2).reshape({batch, dim});
}

TextTimeEmbedding::TextTimeEmbedding(std::int64_t textDim, std::int64_t dim, std::int64_t heads)
    : m_norm1(add<LayerNorm>("norm1", textDim)), m_norm2(add<LayerNorm>("norm2", dim)),
      m_pool(add<AttentionPooling>("pool", heads, textDim)), m_proj(add<Linear>("proj", textDim, dim)) {}

Tensor TextTimeEmbedding::forward(const Tensor& text) const {
    return m_norm2->forward(m_proj->forward(m_pool->forward(m_norm1->forward(text))));
}

namespace {

constexpr std::int64_t kWavesDown = 4, kWavesAcross = 6, kMaps = 16;

// [count, size]: the first cosines of a picture's side.
Tensor waves(std::int64_t count, std::int64_t size, const at::TensorOptions& options) {
    const Tensor middles = (at::arange(size, options) + 0.5) * (M_PI / static_cast<double>(size));
    return (at::arange(count, options).unsqueeze(1) * middles).cos();
}

} // namespace

PlaceEmbedding::PlaceEmbedding(std::int64_t timeDim, std::int64_t channels)
    : m_heights(add<Linear>("heights", timeDim, kMaps * kWavesDown * kWavesAcross)), m_proj(add<Linear>("proj", kMaps, channels)) {}

Tensor PlaceEmbedding::forward(const Tensor& x, const Tensor& time, const Tensor& share) const {
    const Tensor heights = m_heights->forward(activate(time, Activation::Silu)).to(x.scalar_type()).view({-1, kMaps, kWavesDown, kWavesAcross});
    const Tensor rows = at::matmul(heights, waves(kWavesAcross, x.size(3), x.options())); // [M, maps, down, W]
    const Tensor maps = at::matmul(waves(kWavesDown, x.size(2), x.options()).t(), rows);  // [M, maps, H, W]
    const Tensor map = share.view({-1, 1, 1, 1}) * m_proj->forward(maps.permute({0, 2, 3, 1})).permute({0, 3, 1, 2});
    return x + map.repeat_interleave(x.size(0) / map.size(0), 0);
}

} // namespace s1::nn
