#pragma once

#include "nn/embeddings.h"
#include "nn/unet_blocks.h"

namespace s1::nn {

// UNet3DConditionModel (Show-1's) and, without temporal layers, UNet2DConditionModel: show1.md 3. Any config of the
// published classes builds; keys are the checkpoint's.
class UNet : public Module {
public:
    explicit UNet(const UNetConfig& config);

    // sample [B, Cin, F, H, W] (2D networks: F = 1); timestep [B] or [1]; text [B, L, D] as the encoder gave it;
    // classLabels [B] where the config has class_embed_type, else undefined; firstFrame [B]: the first frame's place in its
    // clip where the config has frame_embedding, 0 if undefined. Result [B, Cout, F, H, W].
    Tensor forward(const Tensor& sample, const Tensor& timestep, const Tensor& text, const Tensor& classLabels = {}, const Tensor& firstFrame = {}) const;

    const UNetConfig& config() const { return m_config; }

private:
    Tensor early(const Tensor& timestep, std::int64_t rows) const;
    Tensor timeEmbedding(const Tensor& timestep, const Tensor& text, const Tensor& classLabels, const Tensor& firstFrame, std::int64_t frames) const;

    UNetConfig m_config;
    std::shared_ptr<Conv2d> m_convIn, m_convOut;
    std::shared_ptr<TimestepEmbedding> m_timeEmbedding, m_classEmbedding, m_frameEmbedding;
    std::shared_ptr<PlaceEmbedding> m_placeEmbedding;
    std::shared_ptr<TextTimeEmbedding> m_addEmbedding;
    std::shared_ptr<Linear> m_encoderHidProj;
    std::shared_ptr<TemporalTransformer> m_transformerIn;
    std::shared_ptr<ModuleList<DownBlock>> m_downBlocks;
    std::shared_ptr<MidBlock> m_midBlock;
    std::shared_ptr<ModuleList<UpBlock>> m_upBlocks;
    std::shared_ptr<GroupNorm> m_normOut;
};

} // namespace s1::nn
