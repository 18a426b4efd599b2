#include "nn/unet.h"

namespace s1::nn {

UNet::UNet(const UNetConfig& config) : m_config(config) {
    const auto& widths = config.blockOutChannels;
    const auto timeDim = config.timeEmbeddingDim;
    m_convIn = add<Conv2d>("conv_in", config.inChannels, widths[0]);
    m_timeEmbedding = add<TimestepEmbedding>("time_embedding", widths[0], timeDim, config.activation);
    if (config.classTimestep)
        m_classEmbedding = add<TimestepEmbedding>("class_embedding", widths[0], timeDim, config.activation);
    if (config.frameEmbedding)
        m_frameEmbedding = add<TimestepEmbedding>("frame_embedding", widths[0] + config.textWidth(), timeDim, config.activation);
    if (config.placeEmbedding)
        m_placeEmbedding = add<PlaceEmbedding>("place_embedding", timeDim, widths.back());
    if (config.additionText)
        m_addEmbedding = add<TextTimeEmbedding>(
            "add_embedding", config.textWidth(), timeDim, config.additionHeads);
    if (config.encoderHidDim)
        m_encoderHidProj = add<Linear>("encoder_hid_proj", config.encoderHidDim, config.crossAttentionDim);
    if (config.transformerIn) // 8 heads of 64 whatever the widths
        m_transformerIn = add<TemporalTransformer>("transformer_in",
            TransformerOptions{.channels = widths[0], .heads = 8, .headDim = 64, .groups = config.normGroups});
    m_downBlocks = add<ModuleList<DownBlock>>("down_blocks");
    m_upBlocks = add<ModuleList<UpBlock>>("up_blocks");
    for (std::size_t i = 0; i < widths.size(); ++i) {
        m_downBlocks->append(config, i);
        m_upBlocks->append(config, i);
    }
    m_midBlock = add<MidBlock>("mid_block", config);
    m_normOut = add<GroupNorm>("conv_norm_out", config.normGroups, widths[0], config.normEps);
    m_convOut = add<Conv2d>("conv_out", widths[0], config.outChannels);
}

// [rows, 1]: whether so little is seen yet that the frame's number and places say something.
Tensor UNet::early(const Tensor& timestep, std::int64_t rows) const {
    return (timestep >= m_config.framesFrom).repeat_interleave(rows / timestep.size(0)).unsqueeze(1);
}

// [B, T], or with a frame embedding [B*F, T].
Tensor UNet::timeEmbedding(const Tensor& timestep, const Tensor& text, const Tensor& classLabels, const Tensor& firstFrame, std::int64_t frames) const {
    const auto dim = m_config.blockOutChannels[0];
    const auto embed = [&](const Tensor& t) {
        return sinusoid(t, dim, m_config.flipSinToCos, m_config.freqShift).to(text.scalar_type());
    };
    Tensor time = m_timeEmbedding->forward(embed(timestep.expand({text.size(0)})));
    if (m_classEmbedding)
        time = time + m_classEmbedding->forward(embed(classLabels.expand({text.size(0)})));
    if (m_addEmbedding)
        time = time + m_addEmbedding->forward(text);
    if (m_frameEmbedding) {
        const Tensor first = firstFrame.defined() ? firstFrame : at::zeros({1}, timestep.options());
        const Tensor places = first.unsqueeze(1) + at::arange(frames, timestep.options());
        const Tensor where = embed(places.expand({text.size(0), frames}).flatten());
        // Not the pooled text: an image network has no use for a motion's word, and its pooling leaves little of it.
        const Tensor mean = at::layer_norm(text.mean(1), {text.size(2)}).repeat_interleave(frames, 0);
        time = time.repeat_interleave(frames, 0);
        time = time + early(timestep, time.size(0)) * m_frameEmbedding->forward(at::cat({where, mean}, 1));
    }
    return activate(time, m_config.timeEmbeddingActivation);
}

Tensor UNet::forward(const Tensor& sample, const Tensor& timestep, const Tensor& text, const Tensor& classLabels, const Tensor& firstFrame) const {
    BlockContext context;
    context.frames = sample.size(2);
    context.time = timeEmbedding(timestep, text, classLabels, firstFrame, context.frames);
    context.text = m_encoderHidProj ? m_encoderHidProj->forward(text) : text;
    Tensor x = m_convIn->forward(toFrames(sample));
    if (m_transformerIn)
        x = m_transformerIn->forward(x, context.frames);
    std::vector<Tensor> skips{x};
    for (const auto& block : *m_downBlocks)
        x = block->forward(x, context, skips);
    if (m_placeEmbedding)
        x = m_placeEmbedding->forward(x, context.time, early(timestep, context.time.size(0)));
    x = m_midBlock->forward(x, context);
    for (const auto& block : *m_upBlocks)
        x = block->forward(x, context, skips);
    x = m_convOut->forward(m_normOut->forward(x, m_config.activation));
    return fromFrames(x, sample.size(0));
}

} // namespace s1::nn
