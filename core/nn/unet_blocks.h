#pragma once

#include "nn/resnet_block.h"
#include "nn/temporal_conv.h"
#include "nn/transformers.h"
#include "nn/unet_config.h"

#include <vector>

namespace s1::nn {

// What flows beside the picture through every block.
struct BlockContext {
    Tensor time;             // [B, T] or [B*F, T]
    Tensor text;             // [B, L, D]
    std::int64_t frames = 1; // of each clip; pictures are [B*frames, C, H, W]
};

// The body shared by down, mid and up blocks (show1.md 3.8): each resnet is followed by a temporal convolution, then
// spatial and temporal attention; the parts a block family or a 2D network lacks are absent. Keys: resnets.j,
// temp_convs.j, attentions.j, temp_attentions.j.
class UNetBlock : public Module {
protected:
    UNetBlock(const UNetConfig& config, BlockFamily family, std::int64_t headDim);

    void addResnet(std::int64_t in, std::int64_t out, double outScale);
    void addAttention(std::int64_t channels);
    // A resnet that resamples, or in the plain families a convolution.
    void addSampler(const std::string& name, std::int64_t channels, Resample resample, double outScale, ConvOptions convolution);

    Tensor runResnet(std::size_t j, const Tensor& x, const BlockContext& context) const;
    Tensor runAttention(std::size_t j, const Tensor& x, const BlockContext& context) const;
    bool hasAttention() const;

    const UNetConfig m_config;
    const BlockFamily m_family;
    std::shared_ptr<ResnetBlock> m_resnetSampler; // at most one of the two
    std::shared_ptr<Conv2d> m_convSampler;

private:
    ResnetOptions resnetOptions(std::int64_t in, std::int64_t out, double outScale) const;

    const std::int64_t m_headDim;
    std::shared_ptr<ModuleList<ResnetBlock>> m_resnets;
    std::shared_ptr<ModuleList<TemporalConvLayer>> m_tempConvs;
    std::shared_ptr<ModuleList<AddedKvAttention>> m_simpleAttentions;
    std::shared_ptr<ModuleList<SpatialTransformer>> m_transformers;
    std::shared_ptr<ModuleList<TemporalTransformer>> m_tempAttentions;
};

class DownBlock : public UNetBlock {
public:
    DownBlock(const UNetConfig& config, std::size_t level);
    // Appends each layer's output, and the downsampler's, to skips.
    Tensor forward(Tensor x, const BlockContext& context, std::vector<Tensor>& skips) const;

private:
    std::size_t m_layers;
};

class MidBlock : public UNetBlock {
public:
    explicit MidBlock(const UNetConfig& config);
    Tensor forward(Tensor x, const BlockContext& context) const;
};

class UpBlock : public UNetBlock {
public:
    // level counts from the bottom, as up_blocks does.
    UpBlock(const UNetConfig& config, std::size_t level);
    // Takes its skips from the end of the list. The plain families upsample to the size of the next skip.
    Tensor forward(Tensor x, const BlockContext& context, std::vector<Tensor>& skips) const;

private:
    std::size_t m_layers;
};

} // namespace s1::nn
