#include "diffusion/ddim.h"
#include "published_schedulers.h"
#include "weights/load.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

namespace s1::diffusion {
namespace {

using weights::deterministicUniform;

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

} // namespace
} // namespace s1::diffusion
