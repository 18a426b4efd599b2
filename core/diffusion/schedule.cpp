#include "diffusion/schedule.h"

#include <torch/torch.h>

#include <fmt/format.h>

#include <cmath>

namespace s1::diffusion {

using nlohmann::json;

namespace {

template <typename T>
Result<void> pick(const json& object, const char* key, const std::string& file, T& out) {
    const auto it = object.find(key);
    if (it == object.end() || it->is_null())
        return {};
    try {
        out = it->get<T>();
    } catch (const json::exception&) {
        return Error{ErrorCode::Unsupported, fmt::format("{}: {} is {}, a value of the wrong type", file, key, it->dump()), key};
    }
    return {};
}

template <typename T>
Result<void> choose(const json& object, const char* key, const std::string& file,
                    std::initializer_list<std::pair<const char*, T>> known, T& out) {
    const auto it = object.find(key);
    if (it == object.end() || it->is_null())
        return {};
    std::string names;
    for (const auto& [name, value] : known) {
        if (*it == name) {
            out = value;
            return {};
        }
        names += fmt::format("{}{}", names.empty() ? "" : ", ", name);
    }
    return Error{ErrorCode::Unsupported, fmt::format("{}: {} is {}; known are {}", file, key, it->dump(), names), key};
}

} // namespace

Result<SchedulerConfig> SchedulerConfig::fromJson(const json& object, const std::string& file) {
    if (!object.is_object())
        return Error{ErrorCode::Corrupt, fmt::format("{} is not a scheduler config", file), file};
    SchedulerConfig config;
    const char* const kKnown[] = {"DPMSolverMultistepScheduler", "DDPMScheduler", "DDIMScheduler", "PNDMScheduler"};
    S1_CHECK(pick(object, "_class_name", file, config.className));
    if (std::find(std::begin(kKnown), std::end(kKnown), config.className) == std::end(kKnown))
        return Error{ErrorCode::Unsupported,
                     fmt::format("{}: scheduler class {} is unknown; known are DPMSolverMultistepScheduler, DDPMScheduler, "
                                 "DDIMScheduler, PNDMScheduler",
                                 file, config.className.empty() ? "(missing)" : config.className),
                     "_class_name"};
    const bool dpm = config.className == kKnown[0];
    config.spacing = dpm ? Spacing::Linspace : Spacing::Leading; // class defaults of diffusers 0.19.3
    config.clipSample = !dpm;
    for (const auto& [key, out] : std::initializer_list<std::pair<const char*, double*>>{
             {"beta_start", &config.betaStart}, {"beta_end", &config.betaEnd}, {"clip_sample_range", &config.clipRange},
             {"dynamic_thresholding_ratio", &config.thresholdRatio}, {"sample_max_value", &config.thresholdMax}})
        S1_CHECK(pick(object, key, file, *out));
    if (const auto it = object.find("lambda_min_clipped"); it != object.end() && it->is_string())
        config.lambdaMinClipped = *it == "-Infinity" ? -HUGE_VAL : config.lambdaMinClipped;
    else
        S1_CHECK(pick(object, "lambda_min_clipped", file, config.lambdaMinClipped));
    for (const auto& [key, out] : std::initializer_list<std::pair<const char*, bool*>>{
             {"rescale_betas_zero_snr", &config.rescaleZeroSnr}, {"set_alpha_to_one", &config.setAlphaToOne},
             {"clip_sample", &config.clipSample}, {"thresholding", &config.thresholding},
             {"lower_order_final", &config.lowerOrderFinal}})
        S1_CHECK(pick(object, key, file, *out));
    S1_CHECK(pick(object, "num_train_timesteps", file, config.trainTimesteps));
    S1_CHECK(pick(object, "steps_offset", file, config.stepsOffset));
    S1_CHECK(pick(object, "solver_order", file, config.solverOrder));
    S1_CHECK(pick(object, "trained_betas", file, config.trainedBetas));
    S1_CHECK(choose<std::string>(object, "beta_schedule", file,
        {{"linear", "linear"}, {"scaled_linear", "scaled_linear"}, {"squaredcos_cap_v2", "squaredcos_cap_v2"}}, config.betaSchedule));
    S1_CHECK(choose<Prediction>(object, "prediction_type", file,
        {{"epsilon", Prediction::Epsilon}, {"sample", Prediction::Sample}, {"v_prediction", Prediction::Velocity}}, config.prediction));
    S1_CHECK(choose<Variance>(object, "variance_type", file,
        {{"fixed_small", Variance::FixedSmall}, {"fixed_large", Variance::FixedLarge}, {"learned_range", Variance::LearnedRange}}, config.variance));
    S1_CHECK(choose<Spacing>(object, "timestep_spacing", file,
        {{"linspace", Spacing::Linspace}, {"leading", Spacing::Leading}, {"trailing", Spacing::Trailing}}, config.spacing));
    S1_CHECK(choose<bool>(object, "solver_type", file, {{"midpoint", false}, {"heun", true}}, config.heun));
    S1_CHECK(choose<bool>(object, "final_sigmas_type", file, {{"sigma_min", false}, {"zero", true}}, config.finalSigmaZero));
    if (dpm) {
        std::string algorithm = "dpmsolver++";
        S1_CHECK(choose<std::string>(object, "algorithm_type", file, {{"dpmsolver++", "dpmsolver++"}}, algorithm));
        bool karras = false;
        S1_CHECK(pick(object, "use_karras_sigmas", file, karras));
        if (karras)
            return Error{ErrorCode::Unsupported, fmt::format("{}: use_karras_sigmas is not supported", file), "use_karras_sigmas"};
    }
    if (config.trainTimesteps < 1 || config.trainTimesteps > 100000 || config.solverOrder < 1 || config.solverOrder > 2 ||
        (!config.trainedBetas.empty() && std::ssize(config.trainedBetas) != config.trainTimesteps))
        return Error{ErrorCode::Unsupported,
                     fmt::format("{}: num_train_timesteps {}, solver_order {} or the number of trained_betas {} is out of range",
                                 file, config.trainTimesteps, config.solverOrder, config.trainedBetas.size()),
                     file};
    if (config.stepsOffset < 0 || config.stepsOffset >= config.trainTimesteps)
        return Error{ErrorCode::Unsupported, fmt::format("{}: steps_offset {} is outside the training timesteps", file, config.stepsOffset), "steps_offset"};
    if (!(config.thresholdRatio >= 0 && config.thresholdRatio <= 1))
        return Error{ErrorCode::Unsupported, fmt::format("{}: dynamic_thresholding_ratio {} is not a share from 0 to 1", file, config.thresholdRatio),
                     "dynamic_thresholding_ratio"};
    return config;
}

namespace {

Tensor makeBetas(const SchedulerConfig& config) {
    const auto n = config.trainTimesteps;
    if (!config.trainedBetas.empty())
        return at::tensor(config.trainedBetas, at::kDouble).to(at::kFloat);
    if (config.betaSchedule == "linear")
        return at::linspace(config.betaStart, config.betaEnd, n, at::kFloat);
    if (config.betaSchedule == "scaled_linear")
        return at::linspace(std::sqrt(config.betaStart), std::sqrt(config.betaEnd), n, at::kFloat).square();
    const auto alphaBar = [](double u) { return std::pow(std::cos((u + 0.008) / 1.008 * M_PI / 2), 2); };
    std::vector<double> betas;
    for (std::int64_t i = 0; i < n; ++i)
        betas.push_back(std::min(1 - alphaBar(double(i + 1) / double(n)) / alphaBar(double(i) / double(n)), 0.999));
    return at::tensor(betas, at::kDouble).to(at::kFloat);
}

// Scales sqrt(acp) so that it ends at 0 and keeps its start (arXiv 2305.08891, algorithm 1).
Tensor rescaleZeroTerminalSnr(const Tensor& betas) {
    const Tensor root = (1 - betas).cumprod(0).sqrt();
    const Tensor scaled = (root - root[-1]) * (root[0] / (root[0] - root[-1]));
    const Tensor acp = scaled.square();
    const Tensor alphas = at::cat({acp.slice(0, 0, 1), acp.slice(0, 1) / acp.slice(0, 0, -1)});
    return 1 - alphas;
}

} // namespace

NoiseSchedule::NoiseSchedule(const SchedulerConfig& config) {
    betas = makeBetas(config);
    if (config.rescaleZeroSnr)
        betas = rescaleZeroTerminalSnr(betas);
    alphasCumprod = (1 - betas).cumprod(0);
    alpha = alphasCumprod.sqrt();
    sigma = (1 - alphasCumprod).sqrt();
    lambda = alpha.log() - sigma.log();
}

float NoiseSchedule::acp(std::int64_t t) const { return alphasCumprod.const_data_ptr<float>()[t]; }

Tensor addNoise(const NoiseSchedule& schedule, const Tensor& x0, const Tensor& z, const Tensor& t) {
    const Tensor acp = schedule.alphasCumprod.to(x0.device(), x0.scalar_type()).index_select(0, t.to(x0.device()));
    std::vector<std::int64_t> shape(static_cast<std::size_t>(x0.dim()), 1);
    shape[0] = acp.size(0);
    return acp.sqrt().view(shape) * x0 + (1 - acp).sqrt().view(shape) * z;
}

Tensor dynamicThreshold(const Tensor& m, double ratio, double max) {
    const Tensor rows = m.to(at::kFloat).flatten(1);
    if (max <= 1.0) // the clamp below leaves s = 1: no quantile needed
        return rows.clamp(-1, 1).view_as(m).to(m.scalar_type());
    const Tensor s = at::quantile(rows.abs(), ratio, 1).clamp(1, max).unsqueeze(1);
    return (at::clamp(rows, -s, s) / s).view_as(m).to(m.scalar_type());
}

Tensor predictionTarget(Prediction kind, const Tensor& x0, const Tensor& z, const Tensor& alpha, const Tensor& sigma) {
    switch (kind) {
    case Prediction::Sample: return x0;
    case Prediction::Velocity: return alpha * z - sigma * x0;
    case Prediction::Epsilon: break;
    }
    return z;
}

Tensor cleanEstimate(Prediction kind, const Tensor& output, const Tensor& x, const Tensor& alpha, const Tensor& sigma) {
    switch (kind) {
    case Prediction::Sample: return output;
    case Prediction::Velocity: return alpha * x - sigma * output;
    case Prediction::Epsilon: break;
    }
    return (x - sigma * output) / alpha;
}

Tensor minSnrWeights(const NoiseSchedule& schedule, Prediction kind, double gamma) {
    const Tensor snr = (2 * schedule.lambda).exp();
    const Tensor clipped = snr.clamp_max(gamma);
    switch (kind) {
    case Prediction::Sample: return clipped;
    case Prediction::Velocity: return clipped / (snr + 1);
    case Prediction::Epsilon: break;
    }
    return clipped / snr.clamp_min(1e-12);
}

} // namespace s1::diffusion
