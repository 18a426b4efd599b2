#include "train/gradient.h"

#include "nn/parallel.h"

#include <torch/torch.h>

namespace s1::train {

double meanGradient(const NamedParameters& parameters, int shards, const std::function<at::Tensor(const Shard&)>& loss) {
    std::vector<at::Tensor> inputs;
    for (const auto& [name, parameter] : parameters)
        inputs.push_back(parameter);
    std::vector<double> losses(static_cast<std::size_t>(shards));
    std::vector<std::vector<at::Tensor>> gradients(losses.size());
    nn::inParts(shards, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = begin; i < end; ++i) {
            const at::Tensor share = loss({static_cast<int>(i), shards}) / shards;
            losses[static_cast<std::size_t>(i)] = share.item<double>();
            gradients[static_cast<std::size_t>(i)] = torch::autograd::grad({share}, inputs, {}, std::nullopt, false, true);
        }
    });
    double mean = 0;
    for (std::size_t shard = 0; shard < losses.size(); ++shard) {
        mean += losses[shard];
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            at::Tensor& sum = inputs[i].mutable_grad();
            if (shard == 0 || !sum.defined())
                sum = gradients[shard][i];
            else if (gradients[shard][i].defined())
                sum.add_(gradients[shard][i]);
        }
    }
    return mean;
}

} // namespace s1::train
