#include "diffusion/sampler.h"

#include "diffusion/ddim.h"
#include "diffusion/ddpm.h"
#include "diffusion/dpm_solver.h"

#include <torch/torch.h>

#include <fmt/format.h>

namespace s1::diffusion {

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
