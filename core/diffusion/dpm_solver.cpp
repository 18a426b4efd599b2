#include "diffusion/dpm_solver.h"

#include "diffusion/timesteps.h"

#include <torch/torch.h>

#include <cmath>

namespace s1::diffusion {

DpmSolver::DpmSolver(const SchedulerConfig& config, int steps) : Sampler(config) {
    m_config.clipSample = false; // in the published files, and ignored by this solver
    // Timesteps with almost no signal are clipped off, counted on the ascending lambdas.
    const float* lambda = m_schedule.lambda.const_data_ptr<float>();
    std::int64_t clipped = 0;
    while (clipped < config.trainTimesteps && lambda[config.trainTimesteps - 1 - clipped] < config.lambdaMinClipped)
        ++clipped;
    m_timesteps = spacedTimesteps(config.spacing, config.trainTimesteps, config.trainTimesteps - clipped, steps, config.stepsOffset);
}

StepResult DpmSolver::step(std::size_t i, const Tensor& output, const Tensor& sample, const Tensor&) {
    const auto at = [](const Tensor& table, std::int64_t t) { return table.const_data_ptr<float>()[t]; };
    const bool last = i + 1 == m_timesteps.size();
    const std::int64_t t = m_timesteps[i], p = last ? 0 : m_timesteps[i + 1];
    const float alphaT = at(m_schedule.alpha, t), sigmaT = at(m_schedule.sigma, t), lambdaT = at(m_schedule.lambda, t);
    const float alphaP = at(m_schedule.alpha, p), sigmaP = at(m_schedule.sigma, p), lambdaP = at(m_schedule.lambda, p);

    const Tensor m0 = estimate(output, sample, alphaT, sigmaT);
    const Tensor m1 = std::exchange(m_previous, m0);
    if (last && m_config.finalSigmaZero)
        return {m0, m0};

    const float h = lambdaP - lambdaT;
    const float decay = alphaP * (std::exp(-h) - 1.0f);
    Tensor next = (sigmaP / sigmaT) * sample - decay * m0;
    const bool firstOrder = !m1.defined() || m_config.solverOrder == 1 ||
                            (last && m_config.lowerOrderFinal && m_timesteps.size() < 15);
    if (!firstOrder) {
        const float h0 = lambdaT - at(m_schedule.lambda, m_timesteps[i - 1]);
        const float r0 = h0 / h;
        const Tensor d1 = (1.0f / r0) * (m0 - m1);
        next = m_config.heun ? next + (alphaP * ((std::exp(-h) - 1.0f) / h + 1.0f)) * d1 : next - (0.5f * decay) * d1;
    }
    return {next, m0};
}

} // namespace s1::diffusion
