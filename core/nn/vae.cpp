#include "nn/vae.h"

#include "base/config_reader.h"
#include "nn/attention.h"

#include <fmt/format.h>

namespace s1::nn {

namespace {

constexpr double kEps = 1e-6;
constexpr std::string_view kHarmless[] = {"force_upcast", "sample_size"};

// One head as wide as the picture has channels, residual.
class VaeAttention : public Module {
public:
    VaeAttention(std::int64_t channels, std::int64_t groups)
        : m_norm(add<GroupNorm>("group_norm", groups, channels, kEps)), m_q(add<Linear>("to_q", channels, channels)),
          m_k(add<Linear>("to_k", channels, channels)), m_v(add<Linear>("to_v", channels, channels)),
          m_out(add<ModuleList<Linear>>("to_out")) {
        m_out->append(channels, channels);
    }

    Tensor forward(const Tensor& x) const {
        const Tensor h = toTokens(m_norm->forward(x)).unsqueeze(1); // [N, 1, HW, C]
        const Tensor o = scaledDotProduct(m_q->forward(h), m_k->forward(h), m_v->forward(h));
        return fromTokens((*m_out)[0].forward(o.squeeze(1)), x.size(2), x.size(3)) + x;
    }

private:
    std::shared_ptr<GroupNorm> m_norm;
    std::shared_ptr<Linear> m_q, m_k, m_v;
    std::shared_ptr<ModuleList<Linear>> m_out;
};

ResnetOptions resnet(const VaeConfig& config, std::int64_t in, std::int64_t out) {
    return {.in = in, .out = out, .groups = config.normGroups, .eps = kEps, .activation = Activation::Silu};
}

} // namespace

Result<VaeConfig> VaeConfig::fromJson(const nlohmann::json& json, const std::string& file) {
    const ConfigReader reader(json, file);
    VaeConfig config;
    S1_CHECK(reader.require({"_class_name", "block_out_channels"}));
    S1_CHECK(reader.only("_class_name", "AutoencoderKL"));
    S1_CHECK(reader.only("act_fn", "silu"));
    S1_CHECK(reader.integer("in_channels", config.inChannels, 1, 1024));
    S1_CHECK(reader.integer("out_channels", config.outChannels, 1, 1024));
    S1_CHECK(reader.integer("latent_channels", config.latentChannels, 1, 1024));
    S1_CHECK(reader.integer("layers_per_block", config.layersPerBlock, 1, 16));
    S1_CHECK(reader.integer("norm_num_groups", config.normGroups, 1, 8192));
    S1_CHECK(reader.number("scaling_factor", config.scalingFactor, 1e-3, 1e3));
    S1_CHECK(reader.integers("block_out_channels", 8, 1, 8192, config.blockOutChannels));
    for (const auto width : config.blockOutChannels)
        if (width % config.normGroups != 0)
            return reader.bad("block_out_channels", fmt::format("holds {}, which norm_num_groups {} does not divide", width, config.normGroups));
    const std::size_t levels = config.blockOutChannels.size();
    S1_CHECK(reader.only("down_block_types", std::vector<std::string>(levels, "DownEncoderBlock2D")));
    S1_CHECK(reader.only("up_block_types", std::vector<std::string>(levels, "UpDecoderBlock2D")));
    for (const char* key : {"mid_block_add_attention", "use_quant_conv", "use_post_quant_conv"}) // of later diffusers
        S1_CHECK(reader.only(key, true));
    reader.noticeUnknown(kHarmless);
    return config;
}

class Vae::MidBlock : public Module {
public:
    MidBlock(const VaeConfig& config, std::int64_t channels) {
        m_attentions = add<ModuleList<VaeAttention>>("attentions");
        m_attentions->append(channels, config.normGroups);
        m_resnets = add<ModuleList<ResnetBlock>>("resnets");
        m_resnets->append(resnet(config, channels, channels));
        m_resnets->append(resnet(config, channels, channels));
    }
    Tensor forward(Tensor x) const {
        x = (*m_resnets)[0].forward(x, {});
        return (*m_resnets)[1].forward((*m_attentions)[0].forward(x), {});
    }

private:
    std::shared_ptr<ModuleList<VaeAttention>> m_attentions;
    std::shared_ptr<ModuleList<ResnetBlock>> m_resnets;
};

// Resnets of one resolution and the step to the next.
class Vae::Level : public Module {
public:
    Level(const VaeConfig& config, std::int64_t in, std::int64_t out, std::int64_t layers, Resample resample)
        : m_resample(resample), m_resnets(add<ModuleList<ResnetBlock>>("resnets")) {
        for (std::int64_t j = 0; j < layers; ++j)
            m_resnets->append(resnet(config, j == 0 ? in : out, out));
        if (resample == Resample::Down)
            m_conv = add<ModuleList<ConvSampler>>("downsamplers")->append(out, ConvOptions{3, 2, 0})->conv;
        else if (resample == Resample::Up)
            m_conv = add<ModuleList<ConvSampler>>("upsamplers")->append(out, ConvOptions{})->conv;
    }
    Tensor forward(Tensor x) const {
        for (const auto& block : *m_resnets)
            x = block->forward(x, {});
        if (m_resample == Resample::Down) // a zero row and column at the right and bottom only
            x = m_conv->forward(at::constant_pad_nd(x, {0, 1, 0, 1}));
        else if (m_resample == Resample::Up)
            x = m_conv->forward(at::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)}));
        return x;
    }

