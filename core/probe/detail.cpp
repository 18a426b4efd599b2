#include "probe/detail.h"

#include "base/stop.h"
#include "cascade/cascade.h"
#include "cascade/pictures.h"
#include "media/resize.h"
#include "probe/on_models.h"
#include "toyland/captions.h"
#include "toyland/renderer.h"

#include <ATen/ATen.h>

namespace s1::probe {

namespace {

StageId before(StageId stage) { return static_cast<StageId>(static_cast<int>(stage) - 1); }

toyland::Example exampleOf(const DetailOptions& options, int number) {
    return toyland::drawExample(options.seed, static_cast<std::uint64_t>(number), toyland::Split::Train);
}

Clip drawn(const toyland::Scene& scene, const StagePlan& stage, double fps) { return toyland::renderClip(scene, stage.width, stage.height, stage.frames, fps); }

Result<DetailFigures> probeScene(cascade::ModelSet& models, const DetailOptions& options, int number, const std::stop_token& stop) {
    const toyland::Example example = exampleOf(options, number);
    const StagePlan& size = options.plan[options.stage];
    const double fps = options.plan.fps;
    const Clip input = drawn(example.scene, options.plan[before(options.first)], fps), truth = drawn(example.scene, size, fps);
    cascade::CascadeJob job{.prompt = example.prompt, .seed = options.seed + static_cast<std::uint64_t>(number), .plan = options.plan,
                            .stopAfter = options.stage, .startFrom = options.first};
    job.input = cascade::fromClip(input);
    S1_TRY(const auto results, cascade::runCascade(models, job, nullptr, {.stop = stop}));
    const auto result = [&](StageId stage) { return cascade::toClip(results.at(std::string(toString(stage))), fps); };
    const bool between = options.first == StageId::Interpolation; // key frames are given
    const Clip plain = options.stage == StageId::Interpolation ? blended(input, size.frames)
                                                               : resizeBicubic(between ? result(StageId::Interpolation) : input, size.width, size.height);
    const int skip = between ? (truth.frameCount() - 1) / (input.frameCount() - 1) : 0;
    return DetailFigures{likeness(result(options.stage), truth, skip), likeness(plain, truth, skip), likeness(truth, truth, skip)};
}

} // namespace

Result<void> probeDetail(const DetailOptions& options, const std::function<void(const DetailFigures&)>& onScene, const std::stop_token& stop) {
    return onModels(options.model, stop, [&](cascade::ModelSet& models) -> Result<void> {
        for (int i = 0; i < options.count; ++i) {
            S1_TRY(const DetailFigures scene, probeScene(models, options, i, stop));
            onScene(scene);
        }
        return {};
    });
}

Result<void> probeAutoencoder(const DetailOptions& options, const std::function<void(double psnr)>& onScene, const std::stop_token& stop) {
    return onModels(options.model, stop, [&](cascade::ModelSet& models) -> Result<void> {
        S1_TRY(const auto vae, models.vae());
        const StagePlan& size = options.plan[StageId::Translation];
        for (int i = 0; i < options.count; ++i) {
            throwIfStopped();
            const Clip truth{{toyland::SceneRenderer(exampleOf(options, i).scene, size.width, size.height).renderFrame(0.5)}, options.plan.fps};
            const at::Tensor moments = vae->moments(cascade::fromClip(truth).squeeze(2));
            onScene(psnr(cascade::toClip(vae->decode(moments.chunk(2, 1)[0]).unsqueeze(2), options.plan.fps), truth));
        }
        return {};
    });
}

} // namespace s1::probe
