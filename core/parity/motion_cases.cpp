#include "parity/pipeline_support.h"

#include "base/json.h"
#include "diffusion/ddim.h"
#include "train/motion_loss.h"

#include <fmt/format.h>

namespace s1::parity {

namespace {

Result<TensorMap> step(const Case& c) {
    S1_TRY(const auto stage, loadStage(c.modelFolder, 1, {.storage = c.memory.storage})); // what learns is in memory
    const auto all = train::temporalQueryKeyValue(*stage.network);
    train::trainOnly(*stage.network, all);
    const auto names = c.params.at("tensors").get<std::vector<std::string>>();
    if (names.size() != all.size())
        return Error{ErrorCode::Internal, fmt::format("{} tensors would be trained, the original trains {}", all.size(), names.size()), c.name};
    std::vector<Tensor> parameters;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].first != names[i])
            return Error{ErrorCode::Internal, fmt::format("{} would be trained, the original trains {}", all[i].first, names[i]), c.name};
        parameters.push_back(all[i].second);
    }
    const auto betas = c.params.at("betas");
    torch::optim::AdamW optimizer(parameters, torch::optim::AdamWOptions(c.params.at("lr").get<double>())
                                                  .betas({betas[0].get<double>(), betas[1].get<double>()})
                                                  .eps(c.params.at("eps").get<double>())
                                                  .weight_decay(c.params.at("weight_decay").get<double>()));
    const auto first8 = [&](auto get) {
        std::vector<Tensor> rows;
        for (const auto& p : parameters)
            rows.push_back(get(p).detach().flatten().slice(0, 0, 8).clone());
        return at::stack(rows);
    };
    TensorMap result;
    std::vector<Tensor> losses, norms, predictions;
    for (std::int64_t k = 0; k < c.params.at("train_steps").get<std::int64_t>(); ++k) {
        const Tensor t = c.input("timesteps").narrow(0, k, 1), noise = c.input("noise")[k];
        const Tensor xt = diffusion::addNoise(stage.sampler->schedule(), c.input("x0")[k], noise, t);
        const Tensor prediction = stage.network->forward(xt, t, c.input("prompt_embeds"));
        const Tensor loss = train::motionLoss(prediction.slice(1, 0, 3), noise);
        optimizer.zero_grad();
        loss.backward();
        std::vector<Tensor> each;
        for (const auto& p : parameters)
            each.push_back(p.grad().norm());
        result[fmt::format("grad_norm.{}", k)] = at::stack(each);
        result[fmt::format("grad_first8.{}", k)] = first8([](const Tensor& p) { return p.grad(); });
        norms.push_back(at::stack(each).norm());
        torch::nn::utils::clip_grad_norm_(parameters, c.params.at("max_grad_norm").get<double>());
        optimizer.step();
        result[fmt::format("weight_first8.{}", k)] = first8([](const Tensor& p) { return p; });
        if (k == 0)
            for (const auto& [name, parameter] : all)
                result["weights." + name] = parameter.detach().clone();
        losses.push_back(loss.detach());
        predictions.push_back(prediction.detach());
    }
    result["loss"] = at::stack(losses);
    result["grad_total_norm"] = at::stack(norms);
    result["pred"] = at::stack(predictions);
    return result;
}

Result<TensorMap> inversion(const Case& c) {
    torch::NoGradGuard noGrad;
    S1_TRY(const auto stage, loadStage(c.modelFolder, 1, c.memory));
    // The inversion's own scheduler lies beside the models (its schedule differs from the base's, show1.md 9.5).
    const auto file = c.modelFolder.parent_path() / "inversion-scheduler" / "scheduler_config.json";
    S1_TRY(const auto json, readJson(file));
    S1_TRY(const auto config, diffusion::SchedulerConfig::fromJson(json, file.string()));
    const diffusion::DdimInversion inversion(config, c.params.at("num_inv_steps").get<int>());
    Tensor x = c.input("video");
    std::vector<Tensor> latents{x};
    for (std::size_t i = 0; i < inversion.timesteps().size(); ++i) {
        const Tensor t = at::full({1}, inversion.timesteps()[i], at::kLong);
        x = inversion.step(i, stage.network->forward(x, t, c.input("prompt_embeds")).slice(1, 0, 3), x);
        latents.push_back(x);
    }
    return TensorMap{{"latents", at::stack(latents)}, {"timesteps", at::tensor(inversion.timesteps(), at::kLong)}};
}

} // namespace

std::vector<RunnerEntry> motionRunners() { return {{"vmc.step", step}, {"vmc.inversion", inversion}}; }

} // namespace s1::parity
