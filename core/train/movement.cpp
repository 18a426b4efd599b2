#include "train/movement.h"

#include <torch/torch.h>

namespace s1::train {

at::Tensor movementOf(const at::Tensor& error) {
    constexpr std::int64_t kPatch = 4;
    const at::Tensor patches = at::avg_pool3d(error, {1, kPatch, kPatch});
    return patches - patches.mean(2, true);
}

} // namespace s1::train
