#include "diffusion/ddim.h"

#include <torch/torch.h>

#include <cmath>

namespace s1::diffusion {

Ddim::Ddim(const SchedulerConfig& config, int steps) : Sampler(config), m_stride(config.trainTimesteps / steps) {
    for (std::int64_t i = steps - 1; i >= 0; --i)
        m_timesteps.push_back(std::min(i * m_stride + config.stepsOffset, config.trainTimesteps - 1));
}

StepResult Ddim::step(std::size_t i, const Tensor& output, const Tensor& sample, const Tensor&) {
    const std::int64_t t = m_timesteps[i], previous = t - m_stride;
    const float a = m_schedule.acp(t);
    const float ap = previous >= 0 ? m_schedule.acp(previous) : m_config.setAlphaToOne ? 1.0f : m_schedule.acp(0);
    const Tensor x0 = estimate(output, sample, std::sqrt(a), std::sqrt(1 - a));
    const Tensor eps = (sample - std::sqrt(a) * x0) / std::sqrt(1 - a);
    return {std::sqrt(ap) * x0 + std::sqrt(1 - ap) * eps, x0};
}

DdimInversion::DdimInversion(const SchedulerConfig& config, int steps)
    : m_config(config), m_schedule(config), m_stride(config.trainTimesteps / steps) {
    for (std::int64_t i = 0; i < steps; ++i)
        m_timesteps.push_back(std::min(i * m_stride + config.stepsOffset, config.trainTimesteps - 1));
}

Tensor DdimInversion::step(std::size_t i, const Tensor& eps, const Tensor& sample) const {
    const std::int64_t next = m_timesteps[i], t = std::min(next - m_stride, m_config.trainTimesteps - 1);
    const float a = t >= 0 ? m_schedule.acp(t) : m_config.setAlphaToOne ? 1.0f : m_schedule.acp(0);
    const float an = m_schedule.acp(next);
    const Tensor x0 = (sample - std::sqrt(1 - a) * eps) / std::sqrt(a);
    return std::sqrt(an) * x0 + std::sqrt(1 - an) * eps;
}

} // namespace s1::diffusion
