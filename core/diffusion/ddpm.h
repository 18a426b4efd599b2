#pragma once

#include "diffusion/sampler.h"

namespace s1::diffusion {

// Ancestral sampling (show1.md 5.5). With variance_type learned_range the output's second half is the variance.
class Ddpm final : public Sampler {
public:
    Ddpm(const SchedulerConfig& config, int steps);
    bool needsNoise(std::size_t i) const override { return m_timesteps[i] > 0; }
    bool usesVariance() const override { return m_config.variance == Variance::LearnedRange; }
    StepResult step(std::size_t i, const Tensor& output, const Tensor& sample, const Tensor& noise) override;

private:
    std::int64_t m_stride;
};

} // namespace s1::diffusion
