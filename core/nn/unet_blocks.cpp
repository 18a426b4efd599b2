#include "nn/unet_blocks.h"

#include "base/stop.h"

namespace s1::nn {

namespace {

bool samplesByConvolution(BlockFamily family) { return family == BlockFamily::Plain || family == BlockFamily::CrossAttn; }

} // namespace

UNetBlock::UNetBlock(const UNetConfig& config, BlockFamily family, std::int64_t headDim)
    : m_config(config), m_family(family), m_headDim(headDim), m_resnets(add<ModuleList<ResnetBlock>>("resnets")) {
    if (config.temporal)
        m_tempConvs = add<ModuleList<TemporalConvLayer>>("temp_convs");
    if (family == BlockFamily::SimpleCross)
        m_simpleAttentions = add<ModuleList<AddedKvAttention>>("attentions");
    if (family == BlockFamily::CrossAttn)
        m_transformers = add<ModuleList<SpatialTransformer>>("attentions");
    if (config.temporal && hasAttention())
        m_tempAttentions = add<ModuleList<TemporalTransformer>>("temp_attentions");
}

bool UNetBlock::hasAttention() const {
    return m_family == BlockFamily::SimpleCross || m_family == BlockFamily::CrossAttn;
}

ResnetOptions UNetBlock::resnetOptions(std::int64_t in, std::int64_t out, double outScale) const {
    return {.in = in, .out = out, .timeDim = m_config.timeEmbeddingDim, .groups = m_config.normGroups,
            .eps = m_config.normEps, .activation = m_config.activation, .scaleShift = m_config.scaleShift,
            .skipTimeAct = m_config.skipTimeAct, .outScale = outScale};
}

void UNetBlock::addResnet(std::int64_t in, std::int64_t out, double outScale) {
    m_resnets->append(resnetOptions(in, out, outScale));
    if (m_tempConvs)
        m_tempConvs->append(out, m_config.normGroups);
}

void UNetBlock::addAttention(std::int64_t channels) {
    // The published quirk (show1.md 7.4): the same number is the head width of the added-KV attention, but the head
    // count of the temporal transformer and of everything in the CrossAttn family.
    if (m_simpleAttentions)
        m_simpleAttentions->append(AddedKvOptions{.channels = channels, .headDim = m_headDim,
                                                  .textDim = m_config.crossAttentionDim, .groups = m_config.normGroups,
                                                  .eps = m_config.normEps, .textNorm = m_config.crossAttentionNorm, .fused = m_config.fusedAttention});
    const TransformerOptions options{.channels = channels, .heads = m_headDim, .headDim = channels / m_headDim,
                                     .textDim = m_config.crossAttentionDim, .groups = m_config.normGroups};
    if (m_transformers)
        m_transformers->append(options);
    if (m_tempAttentions)
        m_tempAttentions->append(options);
}

void UNetBlock::addSampler(const std::string& name, std::int64_t channels, Resample resample, double outScale, ConvOptions convolution) {
    if (samplesByConvolution(m_family)) {
        m_convSampler = add<ModuleList<ConvSampler>>(name)->append(channels, convolution)->conv;
        return;
    }
    ResnetOptions options = resnetOptions(channels, channels, outScale);
    options.resample = resample;
    m_resnetSampler = add<ModuleList<ResnetBlock>>(name)->append(options);
}

Tensor UNetBlock::runResnet(std::size_t j, const Tensor& input, const BlockContext& context) const {
    throwIfStopped();
    const Tensor x = (*m_resnets)[j].forward(input, context.time);
    return m_tempConvs ? (*m_tempConvs)[j].forward(x, context.frames) : x;
}

Tensor UNetBlock::runAttention(std::size_t j, const Tensor& input, const BlockContext& context) const {
    throwIfStopped();
    const Tensor x = m_simpleAttentions ? (*m_simpleAttentions)[j].forward(input, context.text)
                                        : (*m_transformers)[j].forward(input, context.text);
    return m_tempAttentions ? (*m_tempAttentions)[j].forward(x, context.frames) : x;
}

DownBlock::DownBlock(const UNetConfig& config, std::size_t level)
    : UNetBlock(config, config.downBlocks[level], config.attentionHeadDim[level]),
      m_layers(static_cast<std::size_t>(config.layersPerBlock[level])) {
    const auto out = config.blockOutChannels[level];
    const auto in = level == 0 ? config.blockOutChannels[0] : config.blockOutChannels[level - 1];
    const double scale = samplesByConvolution(m_family) ? 1.0 : config.resnetOutScale;
    for (std::size_t j = 0; j < m_layers; ++j) {
        addResnet(j == 0 ? in : out, out, scale);
        if (hasAttention())
            addAttention(out);
    }
    if (level + 1 == config.blockOutChannels.size())
        return;
    addSampler("downsamplers", out, Resample::Down, scale, ConvOptions{3, 2, config.downsamplePadding});
}

Tensor DownBlock::forward(Tensor x, const BlockContext& context, std::vector<Tensor>& skips) const {
    for (std::size_t j = 0; j < m_layers; ++j) {
        x = runResnet(j, x, context);
        if (hasAttention())
            x = runAttention(j, x, context);
        skips.push_back(x);
    }
    if (m_convSampler)
        x = m_convSampler->forward(x);
    else if (m_resnetSampler)
        x = m_resnetSampler->forward(x, context.time);
    else
        return x;
    skips.push_back(x);
    return x;
}

MidBlock::MidBlock(const UNetConfig& config) : UNetBlock(config, config.midBlock, config.attentionHeadDim.back()) {
    const auto channels = config.blockOutChannels.back();
    addResnet(channels, channels, config.midBlockScale);
    addResnet(channels, channels, config.midBlockScale);
    addAttention(channels);
}

Tensor MidBlock::forward(Tensor x, const BlockContext& context) const {
    x = runResnet(0, x, context);
    x = runAttention(0, x, context);
    return runResnet(1, x, context);
}

UpBlock::UpBlock(const UNetConfig& config, std::size_t level)
    : UNetBlock(config, config.upBlocks[level], config.attentionHeadDim[config.attentionHeadDim.size() - 1 - level]) {
    const auto& widths = config.blockOutChannels;
    const std::size_t levels = widths.size(), mirrored = levels - 1 - level;
    m_layers = static_cast<std::size_t>(config.layersPerBlock[mirrored]) + 1;
    const auto out = widths[mirrored];
    const auto previous = level == 0 ? widths.back() : widths[mirrored + 1];
    const auto lastSkip = mirrored == 0 ? widths[0] : widths[mirrored - 1];
    const double scale = samplesByConvolution(m_family) ? 1.0 : config.resnetOutScale;
    for (std::size_t j = 0; j < m_layers; ++j) {
        const auto skip = j + 1 == m_layers ? lastSkip : out;
        addResnet((j == 0 ? previous : out) + skip, out, scale);
        if (hasAttention())
            addAttention(out);
    }
    if (level + 1 == levels)
        return;
    addSampler("upsamplers", out, Resample::Up, scale, ConvOptions{});
}

Tensor UpBlock::forward(Tensor x, const BlockContext& context, std::vector<Tensor>& skips) const {
    for (std::size_t j = 0; j < m_layers; ++j) {
        x = runResnet(j, at::cat({x, skips.back()}, 1), context);
        skips.pop_back();
        if (hasAttention())
            x = runAttention(j, x, context);
    }
    if (m_convSampler) {
        const Tensor& next = skips.back();
        x = m_convSampler->forward(at::upsample_nearest2d(x, {next.size(2), next.size(3)}));
    } else if (m_resnetSampler) {
        x = m_resnetSampler->forward(x, context.time);
    }
    return x;
}

} // namespace s1::nn
