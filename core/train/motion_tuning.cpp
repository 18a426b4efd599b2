#include "train/motion_tuning.h"

#include "train/motion_recipe.h"

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
    S1_TRY(const auto folder, models.folderOf(cascade::Part::Base));
    S1_TRY(const auto network, cascade::loadUNet(folder / "unet"));
    S1_TRY(const auto scheduler, models.scheduler(cascade::Part::Base));
    S1_TRY(const auto encoder, models.textEncoder(cascade::Part::Base));
    const auto make = models.kind() == ModelKind::Embedded ? makeToylandRecipe : makePublishedRecipe;
    const auto recipe = make({video, settings, network, scheduler, encoder});
    const NamedParameters trained = recipe->parameters();
    trainOnly(*network, trained);
    Optimizer optimizer(trained, recipe->options());
    for (int step = 1; step <= settings.steps; ++step) {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "cancelled", ""};
        const double loss = meanGradient(trained, recipe->shards(), [&](const Shard& shard) { return recipe->loss(step, shard); });
        optimizer.step(recipe->rate(step));
        if (report)
            report({step, loss});
    }
    weights::TensorMap tuned;
    for (const auto& [name, parameter] : trained)
        tuned[name] = parameter.detach().to(at::kHalf);
    return tuned;
}

} // namespace s1::train
