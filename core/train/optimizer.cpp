#include "train/optimizer.h"

#include "nn/parallel.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <fmt/format.h>

#include <cmath>
#include <map>

namespace s1::train {

at::Tensor orthogonalized(const at::Tensor& matrix) {
    constexpr int kSteps = 5;
    const bool tall = matrix.size(-2) > matrix.size(-1);
    at::Tensor x = tall ? matrix.mT() : matrix;
    x = x / (at::linalg_vector_norm(x, 2, at::IntArrayRef{-2, -1}, true) + 1e-7);
    // Each step multiplies x by a polynomial of x x'. All of them commute, so they are gathered in that smaller square.
    at::Tensor square = at::matmul(x, x.mT()), product;
    const at::Tensor one = at::eye(x.size(-2), x.options());
    for (int i = 0; i < kSteps; ++i) { // Jordan's coefficients: steep at 0, then within 0.7…1.2
        const at::Tensor factor = one * 3.4445 - square * 4.7750 + at::matmul(square, square) * 2.0315;
        product = i == 0 ? factor : at::matmul(factor, product);
        if (i + 1 < kSteps)
            square = at::matmul(at::matmul(factor, square), factor);
    }
    x = at::matmul(product, x);
    return tall ? x.mT() : x;
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

std::vector<Optimizer::Group> Optimizer::groups() const {
    std::vector<Group> all;
    std::map<std::pair<double, std::vector<std::int64_t>>, std::size_t> known; // by factor and shape, no shape for what is no matrix
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        const at::Tensor& parameter = m_parameters[i].second;
        if (!parameter.grad().defined())
            continue;
        const std::size_t next = all.size();
        const auto found = parameter.is_cpu() ? next : known.try_emplace({m_factors[i], isMatrix(i) ? parameter.sizes().vec() : std::vector<std::int64_t>()}, next).first->second;
        if (found == next)
            all.push_back({isMatrix(i), m_factors[i], {}, {}, {}});
        all[found].parameters.push_back(parameter);
        all[found].first.push_back(m_first[i]);
        all[found].second.push_back(m_second[i]);
    }
    return all;
}

namespace {

std::vector<at::Tensor> gradientsOf(const std::vector<at::Tensor>& parameters) {
    std::vector<at::Tensor> gradients;
    for (const at::Tensor& parameter : parameters)
        gradients.push_back(parameter.grad().contiguous()); // or a GPU would take them one by one
    return gradients;
}

} // namespace

void Optimizer::stepAdam(const Group& group, double rate, double clip) {
    const auto &parameters = group.parameters, &first = group.first, &second = group.second;
    const auto gradients = at::_foreach_mul(gradientsOf(parameters), clip);
    const double correction1 = 1 - std::pow(m_options.beta1, static_cast<double>(m_steps));
    const double correction2 = 1 - std::pow(m_options.beta2, static_cast<double>(m_steps));
    at::_foreach_mul_(first, m_options.beta1);
    at::_foreach_add_(first, gradients, 1 - m_options.beta1);
    at::_foreach_mul_(second, m_options.beta2);
    at::_foreach_addcmul_(second, gradients, gradients, 1 - m_options.beta2);
    at::_foreach_mul_(parameters, 1 - rate * m_options.weightDecay);
    const auto spread = at::_foreach_div(second, correction2);
    at::_foreach_sqrt_(spread);
    at::_foreach_add_(spread, m_options.eps);
    at::_foreach_addcdiv_(parameters, first, spread, -rate / correction1);
}

void Optimizer::stepMuon(const Group& group, double rate) {
    constexpr double kMomentum = 0.95, kAdamRms = 0.2;
    const auto& parameters = group.parameters;
    const auto gradients = gradientsOf(parameters);
    at::_foreach_mul_(group.first, kMomentum);
    at::_foreach_add_(group.first, gradients);
    const auto directions = at::_foreach_add(gradients, group.first, kMomentum);
    const at::Tensor matrices = directions.size() == 1 ? directions[0].flatten(1) : at::stack(directions).flatten(2);
    const double largest = static_cast<double>(std::max(matrices.size(-2), matrices.size(-1)));
    at::Tensor turned = orthogonalized(matrices);
    if (directions.size() == 1)
        turned = turned.unsqueeze(0);
    std::vector<at::Tensor> steps;
    for (const at::Tensor& one : turned.unbind())
        steps.push_back(one.reshape(parameters[0].sizes()));
    at::_foreach_mul_(parameters, 1 - rate * m_options.weightDecay);
    at::_foreach_add_(parameters, steps, -rate * kAdamRms * std::sqrt(largest));
}

void Optimizer::stepGroup(const Group& group, double scale, double clip) {
    torch::NoGradGuard noGrad;
    if (group.matrices)
        stepMuon(group, m_options.matrixRate * scale * group.factor);
    else
        stepAdam(group, m_options.rate * scale * group.factor, clip);
    for (const at::Tensor& parameter : group.parameters)
        parameter.mutable_grad().reset();
}

double Optimizer::step(double scale) {
    torch::NoGradGuard noGrad;
    ++m_steps;
    std::vector<at::Tensor> gradients;
    for (const auto& [name, parameter] : m_parameters)
        if (parameter.grad().defined())
            gradients.push_back(parameter.grad());
    const double norm = gradients.empty() ? 0.0 : at::stack(at::_foreach_norm(gradients)).norm().item<double>();
    if (!std::isfinite(norm)) { // one bad batch must not spoil the weights
        for (const auto& [name, parameter] : m_parameters)
            at::Tensor(parameter).mutable_grad().reset();
        return norm;
    }
    const double clip = norm > m_options.clipNorm ? m_options.clipNorm / norm : 1.0;
    // The mean starts young so that early exports are not the first weights.
    const double keep = std::min(std::pow(0.5, 1 / m_options.emaHalfLifeSteps), (1.0 + static_cast<double>(m_steps)) / (10.0 + static_cast<double>(m_steps)));
    const std::vector<Group> all = groups();
    // Every so manieth, so that large and small ones are spread evenly; the bits do not depend on it. A GPU takes its calls from one.
    const auto parts = m_parameters.front().second.is_cpu() ? static_cast<std::size_t>(at::get_num_threads()) : 1;
    nn::inParts(static_cast<std::int64_t>(parts), [&](std::int64_t begin, std::int64_t end) {
        for (auto part = static_cast<std::size_t>(begin); part < static_cast<std::size_t>(end); ++part)
            for (auto i = part; i < all.size(); i += parts)
                stepGroup(all[i], scale, clip);
    });
    std::vector<at::Tensor> parameters;
    for (const auto& [name, parameter] : m_parameters)
        parameters.push_back(parameter);
    at::_foreach_lerp_(m_mean, parameters, 1 - keep);
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
