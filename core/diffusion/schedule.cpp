#include "diffusion/schedule.h"

#include "base/config_reader.h"

#include <torch/torch.h>

#include <fmt/format.h>

#include <cmath>

namespace s1::diffusion {

using nlohmann::json;

namespace {

constexpr double kMostBeta = 0.9999; // 1 leaves nothing of the picture, and divides by zero

// The published files say "no limit" as Python prints it, or as a string.
Result<void> readLambdaMin(const ConfigReader& reader, double& out) {
    const json* value = reader.find("lambda_min_clipped");
    if (value && (*value == "-Infinity" || *value == -HUGE_VAL)) {
        out = -HUGE_VAL;
        return {};
    }
    return reader.number("lambda_min_clipped", out, -1000, 1000);
}

Result<void> readTrainedBetas(const ConfigReader& reader, SchedulerConfig& config) {
    const json* list = reader.find("trained_betas");
    if (!list)
        return {};
    if (!list->is_array() || std::ssize(*list) != config.trainTimesteps)
        return reader.bad("trained_betas", fmt::format("must list {} numbers, one for each training timestep", config.trainTimesteps));
    for (const json& beta : *list) {
        if (!beta.is_number() || !(beta.get<double>() >= 0 && beta.get<double>() <= kMostBeta))
            return reader.bad("trained_betas", fmt::format("holds {}; expected numbers from 0 to {}", beta.dump(), kMostBeta));
        config.trainedBetas.push_back(beta.get<double>());
    }
    return {};
}

} // namespace

Result<SchedulerConfig> SchedulerConfig::fromJson(const json& object, const std::string& file) {
    const ConfigReader reader(object, file);
    SchedulerConfig config;
    S1_CHECK(reader.require({"_class_name"}));
    S1_CHECK(reader.choice<std::string>("_class_name",
        {{"DPMSolverMultistepScheduler", "DPMSolverMultistepScheduler"}, {"DDPMScheduler", "DDPMScheduler"},
         {"DDIMScheduler", "DDIMScheduler"}, {"PNDMScheduler", "PNDMScheduler"}}, config.className));
    const bool dpm = config.className == "DPMSolverMultistepScheduler";
    config.spacing = dpm ? Spacing::Linspace : Spacing::Leading; // class defaults of diffusers 0.19.3
    config.clipSample = !dpm;
    S1_CHECK(reader.integer("num_train_timesteps", config.trainTimesteps, 1, 10000));
    S1_CHECK(reader.integer("steps_offset", config.stepsOffset, 0, config.trainTimesteps - 1));
    S1_CHECK(reader.integer("solver_order", config.solverOrder, 1, 2));
    S1_CHECK(reader.number("beta_start", config.betaStart, 0, kMostBeta));
    S1_CHECK(reader.number("beta_end", config.betaEnd, 0, kMostBeta));
    S1_CHECK(reader.number("clip_sample_range", config.clipRange, 0, 1e4));
    S1_CHECK(reader.number("dynamic_thresholding_ratio", config.thresholdRatio, 0, 1));
    S1_CHECK(reader.number("sample_max_value", config.thresholdMax, 0, 1e4));
    S1_CHECK(readLambdaMin(reader, config.lambdaMinClipped));
    S1_CHECK(readTrainedBetas(reader, config));
    for (const auto& [key, out] : std::initializer_list<std::pair<const char*, bool*>>{
             {"rescale_betas_zero_snr", &config.rescaleZeroSnr}, {"set_alpha_to_one", &config.setAlphaToOne},
             {"clip_sample", &config.clipSample}, {"thresholding", &config.thresholding},
             {"lower_order_final", &config.lowerOrderFinal}})
        S1_CHECK(reader.boolean(key, *out));
    S1_CHECK(reader.choice<std::string>("beta_schedule",
        {{"linear", "linear"}, {"scaled_linear", "scaled_linear"}, {"squaredcos_cap_v2", "squaredcos_cap_v2"}}, config.betaSchedule));
    S1_CHECK(reader.choice<Prediction>("prediction_type",
        {{"epsilon", Prediction::Epsilon}, {"sample", Prediction::Sample}, {"v_prediction", Prediction::Velocity}}, config.prediction));
    S1_CHECK(reader.choice<Variance>("variance_type",
        {{"fixed_small", Variance::FixedSmall}, {"fixed_large", Variance::FixedLarge}, {"learned_range", Variance::LearnedRange}}, config.variance));
    S1_CHECK(reader.choice<Spacing>("timestep_spacing",
        {{"linspace", Spacing::Linspace}, {"leading", Spacing::Leading}, {"trailing", Spacing::Trailing}}, config.spacing));
    S1_CHECK(reader.choice<bool>("solver_type", {{"midpoint", false}, {"heun", true}}, config.heun));
    S1_CHECK(reader.choice<bool>("final_sigmas_type", {{"sigma_min", false}, {"zero", true}}, config.finalSigmaZero));
    if (dpm) {
        S1_CHECK(reader.only("algorithm_type", "dpmsolver++"));
        S1_CHECK(reader.only("use_karras_sigmas", false));
    }
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
