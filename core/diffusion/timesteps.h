#pragma once

#include "diffusion/schedule.h"

#include <cmath>

namespace s1::diffusion {

// Descending timesteps as DPMSolverMultistepScheduler of diffusers 0.19.3 spaces them over the first `last` training
// timesteps; duplicates removed, rounding half to even as numpy does.
inline std::vector<std::int64_t> spacedTimesteps(Spacing spacing, std::int64_t trainTimesteps, std::int64_t last, int steps,
                                                 std::int64_t offset) {
    std::vector<std::int64_t> timesteps;
    const auto push = [&](double value, std::int64_t add) {
        const auto t = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::nearbyint(value)) + add, 0, trainTimesteps - 1);
        if (std::find(timesteps.begin(), timesteps.end(), t) == timesteps.end())
            timesteps.push_back(t);
    };
    for (int i = steps; i >= 1; --i) {
        if (spacing == Spacing::Linspace)
            push(i == steps ? double(last - 1) : i * (double(last - 1) / steps), 0);
        else if (spacing == Spacing::Leading)
            push(double(i * (last / (steps + 1))), offset);
        else
            push(double(last) - (steps - i) * (double(trainTimesteps) / steps), -1);
    }
    return timesteps;
}

} // namespace s1::diffusion
