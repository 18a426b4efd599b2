#include "train/gradient.h"

#include "nn/parallel.h"

#include <torch/torch.h>

namespace s1::train {

namespace {

// One buffer for the loss and the gradients. A step has the same graph everywhere, so all have one of the same parameters.
void sumOver(Processes& processes, const std::vector<at::Tensor>& parameters, double& loss) {
    std::vector<at::Tensor> parts{at::tensor({loss}, at::kFloat)};
    for (const at::Tensor& parameter : parameters)
        if (parameter.grad().defined())
            parts.push_back(parameter.grad().flatten());
    parts.front() = parts.front().to(parts.back().device());
    at::Tensor all = at::cat(parts).cpu();
    processes.sum(all);
    all = all.to(parts.back().device());
    loss = all[0].item<double>();
    std::int64_t begin = 1;
    for (const at::Tensor& parameter : parameters)
        if (parameter.grad().defined()) {
            parameter.mutable_grad() = all.narrow(0, begin, parameter.numel()).view(parameter.sizes());
            begin += parameter.numel();
        }
}

std::vector<at::Tensor> divided(std::vector<at::Tensor> gradients, int count) {
    for (at::Tensor& gradient : gradients)
        if (count > 1 && gradient.defined()) // not in place: a recording fills them again
            gradient = gradient / count;
    return gradients;
}

} // namespace

std::vector<at::Tensor> gradientsOf(const at::Tensor& loss, const std::vector<at::Tensor>& parameters) {
    constexpr bool kAlsoUnused = true;
    return torch::autograd::grad({loss}, parameters, {}, std::nullopt, false, kAlsoUnused);
}

double meanGradient(const NamedParameters& parameters, int shards, const std::function<Cost(const Shard&)>& loss) {
    Processes alone;
    return meanGradient(parameters, shards, alone, loss);
}

double meanGradient(const NamedParameters& parameters, int shards, Processes& processes, const std::function<Cost(const Shard&)>& loss) {
    std::vector<at::Tensor> inputs;
    for (const auto& [name, parameter] : parameters)
        inputs.push_back(parameter);
    std::vector<double> losses(static_cast<std::size_t>(shards));
    std::vector<std::vector<at::Tensor>> gradients(losses.size());
    const int first = processes.rank() * shards, count = processes.count() * shards;
    nn::inParts(shards, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = begin; i < end; ++i) {
            const Cost cost = loss({first + static_cast<int>(i), count});
            const at::Tensor share = cost.loss / count;
            gradients[static_cast<std::size_t>(i)] = cost.gradients.empty() ? gradientsOf(share, inputs) : divided(cost.gradients, count);
            losses[static_cast<std::size_t>(i)] = share.item<double>(); // waits for a GPU
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
    if (processes.count() > 1)
        sumOver(processes, inputs, mean);
    return mean;
}

} // namespace s1::train
