#pragma once

#include "nn/layers.h"

namespace s1::nn {

enum class Resample { None, Up, Down }; // nearest 2x, or 2x2 mean; no parameters

struct ResnetOptions {
    std::int64_t in = 0;
    std::int64_t out = 0;
    std::int64_t timeDim = 0; // 0: no time embedding (VAE)
    std::int64_t groups = 32;
    double eps = 1e-5;
    Activation activation = Activation::Silu;
    bool scaleShift = false;
    bool skipTimeAct = false;
    double outScale = 1.0;
    Resample resample = Resample::None;
};

// ResnetBlock2D (show1.md 3.3).
class ResnetBlock : public Module {
public:
    explicit ResnetBlock(const ResnetOptions& options);

    // x [B*F, in, H, W]; time [B, timeDim] or undefined -> [B*F, out, H', W'].
    Tensor forward(const Tensor& x, const Tensor& time) const;

private:
    ResnetOptions m_options;
    std::shared_ptr<GroupNorm> m_norm1, m_norm2;
    std::shared_ptr<Conv2d> m_conv1, m_conv2, m_shortcut;
    std::shared_ptr<Linear> m_time;
};

} // namespace s1::nn
