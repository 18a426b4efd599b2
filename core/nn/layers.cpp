#include "nn/layers.h"

#include "nn/gpu_layers.h"
#include "nn/group_norm_kernel.h"
#include "nn/precision.h"
#include "nn/work.h"
#include "weights/stored_weight.h"

namespace s1::nn {

using weights::newParameter;
using weights::valueOf;

Tensor activate(const Tensor& x, Activation activation) {
    switch (activation) {
    case Activation::Silu: return at::silu(x);
    case Activation::Gelu: return at::gelu(x);
    case Activation::None: break;
    }
    return x;
}

namespace {

// product(x, weight, bias), with all of them in bf16 where this thread wants that; the result is of type.
template <typename Product>
Tensor multiplied(const Tensor& x, const Tensor& weight, const Tensor& bias, at::ScalarType type, const Product& product) {
    if (!productsInBf16())
        return product(x, weight, bias);
    const auto rounded = [](const Tensor& t) { return t.defined() ? t.to(at::kBFloat16) : t; };
    return product(rounded(x), rounded(weight), rounded(bias)).to(type);
}

} // namespace

Linear::Linear(std::int64_t in, std::int64_t out, Bias bias) {
    m_weight = register_parameter("weight", newParameter({out, in}));
    if (bias == Bias::Yes)
        m_bias = register_parameter("bias", newParameter({out}));
}

Tensor Linear::forward(const Tensor& x) const {
    countWork(2 * x.numel() * m_weight.size(0));
    return multiplied(x, valueOf(m_weight), m_bias, x.is_cpu() ? at::kFloat : at::kBFloat16, at::linear); // a GPU is as fast as its memory
}

Conv2d::Conv2d(std::int64_t in, std::int64_t out, ConvOptions options) : m_options(options) {
    m_weight = register_parameter("weight", newParameter({out, in, options.kernel, options.kernel}));
    m_bias = register_parameter("bias", newParameter({out}));
}

Tensor Conv2d::forward(const Tensor& x) const {
    const Tensor y = multiplied(x, valueOf(m_weight), m_bias, x.scalar_type(), [&](const Tensor& picture, const Tensor& kernel, const Tensor& bias) {
        return at::conv2d(picture, kernel, bias, m_options.stride, m_options.padding);
    });
    countWork(2 * y.numel() * (m_weight.numel() / m_weight.size(0)));
    return y;
}

TemporalConv::TemporalConv(std::int64_t channels) {
    m_weight = register_parameter("weight", newParameter({channels, channels, 3, 1, 1}));
    m_bias = register_parameter("bias", newParameter({channels}));
}

Tensor TemporalConv::forward(const Tensor& x) const {
    const bool single = x.size(2) == 1; // a frame without neighbours: only the middle of the kernel meets it
    const Tensor weight = valueOf(m_weight).squeeze(-1);
    countWork(2 * x.numel() * (single ? 1 : 3) * m_weight.size(0));
    return multiplied(x, single ? weight.narrow(2, 1, 1) : weight, m_bias, x.scalar_type(), [&](const Tensor& clip, const Tensor& kernel, const Tensor& bias) {
        return at::conv2d(clip, kernel, bias, at::IntArrayRef{1, 1}, at::IntArrayRef{single ? 0 : 1, 0});
    });
}

GroupNorm::GroupNorm(std::int64_t groups, std::int64_t channels, double eps) : m_groups(groups), m_eps(eps) {
    TORCH_CHECK(channels % groups == 0, "GroupNorm: ", channels, " channels do not divide into ", groups, " groups");
    m_weight = register_parameter("weight", newParameter({channels}));
    m_bias = register_parameter("bias", newParameter({channels}));
}

Tensor GroupNorm::forward(const Tensor& x, Activation activation) const {
    return normalise(x, m_weight, m_bias, activation);
}

Tensor GroupNorm::forward(const Tensor& x, const Tensor& scale, const Tensor& shift, Activation activation) const {
    const Tensor gain = 1 + scale.to(m_weight.scalar_type());
    return normalise(x, m_weight * gain, m_bias * gain + shift, activation);
}

Tensor GroupNorm::normalise(const Tensor& x, const Tensor& gamma, const Tensor& beta, Activation activation) const {
    const bool bf16 = productsInBf16();
    const bool fused = x.is_cpu() && (x.scalar_type() == at::kFloat || (bf16 && x.scalar_type() == at::kBFloat16)) && gamma.scalar_type() == at::kFloat;
    if (fused) {
        const bool silu = activation == Activation::Silu;
        const Tensor y = groupNormChannelsLast(x, gamma, beta, m_groups, m_eps, silu, bf16 ? at::kBFloat16 : at::kFloat); // a product follows
        return activate(y, silu ? Activation::None : activation);
    }
    constexpr std::int64_t kMostGpuChannels = 512;
    if (hasGpuKernels(x) && x.size(1) <= kMostGpuChannels && activation != Activation::Gelu)
        return gpuGroupNorm(x, gamma, beta, m_groups, m_eps, activation == Activation::Silu, bf16 ? at::kBFloat16 : x.scalar_type());
    Tensor y = at::group_norm(x, m_groups, {}, {}, m_eps);
    std::vector<std::int64_t> shape(static_cast<std::size_t>(x.dim()), 1);
    shape[0] = gamma.dim() == 2 ? x.size(0) : 1;
    shape[1] = x.size(1);
    return activate(y * gamma.view(shape) + beta.view(shape), activation);
}

Embedding::Embedding(std::int64_t count, std::int64_t width) : m_weight(register_parameter("weight", newParameter({count, width}))) {}

Tensor Embedding::forward(const Tensor& ids) const { return at::embedding(valueOf(m_weight), ids); }

ConvSampler::ConvSampler(std::int64_t channels, ConvOptions options) : conv(add<Conv2d>("conv", channels, channels, options)) {}

LayerNorm::LayerNorm(std::int64_t channels, double eps) : m_eps(eps) {
    m_weight = register_parameter("weight", newParameter({channels}));
    m_bias = register_parameter("bias", newParameter({channels}));
}

Tensor LayerNorm::forward(const Tensor& x) const {
    return at::layer_norm(x.to(m_weight.scalar_type()), m_weight.sizes(), m_weight, m_bias, m_eps);
}

Tensor toTokens(const Tensor& x) { return x.permute({0, 2, 3, 1}).reshape({x.size(0), x.size(2) * x.size(3), x.size(1)}); }

Tensor fromTokens(const Tensor& tokens, std::int64_t height, std::int64_t width) {
    return tokens.reshape({tokens.size(0), height, width, tokens.size(2)}).permute({0, 3, 1, 2});
}

Tensor toTemporal(const Tensor& x, std::int64_t frames) {
    const auto tokens = x.permute({0, 2, 3, 1}); // [B*F, H, W, C]
    return tokens.reshape({x.size(0) / frames, frames, x.size(2) * x.size(3), x.size(1)}).permute({0, 3, 1, 2});
}

Tensor fromTemporal(const Tensor& x, std::int64_t height, std::int64_t width) {
    const auto tokens = x.permute({0, 2, 3, 1}); // [B, F, H*W, C]
    return tokens.reshape({x.size(0) * x.size(2), height, width, x.size(1)}).permute({0, 3, 1, 2});
}

Tensor toFrames(const Tensor& video) {
    return video.permute({0, 2, 1, 3, 4})
        .reshape({video.size(0) * video.size(2), video.size(1), video.size(3), video.size(4)})
        .contiguous(at::MemoryFormat::ChannelsLast);
}

Tensor fromFrames(const Tensor& frames, std::int64_t batch) {
    return frames.reshape({batch, frames.size(0) / batch, frames.size(1), frames.size(2), frames.size(3)})
        .permute({0, 2, 1, 3, 4})
        .contiguous();
}

} // namespace s1::nn
