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

// Says where: for each frame a sum of cosines over the picture, their heights read from its time embedding, so that what
// an embedding alone can tell (the text, the time, the frame's number) has a place. Convolutions know places from the
// picture's edge only, and learn such a map very slowly (Liu et al. 2018, "CoordConv"). A key of our own.
class PlaceEmbedding : public Module {
public:
    PlaceEmbedding(std::int64_t timeDim, std::int64_t channels);
    // x [N, C, H, W], time [M, T] and share [M, 1] with N a multiple of M -> x + share * map
    Tensor forward(const Tensor& x, const Tensor& time, const Tensor& share) const;

private:
    std::shared_ptr<Linear> m_heights;
    std::shared_ptr<Linear> m_proj;
};

} // namespace s1::nn