private:
    Resample m_resample;
    std::shared_ptr<ModuleList<ResnetBlock>> m_resnets;
    std::shared_ptr<Conv2d> m_conv;
};

class Vae::Encoder : public Module {
public:
    explicit Encoder(const VaeConfig& config) {
        const auto& widths = config.blockOutChannels;
        m_convIn = add<Conv2d>("conv_in", config.inChannels, widths[0]);
        m_levels = add<ModuleList<Level>>("down_blocks");
        for (std::size_t i = 0; i < widths.size(); ++i)
            m_levels->append(config, i == 0 ? widths[0] : widths[i - 1], widths[i], config.layersPerBlock,
                             i + 1 < widths.size() ? Resample::Down : Resample::None);
        m_mid = add<MidBlock>("mid_block", config, widths.back());
        m_norm = add<GroupNorm>("conv_norm_out", config.normGroups, widths.back(), kEps);
        m_convOut = add<Conv2d>("conv_out", widths.back(), 2 * config.latentChannels);
    }
    Tensor forward(Tensor x) const {
        x = m_convIn->forward(x);
        for (const auto& level : *m_levels)
            x = level->forward(x);
        return m_convOut->forward(m_norm->forward(m_mid->forward(x), Activation::Silu));
    }

private:
    std::shared_ptr<Conv2d> m_convIn, m_convOut;
    std::shared_ptr<ModuleList<Level>> m_levels;
    std::shared_ptr<MidBlock> m_mid;
    std::shared_ptr<GroupNorm> m_norm;
};

class Vae::Decoder : public Module {
public:
    explicit Decoder(const VaeConfig& config) {
        const auto& widths = config.blockOutChannels;
        m_convIn = add<Conv2d>("conv_in", config.latentChannels, widths.back());
        m_mid = add<MidBlock>("mid_block", config, widths.back());
        m_levels = add<ModuleList<Level>>("up_blocks");
        for (std::size_t i = widths.size(); i-- > 0;)
            m_levels->append(config, i + 1 == widths.size() ? widths[i] : widths[i + 1], widths[i],
                             config.layersPerBlock + 1, i > 0 ? Resample::Up : Resample::None);
        m_norm = add<GroupNorm>("conv_norm_out", config.normGroups, widths[0], kEps);
        m_convOut = add<Conv2d>("conv_out", widths[0], config.outChannels);
    }
    Tensor forward(Tensor x) const {
        x = m_mid->forward(m_convIn->forward(x));
        for (const auto& level : *m_levels)
            x = level->forward(x);
        return m_convOut->forward(m_norm->forward(x, Activation::Silu));
    }

private:
    std::shared_ptr<Conv2d> m_convIn, m_convOut;
    std::shared_ptr<MidBlock> m_mid;
    std::shared_ptr<ModuleList<Level>> m_levels;
    std::shared_ptr<GroupNorm> m_norm;
};

Vae::Vae(const VaeConfig& config)
    : m_config(config), m_encoder(add<Encoder>("encoder", config)), m_decoder(add<Decoder>("decoder", config)),
      m_quant(add<Conv2d>("quant_conv", 2 * config.latentChannels, 2 * config.latentChannels, ConvOptions{1, 1, 0})),
      m_postQuant(add<Conv2d>("post_quant_conv", config.latentChannels, config.latentChannels, ConvOptions{1, 1, 0})) {}

Tensor Vae::moments(const Tensor& pictures) const {
    return m_quant->forward(m_encoder->forward(pictures.contiguous(at::MemoryFormat::ChannelsLast)));
}

Tensor Vae::decode(const Tensor& latents) const {
    return m_decoder->forward(m_postQuant->forward(latents.contiguous(at::MemoryFormat::ChannelsLast)));
}

Posterior posterior(const Tensor& moments) {
    const auto parts = moments.chunk(2, 1);
    const Tensor logvar = parts[1].clamp(-30.0, 20.0);
    return {parts[0], logvar, (0.5 * logvar).exp()};
}

} // namespace s1::nn
