#pragma once

#include "cascade/model_set.h"
#include "weights/tensor_file.h"

#include <functional>
#include <stop_token>

namespace s1::train {

struct MotionSettings {
    std::string prompt; // says the motion only
    int steps = 200;
    std::uint64_t seed = 0;
};

struct MotionStep {
    int step = 0; // 1…steps
    double loss = 0;
};

// Tunes a copy of the base network on one clip, video [1, 3, F, H, W] in -1…1 (show1.md 9), as motion_recipe.h says.
// Returns the tuned tensors by state-dict key. Cancelled when stop is requested.
Result<weights::TensorMap> learnMotion(cascade::ModelSet& models, const at::Tensor& video, const MotionSettings& settings,
                                       const std::function<void(const MotionStep&)>& report, std::stop_token stop);

// Eight consecutive frames, or frames spread over a longer clip, as the base network sees them: bilinear with
// antialiasing, no crop (show1.md 9.2). clip frames >= count.
at::Tensor motionInput(const at::Tensor& video, int count, int height, int width);

} // namespace s1::train
