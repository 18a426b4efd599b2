#pragma once

#include "diffusion/sampler.h"

namespace s1::diffusion {

// Deterministic DDIM (eta 0) with leading timesteps.
class Ddim final : public Sampler {
public:
    Ddim(const SchedulerConfig& config, int steps);
    StepResult step(std::size_t i, const Tensor& output, const Tensor& sample, const Tensor& noise = {}) override;

private:
    std::int64_t m_stride;
};

// The way back, from a clean clip to its noise, ascending (show1.md 9.5; VMC's next_step).
class DdimInversion {
public:
    DdimInversion(const SchedulerConfig& config, int steps);
    const std::vector<std::int64_t>& timesteps() const { return m_timesteps; } // ascending
    Tensor step(std::size_t i, const Tensor& eps, const Tensor& sample) const;

private:
    SchedulerConfig m_config;
    NoiseSchedule m_schedule;
    std::int64_t m_stride;
    std::vector<std::int64_t> m_timesteps;
};

} // namespace s1::diffusion
