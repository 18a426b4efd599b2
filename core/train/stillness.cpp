#include "train/stillness.h"

#include <ATen/ATen.h>

namespace s1::train {

using at::Tensor;

Tensor changeNear(const Tensor& frames, std::int64_t near) {
    const Tensor change = (frames.amax(2) - frames.amin(2)).amax(1, true); // [B, 1, H, W]
    return at::max_pool2d(change, near, 1, near / 2).unsqueeze(2);
}

Tensor stillWeight(const Tensor& frames, std::int64_t near, double weight) {
    constexpr double kVisible = 0.05;
    return 1 + (weight - 1) * (changeNear(frames, near) < kVisible).to(at::kFloat);
}

} // namespace s1::train
