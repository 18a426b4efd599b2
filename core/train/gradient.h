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

// A loss, and its gradients where they were taken along: one a parameter in their order, undefined where it does not depend on it.
struct Cost {
    Cost() = default;
    Cost(at::Tensor l, std::vector<at::Tensor> g = {}) : loss(std::move(l)), gradients(std::move(g)) {}
    at::Tensor loss;
    std::vector<at::Tensor> gradients;
};
std::vector<at::Tensor> gradientsOf(const at::Tensor& loss, const std::vector<at::Tensor>& parameters);

// Leaves the mean gradient of all shards at the parameters and returns their mean loss. Shards run side by side, one a
// thread, and are summed in their order, so the bits do not depend on which came first. With several processes, each has
// so many shards, rank 0 the first ones, and all get the mean of all.
double meanGradient(const NamedParameters& parameters, int shards, const std::function<Cost(const Shard&)>& loss);
double meanGradient(const NamedParameters& parameters, int shards, Processes& processes, const std::function<Cost(const Shard&)>& loss);

} // namespace s1::train
