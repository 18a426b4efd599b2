#include "published_schedulers.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

namespace s1::diffusion {
namespace {

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

} // namespace
} // namespace s1::diffusion
