#pragma once

#include "nn/attention.h"

namespace s1::nn {

struct TransformerOptions {
    std::int64_t channels = 0;
    std::int64_t heads = 0;
    std::int64_t headDim = 0;
    std::int64_t textDim = 0; // spatial only
    std::int64_t groups = 32;
};

// norm1-attn1, norm2-attn2, norm3-ff, each residual (BasicTransformerBlock).
class TransformerBlock : public Module {
public:
    TransformerBlock(const TransformerOptions& options, std::int64_t contextDim);
    Tensor spatial(const Tensor& x, const Tensor& text) const; // self, then text
    Tensor temporal(const Tensor& x) const;                    // self over frames, twice

private:
    std::shared_ptr<LayerNorm> m_norm1, m_norm2, m_norm3;
    std::shared_ptr<Attention> m_attn1, m_attn2;
    std::shared_ptr<FeedForward> m_ff;
};

// Transformer2DModel (show1.md 3.6). Convolutional 1x1 projections of older configs hold the same numbers.
class SpatialTransformer : public Module {
public:
    explicit SpatialTransformer(const TransformerOptions& options);
    Tensor forward(const Tensor& x, const Tensor& text) const; // [B*F, C, H, W], [B, L, D]

private:
    std::shared_ptr<GroupNorm> m_norm;
    std::shared_ptr<Linear> m_projIn, m_projOut;
    std::shared_ptr<ModuleList<TransformerBlock>> m_blocks;
};

// TransformerTemporalModel (show1.md 3.7): attention over the frames of each pixel, no position, no mask, no text.
class TemporalTransformer : public Module {
public:
    explicit TemporalTransformer(const TransformerOptions& options);
    Tensor forward(const Tensor& x, std::int64_t frames) const; // [B*F, C, H, W] -> the same

private:
    std::shared_ptr<GroupNorm> m_norm;
    std::shared_ptr<Linear> m_projIn, m_projOut;
    std::shared_ptr<ModuleList<TransformerBlock>> m_blocks;
};

} // namespace s1::nn
