#include "nn/transformers.h"

namespace s1::nn {

TransformerBlock::TransformerBlock(const TransformerOptions& options, std::int64_t contextDim)
    : m_norm1(add<LayerNorm>("norm1", options.heads * options.headDim)),
      m_norm2(add<LayerNorm>("norm2", options.heads * options.headDim)),
      m_norm3(add<LayerNorm>("norm3", options.heads * options.headDim)) {
    const auto inner = options.heads * options.headDim;
    m_attn1 = add<Attention>("attn1", inner, inner, options.heads, options.headDim);
    m_attn2 = add<Attention>("attn2", inner, contextDim, options.heads, options.headDim);
    m_ff = add<FeedForward>("ff", inner);
}

Tensor TransformerBlock::spatial(const Tensor& input, const Tensor& text) const {
    Tensor x = input + m_attn1->spatial(m_norm1->forward(input), {});
    x = x + m_attn2->spatial(m_norm2->forward(x), text);
    return x + m_ff->forward(m_norm3->forward(x));
}

Tensor TransformerBlock::temporal(const Tensor& input) const {
    Tensor x = input + m_attn1->temporal(m_norm1->forward(input));
    x = x + m_attn2->temporal(m_norm2->forward(x));
    return x + m_ff->forward(m_norm3->forward(x));
}

SpatialTransformer::SpatialTransformer(const TransformerOptions& options)
    : m_norm(add<GroupNorm>("norm", options.groups, options.channels, 1e-6)),
      m_projIn(add<Linear>("proj_in", options.channels, options.heads * options.headDim)),
      m_projOut(add<Linear>("proj_out", options.heads * options.headDim, options.channels)),
      m_blocks(add<ModuleList<TransformerBlock>>("transformer_blocks")) {
    m_blocks->append(options, options.textDim);
}

Tensor SpatialTransformer::forward(const Tensor& x, const Tensor& text) const {
    Tensor tokens = m_projIn->forward(toTokens(m_norm->forward(x))); // [N, HW, inner]
    for (const auto& block : *m_blocks)
        tokens = block->spatial(tokens, text);
    return fromTokens(m_projOut->forward(tokens), x.size(2), x.size(3)) + x;
}

TemporalTransformer::TemporalTransformer(const TransformerOptions& options)
    : m_norm(add<GroupNorm>("norm", options.groups, options.channels, 1e-6)),
      m_projIn(add<Linear>("proj_in", options.channels, options.heads * options.headDim)),
      m_projOut(add<Linear>("proj_out", options.heads * options.headDim, options.channels)),
      m_blocks(add<ModuleList<TransformerBlock>>("transformer_blocks")) {
    m_blocks->append(options, options.heads * options.headDim);
}

Tensor TemporalTransformer::forward(const Tensor& x, std::int64_t frames) const {
    const Tensor normed = m_norm->forward(toTemporal(x, frames));           // [B, C, F, HW]
    Tensor tokens = m_projIn->forward(normed.permute({0, 2, 3, 1}));         // [B, F, HW, inner]
    for (const auto& block : *m_blocks)
        tokens = block->temporal(tokens);
    return fromTemporal(m_projOut->forward(tokens).permute({0, 3, 1, 2}), x.size(2), x.size(3)) + x;
}

} // namespace s1::nn
