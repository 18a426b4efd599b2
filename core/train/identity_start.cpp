#include "train/identity_start.h"

#include <torch/torch.h>

#include <fmt/format.h>

#include <cmath>
#include <string_view>

namespace s1::train {

namespace {

using at::Tensor;

constexpr double kConstant = 8; // of a picture's range ±1: its contrast changes the norm by a hundredth

class Carrier {
public:
    Carrier(torch::nn::Module& network, std::int64_t colours) : m_parameters(network.named_parameters()), m_colours(colours) {}

    std::int64_t channels() const { return 2 * m_colours + 2; }
    Tensor& operator[](const std::string& name) { return m_parameters[name]; }
    const auto& all() const { return m_parameters; }

    // A convolution from colours, at the given input channel, to the carried channels.
    void begin(const std::string& name, std::int64_t first) {
        Tensor &kernel = m_parameters[name + ".weight"], &bias = m_parameters[name + ".bias"];
        kernel.narrow(0, 0, channels()).zero_();
        bias.zero_();
        for (std::int64_t c = 0; c < m_colours; ++c) {
            centre(kernel, c, first + c, 1);
            centre(kernel, m_colours + c, first + c, -1);
        }
        bias[2 * m_colours] = kConstant;
        bias[2 * m_colours + 1] = -kConstant;
    }

    // A convolution that hands the first count channels on, from input channel from on.
    void pass(const std::string& name, std::int64_t count, std::int64_t from = 0) {
        Tensor& kernel = m_parameters[name + ".weight"];
        kernel.narrow(0, 0, count).zero_();
        for (std::int64_t c = 0; c < count; ++c)
            centre(kernel, c, from + c, 1);
        m_parameters[name + ".bias"].zero_();
    }

    // The same at half the size: the mean of two by two.
    void reduce(const std::string& name) {
        Tensor& kernel = m_parameters[name + ".weight"];
        kernel.narrow(0, 0, channels()).zero_();
        for (std::int64_t c = 0; c < channels(); ++c)
            kernel[c][c].narrow(0, 0, 2).narrow(1, 0, 2).fill_(0.25);
        m_parameters[name + ".bias"].zero_();
    }

    // norm, silu and a convolution back to colours.
    void end(const std::string& prefix) {
        constexpr double kPicture = 0.4; // mean square of a picture's values
        Tensor &scale = m_parameters[prefix + "conv_norm_out.weight"], &kernel = m_parameters[prefix + "conv_out.weight"];
        const auto square = 2 * kConstant * kConstant + static_cast<double>(2 * m_colours) * kPicture;
        scale.fill_(std::sqrt(square / static_cast<double>(scale.size(0))));
        kernel.narrow(0, 0, m_colours).zero_();
        m_parameters[prefix + "conv_out.bias"].zero_();
        for (std::int64_t c = 0; c < m_colours; ++c) {
            centre(kernel, c, c, 1);
            centre(kernel, c, m_colours + c, -1);
        }
    }

    void clear(const std::string& name) {
        m_parameters[name + ".weight"].zero_();
        m_parameters[name + ".bias"].zero_();
    }

private:
    static void centre(Tensor& kernel, std::int64_t to, std::int64_t from, double value) {
        kernel.index_put_({to, from, kernel.size(2) / 2, kernel.size(3) / 2}, value);
    }

    torch::OrderedDict<std::string, Tensor> m_parameters;
    std::int64_t m_colours;
};

} // namespace

void startFromCondition(nn::UNet& network, std::int64_t first) {
    torch::NoGradGuard noGrad;
    const auto& config = network.config();
    Carrier carrier(network, config.outChannels);
    carrier.begin("conv_in", first);
    // The last residual block takes [what comes up, skip from conv_in]; at first it is its skip.
    const auto last = fmt::format("up_blocks.{}.resnets.{}", config.blockOutChannels.size() - 1, config.layersPerBlock.front());
    const auto width = config.blockOutChannels.front();
    carrier.pass(last + ".conv_shortcut", width, width);
    carrier.clear(last + ".conv2");
    carrier["conv_out.weight"].zero_();
    carrier.end("");
}

void startFromMeans(nn::Vae& network) {
    torch::NoGradGuard noGrad;
    Carrier carrier(network, network.config().outChannels);
    for (const auto& item : carrier.all()) {
        const std::string_view name = item.key();
        if (!name.ends_with(".weight"))
            continue;
        const std::string layer(name.substr(0, name.size() - std::string_view(".weight").size()));
        if (layer.ends_with(".conv2") || layer.ends_with(".to_out.0"))
            carrier.clear(layer);
        else if (layer.ends_with(".conv_shortcut") || layer.find(".upsamplers.") != std::string::npos)
            carrier.pass(layer, carrier.channels());
        else if (layer.find(".downsamplers.") != std::string::npos)
            carrier.reduce(layer);
    }
    carrier.begin("encoder.conv_in", 0);
    carrier.end("encoder.");
    carrier.begin("decoder.conv_in", 0);
    carrier.end("decoder.");
    // Means pass as they are; variances begin small.
    constexpr double kLogVariance = -6;
    const auto latents = network.config().latentChannels;
    carrier["encoder.conv_out.weight"].narrow(0, latents, latents).zero_();
    carrier["encoder.conv_out.bias"].narrow(0, latents, latents).fill_(kLogVariance);
    carrier.pass("quant_conv", 2 * latents);
    carrier.pass("post_quant_conv", latents);
}

} // namespace s1::train
