#include "diffusion/ddim.h"
#include "diffusion/random.h"
#include "diffusion/sampler.h"
#include "weights/load.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

namespace s1::diffusion {
namespace {

using nlohmann::json;
using weights::deterministicUniform;

SchedulerConfig configOf(const json& object) {
    auto config = SchedulerConfig::fromJson(object, "scheduler_config.json");
    EXPECT_TRUE(config) << (config ? "" : config.error().message);
    return config ? *config : SchedulerConfig{};
}

// Stages A, C0 and D of show1.md 5.1.
json stageA() {
    return {{"_class_name", "DPMSolverMultistepScheduler"}, {"beta_schedule", "squaredcos_cap_v2"}, {"thresholding", true},
            {"dynamic_thresholding_ratio", 0.95}, {"sample_max_value", 1.5}, {"lambda_min_clipped", -5.1}, {"solver_type", "midpoint"}};
}
json stageC() {
    json object = stageA();
    object["lambda_min_clipped"] = "-Infinity";
    object["sample_max_value"] = 1.0;
    return object;
}
json stageD() {
    return {{"_class_name", "DPMSolverMultistepScheduler"}, {"beta_schedule", "scaled_linear"}, {"beta_start", 0.00085}, {"beta_end", 0.012}};
}
json stageC0() {
    return {{"_class_name", "DDPMScheduler"}, {"beta_schedule", "squaredcos_cap_v2"}, {"variance_type", "learned_range"},
            {"thresholding", true}, {"dynamic_thresholding_ratio", 0.95}, {"sample_max_value", 1.0}, {"timestep_spacing", "leading"}};
}
json ddim() { return {{"_class_name", "DDIMScheduler"}, {"beta_schedule", "scaled_linear"}, {"beta_start", 0.00085}, {"beta_end", 0.012}, {"clip_sample", false}}; }

std::unique_ptr<Sampler> samplerOf(const json& object, int steps) {
    auto sampler = makeSampler(configOf(object), steps);
    EXPECT_TRUE(sampler);
    return std::move(*sampler);
}

// mean, population std, norm, and the values at 0, 1, 17, n/2, n-1, as show1.md 10 lists them.
void expectFigures(const Tensor& x, std::initializer_list<double> statistics, std::initializer_list<double> values) {
    const Tensor flat = x.contiguous().flatten().to(at::kDouble);
    const double found[] = {flat.mean().item<double>(), flat.std(false).item<double>(), flat.norm().item<double>()};
    for (std::size_t i = 0; i < statistics.size(); ++i)
        EXPECT_NEAR(found[i], statistics.begin()[i], i == 2 ? 2e-3 : 2e-4) << "statistic " << i;
    const std::int64_t n = flat.numel(), at[] = {0, 1, 17, n / 2, n - 1};
    for (std::size_t i = 0; i < values.size(); ++i)
        EXPECT_NEAR(flat[at[i]].item<double>(), values.begin()[i], 2e-4) << "value " << at[i];
}

TEST(Schedule, CosineTable) {
    const NoiseSchedule schedule(configOf(stageA()));
    const auto near = [](double value, double expected) { EXPECT_NEAR(value / expected, 1, 2e-6) << expected; };
    near(schedule.acp(0), 0.99995869);
    near(schedule.acp(250), 0.84588802);
    EXPECT_NEAR(schedule.acp(150), 0.94, 5e-6);
    near(schedule.acp(995), 3.885979e-5);
    near(schedule.acp(999), 2.428735e-9);
    const auto lambda = [&](std::int64_t t) { return schedule.lambda[t].item<double>(); };
    near(lambda(0), 5.0472307);
    near(lambda(995), -5.0777559);
    near(lambda(996), -5.3654437);
    near(lambda(999), -9.9179478);
}

TEST(Schedule, ScaledLinearTable) {
    const NoiseSchedule schedule(configOf(stageD()));
    EXPECT_NEAR(schedule.acp(0), 0.99914998, 1e-7);
    EXPECT_NEAR(schedule.acp(799), 0.03719497, 2e-7);
    EXPECT_NEAR(schedule.acp(999), 0.00466010, 1e-7);
}

TEST(Schedule, TrainedBetasReplaceTheSchedule) {
    json object = ddim();
    object["num_train_timesteps"] = 3;
    object["trained_betas"] = {0.1, 0.2, 0.5};
    const NoiseSchedule schedule(configOf(object));
    EXPECT_NEAR(schedule.acp(2), 0.9 * 0.8 * 0.5, 1e-6);
}

TEST(Schedule, ZeroTerminalSnrEndsInPureNoiseAndKeepsItsStart) {
    json object = ddim();
    const NoiseSchedule plain(configOf(object));
    object["rescale_betas_zero_snr"] = true;
    const NoiseSchedule zero(configOf(object));
    EXPECT_EQ(zero.acp(999), 0);
    EXPECT_GT(plain.acp(999), 1e-3);
    EXPECT_NEAR(zero.acp(0), plain.acp(0), 1e-6);
    EXPECT_TRUE((zero.alphasCumprod.slice(0, 1) < zero.alphasCumprod.slice(0, 0, -1)).all().item<bool>());
    const Tensor x0 = at::ones({1, 3, 2, 2}), z = at::full({1, 3, 2, 2}, 2.0);
    EXPECT_TRUE(at::equal(addNoise(zero, x0, z, at::tensor({999})), z));
}

TEST(Schedule, HalfNoiseUsesTheRoundedTable) {
    const NoiseSchedule schedule(configOf(stageA()));
    const Tensor one = at::ones({1, 1}, at::kHalf), none = at::zeros({1, 1}, at::kHalf);
    const auto noised = [&](std::int64_t t) { return addNoise(schedule, one, none, at::tensor({t})); };
    EXPECT_TRUE(at::equal(noised(150), at::full({1, 1}, 0.93994141, at::kHalf).sqrt()));
    EXPECT_TRUE(at::equal(noised(250), at::full({1, 1}, 0.84570312, at::kHalf).sqrt()));
    EXPECT_EQ(noised(150).scalar_type(), at::kHalf);
}

TEST(Schedule, NoiseIsPerRow) {
    const NoiseSchedule schedule(configOf(stageA()));
    const Tensor x0 = at::randn({3, 2, 2}), z = at::randn({3, 2, 2}), t = at::tensor({0, 500, 999});
    const Tensor all = addNoise(schedule, x0, z, t);
    for (std::int64_t i = 0; i < 3; ++i)
        EXPECT_TRUE(at::allclose(all[i], addNoise(schedule, x0, z, t.slice(0, i, i + 1))[i]));
}

TEST(Schedule, MinSnrWeights) {
    const NoiseSchedule schedule(configOf(stageD()));
    const Tensor snr = schedule.alphasCumprod / (1 - schedule.alphasCumprod);
    EXPECT_TRUE(at::allclose(minSnrWeights(schedule, Prediction::Epsilon, 5), at::minimum(snr, at::full({1}, 5.0f)) / snr, 1e-3));
    EXPECT_TRUE(at::allclose(minSnrWeights(schedule, Prediction::Sample, 5), at::minimum(snr, at::full({1}, 5.0f)), 1e-3));
    EXPECT_TRUE(at::allclose(minSnrWeights(schedule, Prediction::Velocity, 5), at::minimum(snr, at::full({1}, 5.0f)) / (snr + 1), 1e-3));
    json object = ddim();
    object["rescale_betas_zero_snr"] = true;
    for (const auto kind : {Prediction::Epsilon, Prediction::Sample, Prediction::Velocity})
        EXPECT_TRUE(minSnrWeights(NoiseSchedule(configOf(object)), kind, 5).isfinite().all().item<bool>());
}

TEST(Prediction, TargetAndCleanEstimateAgree) {
    const NoiseSchedule schedule(configOf(stageD()));
    const Tensor x0 = at::randn({4, 3, 2, 2}), z = at::randn({4, 3, 2, 2}), t = at::tensor({1, 200, 600, 999});
    const Tensor alpha = schedule.alpha.index_select(0, t).view({4, 1, 1, 1}), sigma = schedule.sigma.index_select(0, t).view({4, 1, 1, 1});
    const Tensor x = alpha * x0 + sigma * z;
    for (const auto kind : {Prediction::Epsilon, Prediction::Sample, Prediction::Velocity}) {
        const Tensor estimate = cleanEstimate(kind, predictionTarget(kind, x0, z, alpha, sigma), x, alpha, sigma);
        EXPECT_TRUE(at::allclose(estimate, x0, 1e-4, 1e-4)) << static_cast<int>(kind);
    }
    EXPECT_FALSE(at::allclose(cleanEstimate(Prediction::Velocity, z, x, alpha, sigma), x0, 1e-2, 1e-2));
}

TEST(Threshold, IsPerRowAndWithinOne) {
    const Tensor m = at::stack({at::full({100}, 0.5), at::full({100}, 3.0), at::linspace(0, 1.2, 100), at::linspace(-4, 4, 100)});
    const Tensor out = dynamicThreshold(m, 0.95, 1.5);
    EXPECT_TRUE(at::equal(out[0], m[0])) << "small values stay";
    EXPECT_TRUE(at::equal(out[1], at::ones({100}))) << "clamped to the most, then divided by it";
    const double s = at::quantile(m[2], 0.95).item<double>();
    EXPECT_NEAR(out[2][50].item<double>(), m[2][50].item<double>() / s, 1e-6);
    EXPECT_LE(out.abs().max().item<double>(), 1.0 + 1e-6);
    EXPECT_TRUE(at::equal(dynamicThreshold(m, 0.95, 1.0), m.clamp(-1, 1)));
    EXPECT_EQ(dynamicThreshold(m.to(at::kHalf), 0.95, 1.5).scalar_type(), at::kHalf);
}

using Steps = std::vector<std::int64_t>;
Steps head(const Steps& steps, std::size_t n) { return {steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(n)}; }
Steps tail(const Steps& steps, std::size_t n) { return {steps.end() - static_cast<std::ptrdiff_t>(n), steps.end()}; }

TEST(DpmSolver, TimestepsOfTheStages) {
    const Steps a = samplerOf(stageA(), 75)->timesteps();
    EXPECT_EQ(a.size(), 75u);
    EXPECT_EQ(head(a, 5), (Steps{995, 982, 968, 955, 942}));
    EXPECT_EQ(tail(a, 3), (Steps{40, 27, 13}));
    const Steps a50 = samplerOf(stageA(), 50)->timesteps();
    EXPECT_EQ(head(a50, 4), (Steps{995, 975, 955, 935}));
    EXPECT_EQ(tail(a50, 3), (Steps{60, 40, 20}));
    EXPECT_EQ(samplerOf(stageA(), 5)->timesteps(), (Steps{995, 796, 597, 398, 199}));
    const Steps c = samplerOf(stageC(), 125)->timesteps();
    EXPECT_EQ(head(c, 3), (Steps{999, 991, 983}));
    EXPECT_EQ(tail(c, 3), (Steps{24, 16, 8}));
    const auto middle = std::find(c.begin(), c.end(), 511);
    ASSERT_NE(middle, c.end());
    EXPECT_EQ((Steps{middle, middle + 3}), (Steps{511, 503, 496})) << "half rounds to even";
    const Steps d = samplerOf(stageD(), 50)->timesteps();
    EXPECT_EQ(head(d, 2), (Steps{999, 979}));
    EXPECT_NE(std::find(d.begin(), d.end(), 519), d.end());
    EXPECT_EQ(*(std::find(d.begin(), d.end(), 519) + 1), 500);
    EXPECT_EQ(d[10], 799);
    EXPECT_EQ(tail(d, 2), (Steps{40, 20}));
}

TEST(DpmSolver, TrajectoryOfStageA) {
    const auto sampler = samplerOf(stageA(), 5);
    Tensor x = 2 * deterministicUniform({2, 3, 4, 4}, 100004);
    for (std::size_t i = 0; i < 5; ++i)
        x = sampler->step(i, 1.5 * deterministicUniform({2, 3, 4, 4}, static_cast<std::uint32_t>(200000 + i)), x).sample;
    expectFigures(x, {0.006938, 0.717717, 7.03249}, {-1.01080, 0.83338, 1.00742, 0.42849, -0.90499});
}

TEST(DpmSolver, TrajectoryOfStageDFromTheMiddle) {
    const auto sampler = samplerOf(stageD(), 20);
    ASSERT_EQ(sampler->timesteps()[4], 799);
    sampler->startAt(4);
    Tensor x = addNoise(sampler->schedule(), deterministicUniform({2, 4, 4, 4}, 100004), deterministicUniform({2, 4, 4, 4}, 100005), at::tensor({799}));
    expectFigures(x, {0.006919}, {-0.44476, -0.72910, 0.19182});
    for (std::size_t i = 4; i < 20; ++i)
        x = sampler->step(i, 1.5 * deterministicUniform({2, 4, 4, 4}, static_cast<std::uint32_t>(200000 + i - 4)), x).sample;
    expectFigures(x, {-0.043277, 3.130277, 35.41843}, {-2.99974, -4.61820, -0.29729, -2.91184, -2.20254});
}

TEST(DpmSolver, FinalSigmaZeroEndsInTheCleanEstimate) {
    json object = stageD();
    object["final_sigmas_type"] = "zero";
    object["prediction_type"] = "v_prediction";
    object["rescale_betas_zero_snr"] = true; // the first step divides by no alpha
    const auto sampler = samplerOf(object, 4);
    Tensor x = at::randn({1, 3, 4, 4});
    const Tensor x0 = at::full({1, 3, 4, 4}, 0.25);
    for (std::size_t i = 0; i < 4; ++i) {
        const auto t = sampler->timesteps()[i];
        const Tensor alpha = sampler->schedule().alpha[t], sigma = sampler->schedule().sigma[t];
        const auto result = sampler->step(i, (alpha * x - x0) / sigma, x); // the v of x0
        EXPECT_TRUE(at::allclose(result.cleanEstimate, x0, 1e-4, 1e-5));
        x = result.sample;
        EXPECT_TRUE(x.isfinite().all().item<bool>());
        EXPECT_EQ(at::equal(x, result.cleanEstimate), i == 3);
    }
    EXPECT_TRUE(at::allclose(x, x0, 1e-4, 1e-5));
}

TEST(Ddpm, TimestepsAndTrajectoryOfTheFirstFrameStage) {
    const Steps steps = samplerOf(stageC0(), 70)->timesteps();
    EXPECT_EQ(steps.size(), 70u);
    EXPECT_EQ(head(steps, 2), (Steps{966, 952}));
    EXPECT_EQ(tail(steps, 2), (Steps{14, 0}));
    const auto sampler = samplerOf(stageC0(), 4);
    EXPECT_EQ(sampler->timesteps(), (Steps{750, 500, 250, 0}));
    EXPECT_TRUE(sampler->usesVariance());
    Tensor x = 2 * deterministicUniform({2, 3, 4, 4}, 100004);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(sampler->needsNoise(i), i < 3);
        const Tensor noise = sampler->needsNoise(i) ? 1.7 * deterministicUniform({2, 3, 4, 4}, static_cast<std::uint32_t>(300001 + i)) : Tensor{};
        x = sampler->step(i, 1.2 * deterministicUniform({2, 6, 4, 4}, static_cast<std::uint32_t>(200000 + i)), x, noise).sample;
    }
    expectFigures(x, {0.108248, 0.754421, 7.46749}, {0.42586, 0.88660, -0.62849, 0.55586, 0.96093});
}

TEST(Ddpm, FixedVarianceNeedsNoSecondHalf) {
    json object = stageC0();
    object["variance_type"] = "fixed_small";
    const auto sampler = samplerOf(object, 4);
    EXPECT_FALSE(sampler->usesVariance());
    const Tensor x = at::randn({1, 3, 2, 2}), eps = at::randn({1, 3, 2, 2}), z = at::randn({1, 3, 2, 2});
    const Tensor noisy = sampler->step(1, eps, x, z).sample, quiet = sampler->step(1, eps, x, at::zeros_like(z)).sample;
    EXPECT_EQ(noisy.sizes(), x.sizes());
    EXPECT_FALSE(at::allclose(noisy, quiet));
}

TEST(Ddim, InversionComesBack) {
    const SchedulerConfig config = configOf(ddim());
    const auto linear = [](const Tensor& x) { return 0.3 * x; }; // a network that is linear in its input
    const int steps = 500;
    const DdimInversion inversion(config, steps);
    auto sampler = makeSampler(config, steps);
    ASSERT_TRUE(sampler);
    const Tensor start = at::randn({2, 3, 4, 4});
    Tensor x = start;
    for (std::size_t i = 0; i < inversion.timesteps().size(); ++i) {
        EXPECT_TRUE(i == 0 || inversion.timesteps()[i] > inversion.timesteps()[i - 1]);
        x = inversion.step(i, linear(x), x);
    }
    EXPECT_GT((x - start).abs().max().item<double>(), 0.1);
    for (std::size_t i = 0; i < static_cast<std::size_t>(steps); ++i)
        x = (*sampler)->step(i, linear(x), x).sample;
    EXPECT_LT((x - start).norm().item<double>() / start.norm().item<double>(), 0.02);
}

TEST(Ddim, PerfectNoisePredictionGivesTheClip) {
    const auto sampler = samplerOf(ddim(), 10);
    const Tensor x0 = at::randn({1, 3, 4, 4}), z = at::randn({1, 3, 4, 4});
    Tensor x = addNoise(sampler->schedule(), x0, z, at::tensor({sampler->timesteps()[0]}));
    for (std::size_t i = 0; i < 10; ++i)
        x = sampler->step(i, z, x).sample;
    EXPECT_TRUE(at::allclose(x, x0, 1e-3, 1e-3));
}

TEST(Ddim, EveryNumberOfStepsStaysInTheTable) {
    for (const std::int64_t offset : {0, 1, 999}) {
        json object = ddim();
        object["steps_offset"] = offset;
        for (const char* name : {"DDIMScheduler", "PNDMScheduler", "DDPMScheduler", "DPMSolverMultistepScheduler"}) {
            object["_class_name"] = name;
            object["timestep_spacing"] = "leading";
            for (const int steps : {1, 7, 999, 1000}) {
                const Steps timesteps = samplerOf(object, steps)->timesteps();
                for (const auto t : timesteps)
                    ASSERT_TRUE(t >= 0 && t < 1000) << name << " " << steps << " " << offset;
            }
        }
        const DdimInversion inversion(configOf(object), 1000);
        for (const auto t : inversion.timesteps())
            ASSERT_TRUE(t >= 0 && t < 1000);
    }
}

TEST(Sampler, ClassChoosesAndStepsAreChecked) {
    for (const int steps : {0, -1, 1001}) {
        const auto sampler = makeSampler(configOf(stageA()), steps);
        ASSERT_FALSE(sampler);
        EXPECT_EQ(sampler.error().code, ErrorCode::InvalidArgument);
        EXPECT_NE(sampler.error().message.find(std::to_string(steps)), std::string::npos);
    }
    EXPECT_NE(dynamic_cast<Ddim*>(samplerOf(ddim(), 5).get()), nullptr);
    EXPECT_EQ(dynamic_cast<Ddim*>(samplerOf(stageA(), 5).get()), nullptr);
}

TEST(Sampler, GuideMovesFromTheFirstHalf) {
    const Tensor u = at::randn({2, 3}), c = at::randn({2, 3});
    EXPECT_TRUE(at::equal(guide(at::cat({u, c}), 0), u));
    EXPECT_TRUE(at::allclose(guide(at::cat({u, c}), 1), c));
    EXPECT_TRUE(at::allclose(guide(at::cat({u, c}), 7.5), u + 7.5 * (c - u)));
}

void expectRefused(json object, const char* key, const json& value) {
    object[key] = value;
    const auto config = SchedulerConfig::fromJson(object, "dir/scheduler_config.json");
    ASSERT_FALSE(config) << key << " " << value;
    EXPECT_EQ(config.error().code, ErrorCode::Unsupported);
    EXPECT_NE(config.error().message.find("dir/scheduler_config.json"), std::string::npos) << config.error().message;
    EXPECT_NE(config.error().message.find(key == std::string("_class_name") ? "class" : key), std::string::npos) << config.error().message;
}

TEST(Config, UnknownClassesAndValuesAreNamed) {
    expectRefused(stageA(), "_class_name", "EulerDiscreteScheduler");
    expectRefused(stageA(), "_class_name", "../../x");
    expectRefused(stageA(), "_class_name", 7);
    expectRefused(stageA(), "_class_name", nullptr);
    expectRefused(stageA(), "beta_schedule", "sigmoid");
    expectRefused(stageA(), "prediction_type", "flow");
    expectRefused(stageA(), "variance_type", "learned");
    expectRefused(stageA(), "timestep_spacing", "log");
    expectRefused(stageA(), "solver_type", "bh2");
    expectRefused(stageA(), "final_sigmas_type", "one");
    expectRefused(stageA(), "algorithm_type", "sde-dpmsolver++");
    expectRefused(stageA(), "use_karras_sigmas", true);
    expectRefused(stageA(), "beta_start", "0.1");
    expectRefused(stageA(), "thresholding", 1);
    for (const json& value : {json(0), json(-1), json(1000000000), json("1000")})
        expectRefused(stageA(), "num_train_timesteps", value);
    for (const json& value : {json(0), json(3)})
        expectRefused(stageA(), "solver_order", value);
    expectRefused(stageA(), "trained_betas", {0.1, 0.2});
    for (const json& value : {json(-1), json(1000)})
        expectRefused(ddim(), "steps_offset", value);
    for (const json& value : {json(-0.1), json(1.1)})
        expectRefused(stageA(), "dynamic_thresholding_ratio", value);
    EXPECT_FALSE(SchedulerConfig::fromJson(json::array(), "x.json"));
    EXPECT_FALSE(SchedulerConfig::fromJson(json::object(), "x.json"));
}

// Rows M21 to M23 of reliability.md 3.1, and the one infinity that the published files have.
TEST(Config, NumbersOutOfRangeAreNamed) {
    for (const char* key : {"beta_start", "beta_end", "clip_sample_range", "sample_max_value"})
        for (const json& value : {json(-1), json(INFINITY), json(NAN), json(1e30), json("1"), json(true)})
            expectRefused(stageA(), key, value);
    for (const json& value : {json(1), json(json::array({0.1, 2.0})), json(std::vector<json>(1000, "0.1")), json(std::vector<double>(1000, 1.5))})
        expectRefused(stageA(), "trained_betas", value);
    for (const json& value : {json(INFINITY), json(NAN), json("Infinity"), json("low"), json(true)})
        expectRefused(stageA(), "lambda_min_clipped", value);
    for (const json& value : {json("-Infinity"), json(-INFINITY)}) {
        json object = stageA();
        object["lambda_min_clipped"] = value;
        EXPECT_EQ(configOf(object).lambdaMinClipped, -INFINITY);
    }
    expectRefused(stageA(), "num_train_timesteps", 10'001);
    expectRefused(stageA(), "num_train_timesteps", 1.5);
}

TEST(Config, NullAndUnknownKeysAreAsTheOriginalHasThem) {
    json object = stageD();
    object["variance_type"] = nullptr;
    object["trained_betas"] = nullptr;
    object["something_new"] = {1, 2};
    EXPECT_EQ(configOf(object).betaSchedule, "scaled_linear");
    EXPECT_TRUE(std::isinf(configOf(stageC()).lambdaMinClipped));
    EXPECT_EQ(configOf(stageA()).lambdaMinClipped, -5.1);
}

TEST(Noise, HalfStreamOfTheReference) {
    const float expected[] = {1.6083984f, -2.296875f, 0.63525391f, 0.32958984f, -0.010658264f, -0.41040039f, -0.70214844f, -0.8125f, -0.52978516f, 1.4951172f};
    const Tensor noise = NoiseSource(345).draw({1, 3, 8, 40, 64}, at::kHalf);
    EXPECT_TRUE(at::equal(noise.flatten().slice(0, 0, 10), at::tensor(at::ArrayRef<float>(expected)).to(at::kHalf)));
    EXPECT_LE(noise.to(at::kFloat).abs().max().item<float>(), 3.907f);
    EXPECT_FALSE(at::equal(noise, NoiseSource(345).draw({1, 3, 8, 40, 64}).to(at::kHalf)));
}

TEST(Noise, SeedDecidesEveryBit) {
    for (const auto type : {at::kFloat, at::kHalf}) {
        EXPECT_TRUE(at::equal(NoiseSource(7).draw({3, 50}, type), NoiseSource(7).draw({3, 50}, type)));
        EXPECT_FALSE(at::equal(NoiseSource(7).draw({3, 50}, type), NoiseSource(8).draw({3, 50}, type)));
        EXPECT_TRUE(at::equal(NoiseSource(5).draw({32}, type), NoiseSource((std::uint64_t(1) << 32) + 5).draw({32}, type)))
            << "only the low 32 bits reach the generator";
    }
}

TEST(Noise, DrawsFollowOneAnother) {
    for (const auto type : {at::kFloat, at::kHalf}) {
        NoiseSource parts(9), whole(9);
        const Tensor first = parts.draw({2, 16}, type), second = parts.draw({16}, type);
        EXPECT_TRUE(at::equal(at::cat({first.flatten(), second}), whole.draw({48}, type)));
        EXPECT_FALSE(at::equal(first[0], second));
        EXPECT_EQ(NoiseSource(1).draw({5}, type).numel(), 5);
        EXPECT_EQ(NoiseSource(1).draw({21}, type).numel(), 21);
    }
}

TEST(Noise, LooksNormal) {
    for (const auto type : {at::kFloat, at::kHalf}) {
        const Tensor noise = NoiseSource(3).draw({100000}, type).to(at::kDouble);
        EXPECT_NEAR(noise.mean().item<double>(), 0, 0.015);
        EXPECT_NEAR(noise.std().item<double>(), 1, 0.015);
    }
}

} // namespace
} // namespace s1::diffusion
