#pragma once

#include "diffusion/schedule.h"

#include <memory>

namespace s1::diffusion {

struct StepResult {
    Tensor sample;        // the next x
    Tensor cleanEstimate; // x0, thresholded
};

// One solver over one run. Rows of a sample [N, C, H, W] are thresholded one by one, so a clip comes as frames
// (show1.md 1.3). Steps go in order from 0.
class Sampler {
public:
    virtual ~Sampler() = default;

    const std::vector<std::int64_t>& timesteps() const { return m_timesteps; }
    // Number of noise tensors step i needs (0 or 1); they are drawn by the caller, who owns the generator.
    virtual bool needsNoise(std::size_t) const { return false; }
    // Extra output channels after the first half are variance; the sampler says whether it wants them.
    virtual bool usesVariance() const { return false; }
    // output: what the network said at timesteps()[i]; noise only where needsNoise(i).
    virtual StepResult step(std::size_t i, const Tensor& output, const Tensor& sample, const Tensor& noise = {}) = 0;
    // What a step hands to the next one beside the sample; undefined when nothing. An interrupted run goes on with it.
    virtual Tensor memory() const { return {}; }
    virtual void remember(const Tensor&) {}
    // Begins at a later timestep (strength); history starts there.
    void startAt(std::size_t i) { m_start = i; }
    std::size_t start() const { return m_start; }

    const NoiseSchedule& schedule() const { return m_schedule; }
    const SchedulerConfig& config() const { return m_config; }

protected:
    explicit Sampler(const SchedulerConfig& config) : m_config(config), m_schedule(config) {}

    // x0 by the prediction type, then thresholded, or clipped where the solver heeds clip_sample.
    Tensor estimate(const Tensor& output, const Tensor& sample, float alpha, float sigma) const;

    SchedulerConfig m_config;
    NoiseSchedule m_schedule;
    std::vector<std::int64_t> m_timesteps;
    std::size_t m_start = 0;
};

// By config.className: DPM-Solver++ (2M), DDPM, or DDIM for the two others. More steps than training timesteps is
// InvalidArgument.
Result<std::unique_ptr<Sampler>> makeSampler(const SchedulerConfig& config, int steps);

// u + scale (c - u) over a batch whose first half is unconditional.
Tensor guide(const Tensor& output, double scale);

} // namespace s1::diffusion
