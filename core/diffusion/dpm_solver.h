#pragma once

#include "diffusion/sampler.h"

namespace s1::diffusion {

// DPM-Solver++ (2M), deterministic (show1.md 5.3; arXiv 2211.01095). The last step lands on timestep 0.
class DpmSolver final : public Sampler {
public:
    DpmSolver(const SchedulerConfig& config, int steps);
    StepResult step(std::size_t i, const Tensor& output, const Tensor& sample, const Tensor& noise = {}) override;
    Tensor memory() const override { return m_previous; }
    void remember(const Tensor& memory) override { m_previous = memory; }

private:
    Tensor m_previous; // clean estimate of the step before
};

} // namespace s1::diffusion
