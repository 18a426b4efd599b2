#pragma once

#include "train/gradient.h"
#include "train/motion_tuning.h"
#include "train/optimizer.h"

#include "cascade/model_set.h"

#include <memory>

namespace s1::train {

// What one motion is learned from, and by which network.
struct MotionSource {
    at::Tensor video; // [1, 3, F, H, W] in -1…1
    MotionSettings settings;
    std::shared_ptr<nn::UNet> network;
    diffusion::SchedulerConfig scheduler;
    std::shared_ptr<const text::TextEncoder> encoder;
};

// Which parameters learn a motion, how fast, and what a step shows them.
class MotionRecipe {
public:
    virtual ~MotionRecipe() = default;
    virtual NamedParameters parameters() const = 0;
    virtual OptimizerOptions options() const = 0;
    virtual double rate(int step) const = 0; // share of the options' rates, from step 1 on
    virtual int shards() const = 0;          // of a step; loss() may run for all of them at once
    virtual at::Tensor loss(int step, const Shard& shard) = 0;
};

// Published models: query, key and value of temporal attention, with the released loss and rate (show1.md 9).
std::unique_ptr<MotionRecipe> makePublishedRecipe(MotionSource source);
// The embedded model: all that knows of frames, on its own training loss, because query, key and value alone do not move so
// small a network (motion-and-quality.md 3.7). Beside the clip it sees, where it can, the way gone by other things.
std::unique_ptr<MotionRecipe> makeToylandRecipe(MotionSource source);

} // namespace s1::train
