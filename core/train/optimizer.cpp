#include "train/optimizer.h"

#include "nn/parallel.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <fmt/format.h>

#include <cmath>

namespace s1::train {

at::Tensor orthogonalized(const at::Tensor& matrix) {
    constexpr int kSteps = 5;
    const bool tall = matrix.size(0) > matrix.size(1);
    at::Tensor x = tall ? matrix.t() : matrix;
    x = x / (x.norm() + 1e-7);
    // Each step multiplies x by a polynomial of x x'. All of them commute, so they are gathered in that smaller square.
    at::Tensor square = at::mm(x, x.t()), product;
    const at::Tensor one = at::eye(x.size(0));
    for (int i = 0; i < kSteps; ++i) { // Jordan's coefficients: steep at 0, then within 0.7…1.2
        const at::Tensor factor = at::addmm(one * 3.4445 - square * 4.7750, square, square, 1, 2.0315);
        product = i == 0 ? factor : at::mm(factor, product);
        if (i + 1 < kSteps)
            square = at::mm(at::mm(factor, square), factor);
    }
    x = at::mm(product, x);
    return tall ? x.t() : x;
}

Optimizer::Optimizer(NamedParameters parameters, OptimizerOptions options)
    : m_parameters(std::move(parameters)), m_options(options), m_factors(m_parameters.size(), 1.0) {
    for (const auto& [name, parameter] : m_parameters) {
        m_first.push_back(at::zeros_like(parameter));
        m_second.push_back(at::zeros_like(parameter));
        m_mean.push_back(parameter.detach().clone());
    }
}

void Optimizer::slowDown(double factor, const std::function<bool(const std::string&)>& slow) {
    for (std::size_t i = 0; i < m_parameters.size(); ++i)
        if (slow(m_parameters[i].first))
            m_factors[i] = factor;
}

// Input and output layers have too few channels for a direction to be worth more than its numbers.
bool Optimizer::isMatrix(std::size_t index) const {
    const auto& [name, parameter] = m_parameters[index];
    constexpr std::int64_t kSmallest = 8;
    return m_options.matrixRate > 0 && parameter.dim() >= 2 && parameter.size(0) >= kSmallest && parameter.numel() / parameter.size(0) >= kSmallest &&
           !name.starts_with("conv_in.");
}

void Optimizer::stepAdam(std::size_t index, const at::Tensor& gradient, double rate) {
    at::Tensor parameter = m_parameters[index].second;
    const double correction1 = 1 - std::pow(m_options.beta1, static_cast<double>(m_steps));
    const double correction2 = 1 - std::pow(m_options.beta2, static_cast<double>(m_steps));
    m_first[index].mul_(m_options.beta1).add_(gradient, 1 - m_options.beta1);
    m_second[index].mul_(m_options.beta2).addcmul_(gradient, gradient, 1 - m_options.beta2);
    parameter.mul_(1 - rate * m_options.weightDecay);
    parameter.addcdiv_(m_first[index], (m_second[index] / correction2).sqrt_().add_(m_options.eps), -rate / correction1);
}

void Optimizer::stepMuon(std::size_t index, const at::Tensor& gradient, double rate) {
    constexpr double kMomentum = 0.95, kAdamRms = 0.2;
    at::Tensor parameter = m_parameters[index].second;
    m_first[index].mul_(kMomentum).add_(gradient);
    const at::Tensor matrix = gradient.add(m_first[index], kMomentum).reshape({parameter.size(0), -1});
    const double largest = static_cast<double>(std::max(matrix.size(0), matrix.size(1)));
    parameter.mul_(1 - rate * m_options.weightDecay);
    parameter.add_(orthogonalized(matrix).reshape(parameter.sizes()), -rate * kAdamRms * std::sqrt(largest));
}

void Optimizer::stepOne(std::size_t index, double scale, double clip, double keep) {
    torch::NoGradGuard noGrad;
    at::Tensor parameter = m_parameters[index].second;
    if (parameter.grad().defined()) {
        if (isMatrix(index))
            stepMuon(index, parameter.grad(), m_options.matrixRate * scale * m_factors[index]);
        else
            stepAdam(index, parameter.grad() * clip, m_options.rate * scale * m_factors[index]);
        parameter.mutable_grad().reset();
    }
    m_mean[index].lerp_(parameter, 1 - keep);
}

double Optimizer::step(double scale) {
    torch::NoGradGuard noGrad;
    ++m_steps;
    std::vector<at::Tensor> norms;
    for (const auto& [name, parameter] : m_parameters)
        if (parameter.grad().defined())
            norms.push_back(parameter.grad().norm());
    const double norm = norms.empty() ? 0.0 : at::stack(norms).norm().item<double>();
    if (!std::isfinite(norm)) { // one bad batch must not spoil the weights
        for (const auto& [name, parameter] : m_parameters)
            at::Tensor(parameter).mutable_grad().reset();
        return norm;
    }
    const double clip = norm > m_options.clipNorm ? m_options.clipNorm / norm : 1.0;
    // The mean starts young so that early exports are not the first weights.
    const double keep = std::min(std::pow(0.5, 1 / m_options.emaHalfLifeSteps), (1.0 + static_cast<double>(m_steps)) / (10.0 + static_cast<double>(m_steps)));
    // Every so manieth, so that large and small ones are spread evenly; the bits do not depend on it.
    const auto parts = static_cast<std::size_t>(at::get_num_threads());
    nn::inParts(static_cast<std::int64_t>(parts), [&](std::int64_t begin, std::int64_t end) {
        for (auto part = static_cast<std::size_t>(begin); part < static_cast<std::size_t>(end); ++part)
            for (auto i = part; i < m_parameters.size(); i += parts)
                stepOne(i, scale, clip, keep);
    });
    return norm;
}

weights::TensorMap Optimizer::averaged() const {
    weights::TensorMap map;
    for (std::size_t i = 0; i < m_parameters.size(); ++i)
        map[m_parameters[i].first] = m_mean[i];
    return map;
}

weights::TensorMap Optimizer::state() const {
    weights::TensorMap map;
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        const auto& name = m_parameters[i].first;
        map["weight/" + name] = m_parameters[i].second.detach();
        map["mean/" + name] = m_mean[i];
        map["first/" + name] = m_first[i];
        map["second/" + name] = m_second[i];
    }
    map["steps"] = at::scalar_tensor(m_steps, at::kLong);
    return map;
}

Result<void> Optimizer::restore(const weights::TensorMap& state, const std::string& file) {
    torch::NoGradGuard noGrad;
    const auto take = [&](const std::string& key, at::Tensor target) -> Result<void> {
        const auto it = state.find(key);
        if (it == state.end() || it->second.sizes() != target.sizes())
            return Error{ErrorCode::Corrupt, fmt::format("checkpoint {} has no fitting {}; start this stage afresh", file, key), key};
        target.copy_(it->second);
        return {};
    };
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        const auto& name = m_parameters[i].first;
        S1_CHECK(take("weight/" + name, m_parameters[i].second));
        S1_CHECK(take("mean/" + name, m_mean[i]));
        S1_CHECK(take("first/" + name, m_first[i]));
        S1_CHECK(take("second/" + name, m_second[i]));
    }
    at::Tensor steps = at::zeros({}, at::kLong);
    S1_CHECK(take("steps", steps));
    m_steps = steps.item<std::int64_t>();
    return {};
}

} // namespace s1::train
