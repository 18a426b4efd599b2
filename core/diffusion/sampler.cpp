#include "diffusion/sampler.h"

#include "diffusion/ddim.h"
#include "diffusion/ddpm.h"
#include "diffusion/dpm_solver.h"

#include <torch/torch.h>

#include <fmt/format.h>

namespace s1::diffusion {

Tensor Sampler::estimate(const Tensor& output, const Tensor& sample, float alpha, float sigma) const {
    const auto scalar = [&](float value) { return at::scalar_tensor(value, sample.options().dtype(at::kFloat)); };
    const Tensor x0 = cleanEstimate(m_config.prediction, output, sample, scalar(alpha), scalar(sigma));
    if (m_config.thresholding)
        return dynamicThreshold(x0, m_config.thresholdRatio, m_config.thresholdMax);
    return m_config.clipSample ? x0.clamp(-m_config.clipRange, m_config.clipRange) : x0;
}

Result<std::unique_ptr<Sampler>> makeSampler(const SchedulerConfig& config, int steps) {
    if (steps < 1 || steps > config.trainTimesteps)
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("{} steps cannot be taken; choose 1 to {}", steps, config.trainTimesteps), "steps"};
    if (config.className == "DPMSolverMultistepScheduler")
        return std::unique_ptr<Sampler>(std::make_unique<DpmSolver>(config, steps));
    if (config.className == "DDPMScheduler")
        return std::unique_ptr<Sampler>(std::make_unique<Ddpm>(config, steps));
    return std::unique_ptr<Sampler>(std::make_unique<Ddim>(config, steps));
}

Tensor guide(const Tensor& output, double scale) {
    const auto halves = output.chunk(2, 0);
    return halves[0] + scale * (halves[1] - halves[0]);
}

} // namespace s1::diffusion
