#include "probe/completion.h"

#include "base/stop.h"
#include "cascade/denoise.h"
#include "cascade/model_set.h"
#include "cascade/pictures.h"
#include "nn/parallel.h"
#include "probe/on_models.h"
#include "toyland/captions.h"
#include "toyland/renderer.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <algorithm>
#include <vector>

namespace s1::probe {

using at::Tensor;

namespace {

constexpr double kFps = 2;

struct Model {
    std::shared_ptr<nn::UNet> network;
    std::shared_ptr<text::TextEncoder> encoder;
    diffusion::SchedulerConfig scheduler;
};

Result<Model> open(cascade::ModelSet& set) {
    S1_TRY(auto network, set.unet(cascade::Part::Base));
    S1_TRY(auto encoder, set.textEncoder(cascade::Part::Base));
    S1_TRY(auto scheduler, set.scheduler(cascade::Part::Base));
    return Model{std::move(network), std::move(encoder), std::move(scheduler)};
}

Result<Clip> completeOne(const Model& model, const CompletionOptions& options, int number, const toyland::Scene& scene) {
    const StagePlan& stage = options.stage;
    S1_TRY(const auto sampler, diffusion::makeSampler(model.scheduler, stage.steps));
    const auto& times = sampler->timesteps(); // falling
    const auto later = std::ranges::find_if(times, [&](std::int64_t t) { return t <= options.from; });
    sampler->startAt(static_cast<std::size_t>(std::min(later, times.end() - 1) - times.begin()));
    const auto noise = cascade::noiseFrom(options.seed + static_cast<std::uint64_t>(number));
    const Tensor clean = cascade::fromClip(toyland::renderClip(scene, stage.width, stage.height, stage.frames, kFps));
    const Tensor noisy = diffusion::addNoise(sampler->schedule(), clean, noise(clean.sizes()), at::full({1}, times[sampler->start()], at::kLong));
    const Tensor text = model.encoder->encode(toyland::plainCaption(scene));
    cascade::Denoise job{.network = *model.network, .sampler = *sampler, .text = {text, model.encoder->encode("")}, .guidance = stage.guidance, .guidanceFrom = stage.guidanceFrom};
    if (options.apart) { // a batch of single pictures
        job.text = {text.expand({stage.frames, -1, -1}), {}};
        job.guidance = 1;
        job.firstFrame = at::arange(stage.frames, at::kLong);
    }
    const Tensor start = options.apart ? noisy.transpose(0, 2) : noisy;
    S1_TRY(const Tensor done, cascade::denoise(job, start, noise, {.stop = currentStop()}));
    return cascade::toClip(options.apart ? done.transpose(0, 2) : done, kFps);
}

} // namespace

Result<void> complete(const CompletionOptions& options, const std::function<void(const toyland::Scene&, const Clip&)>& onClip, const std::stop_token& stop) {
    return onModels(options.model, stop, [&](cascade::ModelSet& models) -> Result<void> {
        S1_TRY(const Model model, open(models));
        const int together = at::get_num_threads(); // clips, one a thread
        for (int first = 0; first < options.count; first += together) {
            const auto count = std::min(together, options.count - first);
            std::vector<toyland::Scene> scenes(static_cast<std::size_t>(count));
            std::vector<Result<Clip>> clips(scenes.size(), Clip{});
            nn::inParts(count, [&](std::int64_t begin, std::int64_t end) {
                for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
                    const int number = first + static_cast<int>(i);
                    scenes[i] = toyland::drawExample(options.seed, static_cast<std::uint64_t>(number), toyland::Split::Train).scene;
                    clips[i] = completeOne(model, options, number, scenes[i]);
                }
            });
            for (std::size_t i = 0; i < scenes.size(); ++i) {
                S1_TRY(const Clip& clip, clips[i]);
                onClip(scenes[i], clip);
            }
        }
        return {};
    });
}

} // namespace s1::probe
