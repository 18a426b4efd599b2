#pragma once

#include "train/motion_loss.h"
#include "train/processes.h"

#include <functional>

namespace s1::train {

// The share of a step's batch that one thread works on: part index of count.
struct Shard {
    int index = 0, count = 1;
    int begin(int batch) const { return batch * index / count; }
    int size(int batch) const { return batch * (index + 1) / count - begin(batch); }
};

// Leaves the mean gradient of all shards at the parameters and returns their mean loss. Shards run side by side, one a
// thread, and are summed in their order, so the bits do not depend on which came first. With several processes, each has
// so many shards, rank 0 the first ones, and all get the mean of all.
double meanGradient(const NamedParameters& parameters, int shards, const std::function<at::Tensor(const Shard&)>& loss);
double meanGradient(const NamedParameters& parameters, int shards, Processes& processes, const std::function<at::Tensor(const Shard&)>& loss);

} // namespace s1::train
