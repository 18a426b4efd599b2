#pragma once

#include "nn/layers.h"

namespace s1::nn {

// t [B] -> [B, dim] f32: [cos(t*f), sin(t*f)] with f_k = exp(-ln(10000) k / (dim/2 - freqShift)) when flipped, as in
// every published config, else [sin, cos].
Tensor sinusoid(const Tensor& t, std::int64_t dim, bool flipSinToCos, double freqShift);

// The two-layer MLP over a sinusoid: [B, in] -> [B, dim].
class TimestepEmbedding : public Module {
public:
    TimestepEmbedding(std::int64_t in, std::int64_t dim, Activation activation);
    Tensor forward(const Tensor& x) const;

private:
    Activation m_activation;
    std::shared_ptr<Linear> m_linear1, m_linear2;
};

// Pools the text into one vector for the time embedding (TextTimeEmbedding, show1.md 3.2): [B, L, D] -> [B, dim].
class TextTimeEmbedding : public Module {
public:
    TextTimeEmbedding(std::int64_t textDim, std::int64_t dim, std::int64_t heads);
    Tensor forward(const Tensor& text) const;

private:
    class AttentionPooling : public Module {
    public:
        AttentionPooling(std::int64_t heads, std::int64_t dim);
        Tensor forward(const Tensor& x) const;

    private:
        std::int64_t m_heads;
        Tensor m_position;
        std::shared_ptr<Linear> m_q, m_k, m_v;
    };

    std::shared_ptr<LayerNorm> m_norm1, m_norm2;
    std::shared_ptr<AttentionPooling> m_pool;
    std::shared_ptr<Linear> m_proj;
};

} // namespace s1::nn
