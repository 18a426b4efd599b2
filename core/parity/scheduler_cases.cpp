#include "parity/case.h"

#include "diffusion/ddim.h"
#include "diffusion/random.h"
#include "diffusion/sampler.h"

#include <fmt/format.h>

namespace s1::parity {

namespace {

using namespace diffusion;

Result<SchedulerConfig> config(const Case& c) { return SchedulerConfig::fromJson(c.params.at("scheduler"), c.name); }

Result<TensorMap> tables(const Case& c) {
    S1_TRY(const auto scheduler, config(c));
    const NoiseSchedule schedule(scheduler);
    TensorMap result{{"betas", schedule.betas}, {"alphas_cumprod", schedule.alphasCumprod}, {"alpha_t", schedule.alpha},
                     {"sigma_t", schedule.sigma}, {"lambda_t", schedule.lambda}};
    for (const auto& count : c.params.at("counts")) {
        S1_TRY(const auto sampler, makeSampler(scheduler, count.get<int>()));
        result[fmt::format("timesteps.{}", count.get<int>())] = at::tensor(sampler->timesteps(), at::kLong);
    }
    return result;
}

// sched.dpm and sched.ddpm: the recorded outputs through the solver.
Result<TensorMap> trajectory(const Case& c) {
    S1_TRY(const auto scheduler, config(c));
    S1_TRY(const auto sampler, makeSampler(scheduler, c.params.at("num_inference_steps").get<int>()));
    const auto start = c.params.value("start_index", std::size_t(0));
    sampler->startAt(start);
    const Tensor& outputs = c.has("eps") ? c.input("eps") : c.input("model_output");
    Tensor x = c.input("sample");
    std::vector<Tensor> steps, clean;
    const auto& timesteps = sampler->timesteps();
    for (std::size_t i = start; i < timesteps.size(); ++i) {
        const auto k = static_cast<std::int64_t>(i - start);
        const auto result = sampler->step(i, outputs[k], x, sampler->needsNoise(i) ? c.input("noise")[k] : Tensor{});
        x = result.sample;
        steps.push_back(x);
        clean.push_back(result.cleanEstimate);
    }
    const Tensor all = at::tensor(timesteps, at::kLong);
    return TensorMap{{"steps", at::stack(steps)}, {"pred_original", at::stack(clean)}, {"all_timesteps", all},
                     {"timesteps", all.slice(0, static_cast<std::int64_t>(start))}};
}

Result<TensorMap> inversion(const Case& c) {
    S1_TRY(const auto scheduler, config(c));
    const DdimInversion inversion(scheduler, c.params.at("num_inv_steps").get<int>());
    Tensor x = c.input("sample");
    std::vector<Tensor> steps;
    for (std::size_t i = 0; i < inversion.timesteps().size(); ++i) {
        x = inversion.step(i, c.input("eps")[static_cast<std::int64_t>(i)], x);
        steps.push_back(x);
    }
    return TensorMap{{"steps", at::stack(steps)}, {"timesteps", at::tensor(inversion.timesteps(), at::kLong)}};
}

Result<TensorMap> imageNoising(const Case& c) {
    S1_TRY(const auto scheduler, config(c));
    return TensorMap{{"output", addNoise(NoiseSchedule(scheduler), c.input("sample"), c.input("noise"), c.input("timesteps"))}};
}

Result<TensorMap> randn(const Case& c) {
    const auto dtype = c.params.at("dtype") == "f16" ? at::kHalf : at::kFloat;
    TensorMap result;
    for (const auto& draw : c.params.at("draws"))
        result[draw.at("name").get<std::string>()] =
            NoiseSource(draw.at("seed").get<std::uint64_t>()).draw(draw.at("shape").get<std::vector<std::int64_t>>(), dtype);
    if (const auto sequence = c.params.find("sequence"); sequence != c.params.end()) {
        NoiseSource source(sequence->at("seed").get<std::uint64_t>());
        int i = 0;
        for (const auto& shape : sequence->at("shapes"))
            result[fmt::format("sequence.{}", i++)] = source.draw(shape.get<std::vector<std::int64_t>>(), dtype);
    }
    return result;
}

} // namespace

std::vector<RunnerEntry> schedulerRunners() {
    return {{"sched.tables", tables}, {"sched.dpm", trajectory}, {"sched.ddpm", trajectory},
            {"sched.ddim_inversion", inversion}, {"sched.image_noising", imageNoising}, {"rng.randn", randn}};
}

} // namespace s1::parity
