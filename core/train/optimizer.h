#pragma once

#include "base/result.h"
#include "train/motion_loss.h"
#include "weights/tensor_file.h"

#include <filesystem>
#include <functional>

namespace s1::train {

struct OptimizerOptions {
    double rate = 1e-3;
    double beta1 = 0.9, beta2 = 0.99, eps = 1e-8, weightDecay = 0.01;
    double clipNorm = 1.0;
    double emaHalfLifeSteps = 200;
};

// AdamW with gradient clipping and an exponential mean of the weights. Everything it holds goes into a checkpoint, so a
// resumed run goes on with the same numbers.
class Optimizer {
public:
    Optimizer(NamedParameters parameters, OptimizerOptions options);

    // Scales the learning rate of the parameters that slow() names.
    void slowDown(double factor, const std::function<bool(const std::string&)>& slow);
    // One update from the gradients, which are cleared. scale: the schedule's share of the rate. Returns the gradient norm.
    double step(double scale);
    std::int64_t steps() const { return m_steps; }

    weights::TensorMap averaged() const; // the exponential mean, by name
    weights::TensorMap state() const;    // weights, mean and moments
    Result<void> restore(const weights::TensorMap& state, const std::string& file);

private:
    NamedParameters m_parameters;
    OptimizerOptions m_options;
    std::vector<at::Tensor> m_first, m_second, m_mean;
    std::vector<double> m_factors;
    std::int64_t m_steps = 0;
};

} // namespace s1::train
