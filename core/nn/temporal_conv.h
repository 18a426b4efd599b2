#pragma once

#include "nn/layers.h"

namespace s1::nn {

// TemporalConvLayer (show1.md 3.4): four norm-SiLU-convolutions along the frames, residual. The norms mix the frames
// of a window. Dropout is left out, as in eval mode (7.1).
class TemporalConvLayer : public Module {
public:
    TemporalConvLayer(std::int64_t channels, std::int64_t groups);
    Tensor forward(const Tensor& x, std::int64_t frames) const; // [B*F, C, H, W] -> the same

private:
    class Step : public Module {
    public:
        // convIndex: "2" in conv1, "3" after the dropout of conv2…4.
        Step(std::int64_t channels, std::int64_t groups, const std::string& convIndex);
        Tensor forward(const Tensor& x) const;

    private:
        std::shared_ptr<GroupNorm> m_norm;
        std::shared_ptr<TemporalConv> m_conv;
    };

    std::shared_ptr<Step> m_steps[4];
};

} // namespace s1::nn
