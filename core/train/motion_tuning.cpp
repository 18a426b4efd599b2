#include "train/motion_tuning.h"

#include "train/gradient.h"
#include "train/optimizer.h"

#include <ATen/CPUGeneratorImpl.h>

#include <cmath>

namespace s1::train {

at::Tensor motionInput(const at::Tensor& video, int count, int height, int width) {
    std::vector<std::int64_t> chosen;
    for (int i = 0; i < count; ++i)
        chosen.push_back(count == 1 ? 0 : std::llround(static_cast<double>(i) * static_cast<double>(video.size(2) - 1) / (count - 1)));
    const at::Tensor frames = nn::toFrames(video.index_select(2, at::tensor(chosen, at::kLong)));
    return nn::fromFrames(at::_upsample_bilinear2d_aa(frames, {height, width}, false).contiguous(), 1);
}

Result<weights::TensorMap> learnMotion(cascade::ModelSet& models, const at::Tensor& video, const MotionSettings& settings,
                                       const std::function<void(const MotionStep&)>& report, std::stop_token stop) {
    const bool embedded = models.kind() == ModelKind::Embedded;
    S1_TRY(const auto folder, models.folderOf(cascade::Part::Base));
    S1_TRY(const auto network, cascade::loadUNet(folder / "unet"));
    S1_TRY(const auto config, models.scheduler(cascade::Part::Base));
    S1_TRY(const auto encoder, models.textEncoder(cascade::Part::Base));
    const diffusion::NoiseSchedule schedule(config);
    at::Tensor text;
    {
        torch::NoGradGuard noGrad;
        text = encoder->encode(settings.prompt).clone();
    }
    const NamedParameters trained = embedded ? temporalParameters(*network) : temporalQueryKeyValue(*network);
    trainOnly(*network, trained);
    Optimizer optimizer(trained, {.rate = embedded ? 2e-3 : 1e-4, .beta2 = 0.999, .clipNorm = 1.0, .emaHalfLifeSteps = 5});
    auto generator = at::make_generator<at::CPUGeneratorImpl>(settings.seed);
    const int repeats = embedded ? 2 : 1; // several noise levels of the one clip a step
    const at::Tensor clean = video.expand({repeats, -1, -1, -1, -1});
    for (int step = 1; step <= settings.steps; ++step) {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "cancelled", ""};
        const at::Tensor t = at::randint(0, config.trainTimesteps, {repeats}, generator, at::TensorOptions().dtype(at::kLong));
        const at::Tensor noise = at::randn(clean.sizes(), generator);
        const at::Tensor noisy = diffusion::addNoise(schedule, clean, noise, t);
        const auto lossOf = [&](const Shard& shard) {
            const auto rows = [&](const at::Tensor& all) { return all.narrow(0, shard.begin(repeats), shard.size(repeats)); };
            const at::Tensor level = rows(t), original = rows(clean), drawn = rows(noise);
            const at::Tensor output = network->forward(rows(noisy), level, text.expand({level.size(0), -1, -1})).slice(1, 0, 3);
            if (!embedded)
                return motionLoss(output, drawn);
            const auto row = [&](const at::Tensor& table) { return table.index_select(0, level).view({-1, 1, 1, 1, 1}); };
            return at::mse_loss(output, diffusion::predictionTarget(config.prediction, original, drawn, row(schedule.alpha), row(schedule.sigma)));
        };
        const double loss = meanGradient(trained, repeats, lossOf);
        optimizer.step(embedded ? std::min(1.0, step / 10.0) : 1.0);
        if (report)
            report({step, loss});
    }
    weights::TensorMap tuned;
    for (const auto& [name, parameter] : trained)
        tuned[name] = parameter.detach().to(at::kHalf);
    return tuned;
}

} // namespace s1::train
