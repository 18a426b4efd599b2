#pragma once

#include "base/result.h"
#include "nn/resnet_block.h"

#include <nlohmann/json.hpp>

namespace s1::nn {

// The keys of vae/config.json that vary.
struct VaeConfig {
    std::int64_t inChannels = 3, outChannels = 3, latentChannels = 4;
    std::vector<std::int64_t> blockOutChannels;
    std::int64_t layersPerBlock = 1;
    std::int64_t normGroups = 32;
    double scalingFactor = 0.18215;

    static Result<VaeConfig> fromJson(const nlohmann::json& json, const std::string& file);
    // Pixels a latent stands for, along each axis.
    std::int64_t factor() const { return std::int64_t(1) << (blockOutChannels.size() - 1); }
};

// AutoencoderKL (show1.md 4). Pictures are in -1…1; latents are unscaled (no scaling factor applied here).
class Vae : public Module {
public:
    explicit Vae(const VaeConfig& config);

    // [N, 3, H, W] -> [N, 2*latent, H/factor, W/factor]: mean and log-variance before clamping.
    Tensor moments(const Tensor& pictures) const;
    // [N, latent, h, w] -> [N, 3, h*factor, w*factor]
    Tensor decode(const Tensor& latents) const;

    const VaeConfig& config() const { return m_config; }

private:
    class MidBlock;
    class Level;
    class Encoder;
    class Decoder;

    VaeConfig m_config;
    std::shared_ptr<Encoder> m_encoder;
    std::shared_ptr<Decoder> m_decoder;
    std::shared_ptr<Conv2d> m_quant, m_postQuant;
};

struct Posterior {
    Tensor mean, logvar, std; // logvar clamped to -30…20
};
Posterior posterior(const Tensor& moments);

} // namespace s1::nn
