#include "probe/latent_keyframes.h"

#include "base/json.h"
#include "cascade/model_set.h"
#include "cascade/pictures.h"
#include "cascade/windows.h"
#include "probe/on_models.h"
#include "toyland/captions.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <fmt/format.h>

namespace s1::probe {

using at::Tensor;
namespace fs = std::filesystem;

namespace {

constexpr double kFps = 2;
constexpr int kLarger = 4; // pictures of latents, than those of pixels

struct Network {
    std::shared_ptr<nn::UNet> unet;
    diffusion::SchedulerConfig scheduler;
};

Result<Network> openLatent(const fs::path& folder) {
    const fs::path part = folder / "latent";
    std::error_code ec;
    if (!fs::exists(part / "unet" / "config.json", ec))
        return Error{ErrorCode::NotFound, fmt::format("{} has no latent key frames; train them with toyland train latent-keyframes -o {}", folder.string(), folder.string()), "--latent"};
    S1_TRY(auto unet, cascade::loadUNet(part / "unet"));
    const fs::path file = part / "scheduler" / "scheduler_config.json";
    S1_TRY(const auto json, readJson(file));
    S1_TRY(auto scheduler, diffusion::SchedulerConfig::fromJson(json, file.string()));
    return Network{std::move(unet), std::move(scheduler)};
}

} // namespace

Result<void> compareKeyframes(const LatentKeyframesOptions& options, const std::function<void(KeyframeSpace, const toyland::Scene&, const Clip&)>& onClip,
                              const std::stop_token& stop) {
    return onModels(options.model, stop, [&](cascade::ModelSet& models) -> Result<void> {
        S1_TRY(const auto encoder, models.textEncoder(cascade::Part::Base));
        S1_TRY(const auto vae, models.vae());
        S1_TRY(auto pixelNetwork, models.unet(cascade::Part::Base));
        S1_TRY(auto pixelScheduler, models.scheduler(cascade::Part::Base));
        const Network pixels{std::move(pixelNetwork), std::move(pixelScheduler)};
        S1_TRY(const Network latents, openLatent(options.latent));
        const StagePlan& stage = options.stage;
        const auto latentSide = [&](std::int64_t side) { return kLarger * side / vae->config().factor(); };
        for (int i = 0; i < options.count; ++i) {
            const toyland::Scene scene = toyland::drawExample(options.seed, static_cast<std::uint64_t>(i), toyland::Split::Train).scene;
            const cascade::TextPair text{encoder->encode(toyland::plainCaption(scene)), encoder->encode("")};
            const auto made = [&](const Network& network, at::IntArrayRef shape) -> Result<Tensor> {
                S1_TRY(const auto sampler, diffusion::makeSampler(network.scheduler, stage.steps));
                const cascade::Denoise job{.network = *network.unet, .sampler = *sampler, .text = text, .guidance = stage.guidance, .guidanceFrom = stage.guidanceFrom,
                                           .batching = cascade::Batching::SideBySide};
                return cascade::keyframes(job, shape, cascade::noiseFrom(options.seed + static_cast<std::uint64_t>(i)), {}, {.stop = stop});
            };
            S1_TRY(const Tensor video, made(pixels, {1, 3, stage.frames, stage.height, stage.width}));
            onClip(KeyframeSpace::Pixels, scene, cascade::toClip(video, kFps));
            S1_TRY(const Tensor latent, made(latents, {1, vae->config().latentChannels, stage.frames, latentSide(stage.height), latentSide(stage.width)}));
            S1_TRY(const Tensor frames, cascade::decodeFrames(*vae, nn::toFrames(latent) / vae->config().scalingFactor, stop));
            onClip(KeyframeSpace::Latents, scene, cascade::toClip(nn::fromFrames(frames, 1), kFps));
        }
        return {};
    });
}

} // namespace s1::probe
