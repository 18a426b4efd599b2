#include "diffusion/ddpm.h"

#include <torch/torch.h>

#include <cmath>

namespace s1::diffusion {

Ddpm::Ddpm(const SchedulerConfig& config, int steps) : Sampler(config), m_stride(config.trainTimesteps / steps) {
    for (std::int64_t i = steps - 1; i >= 0; --i) {
        double t = double(i * m_stride);
        if (config.spacing == Spacing::Linspace)
            t = steps == 1 ? 0.0 : double(i) * double(config.trainTimesteps - 1) / (steps - 1);
        else if (config.spacing == Spacing::Trailing)
            t = double(config.trainTimesteps) - double(steps - 1 - i) * (double(config.trainTimesteps) / steps) - 1;
        else
            t += double(config.stepsOffset);
        m_timesteps.push_back(std::min(static_cast<std::int64_t>(std::nearbyint(t)), config.trainTimesteps - 1));
    }
}

StepResult Ddpm::step(std::size_t i, const Tensor& output, const Tensor& sample, const Tensor& noise) {
    const std::int64_t t = m_timesteps[i], previous = t - m_stride;
    const float a = m_schedule.acp(t), ap = previous >= 0 ? m_schedule.acp(previous) : 1.0f;
    const float b = 1 - a, bp = 1 - ap, ca = a / ap, cb = 1 - ca;
    Tensor prediction = output, variance;
    if (usesVariance()) {
        const auto parts = output.split(sample.size(1), 1);
        prediction = parts[0];
        variance = parts[1];
    }
    const Tensor x0 = estimate(prediction, sample, std::sqrt(a), std::sqrt(b));
    Tensor next = (std::sqrt(ap) * cb / b) * x0 + (std::sqrt(ca) * bp / b) * sample;
    if (t > 0) {
        const float small = std::max(bp / b * cb, 1e-20f);
        if (variance.defined()) {
            const float low = std::log(small), high = std::log(cb);
            const Tensor share = (variance + 1) / 2;
            next = next + (0.5 * (share * high + (1 - share) * low)).exp() * noise;
        } else {
            next = next + std::sqrt(m_config.variance == Variance::FixedLarge ? cb : small) * noise;
        }
    }
    return {next, x0};
}

} // namespace s1::diffusion
