#pragma once

#include "base/result.h"
#include "train/motion_loss.h"
#include "weights/tensor_file.h"

#include <filesystem>
#include <functional>

namespace s1::train {

struct OptimizerOptions {
    double rate = 1e-3;
    double matrixRate = 0; // above 0: weights that are matrices step by Muon at this rate, the rest by AdamW
    double beta1 = 0.9, beta2 = 0.99, eps = 1e-8, weightDecay = 0.01;
    double clipNorm = 1.0;
    double emaHalfLifeSteps = 200;
};

// The nearest matrix with all singular values about 1 (0.7…1.2), by five Newton-Schulz steps: Muon's direction (Jordan et
// al. 2024). matrix: [..., rows, columns].
at::Tensor orthogonalized(const at::Tensor& matrix);

// AdamW with gradient clipping and an exponential mean of the weights; on request Muon for matrices, its step as large as
// AdamW's (0.2 rms; Liu et al. 2025). Everything it holds goes into a checkpoint, so a resumed run goes on with the same
// numbers.
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
    // Parameters that step together, so that a GPU gets few and large calls: of one factor, and of one shape if they are matrices.
    struct Group {
        bool matrices;
        double factor;
        std::vector<at::Tensor> parameters, first, second;
    };

    bool isMatrix(std::size_t index) const;
    std::vector<Group> groups() const; // of all that have a gradient; on the processor each is one parameter, for its cache
    void stepGroup(const Group& group, double scale, double clip);
    void stepAdam(const Group& group, double rate, double clip);
    void stepMuon(const Group& group, double rate);

    NamedParameters m_parameters;
    OptimizerOptions m_options;
    std::vector<at::Tensor> m_first, m_second, m_mean;
    std::vector<double> m_factors;
    std::int64_t m_steps = 0;
};

} // namespace s1::train
