#include "nn/temporal_conv.h"

namespace s1::nn {

TemporalConvLayer::Step::Step(std::int64_t channels, std::int64_t groups, const std::string& convIndex)
    : m_norm(add<GroupNorm>("0", groups, channels, 1e-5)), m_conv(add<TemporalConv>(convIndex, channels)) {}

Tensor TemporalConvLayer::Step::forward(const Tensor& x) const {
    return m_conv->forward(m_norm->forward(x, Activation::Silu));
}

TemporalConvLayer::TemporalConvLayer(std::int64_t channels, std::int64_t groups) {
    for (int i = 0; i < 4; ++i)
        m_steps[i] = add<Step>("conv" + std::to_string(i + 1), channels, groups, i == 0 ? "2" : "3");
}

Tensor TemporalConvLayer::forward(const Tensor& x, std::int64_t frames) const {
    const Tensor temporal = toTemporal(x, frames); // [B, C, F, H*W]
    Tensor y = temporal;
    for (const auto& step : m_steps)
        y = step->forward(y);
    return fromTemporal(temporal + y, x.size(2), x.size(3));
}

} // namespace s1::nn
