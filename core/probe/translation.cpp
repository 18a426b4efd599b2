#include "probe/translation.h"

#include "cascade/cascade.h"
#include "cascade/pictures.h"
#include "cascade/windows.h"
#include "media/resize.h"
#include "probe/on_models.h"
#include "toyland/captions.h"
#include "toyland/renderer.h"

#include <torch/torch.h>

namespace s1::probe {

using at::Tensor;

namespace {

struct Network {
    std::string name;
    std::shared_ptr<nn::UNet> unet;
};

class Comparison {
public:
    Comparison(const TranslationOptions& options, cascade::ModelSet& models, std::vector<Network> networks, std::stop_token stop)
        : m_options(options), m_models(models), m_networks(std::move(networks)), m_stop(std::move(stop)) {}

    Result<std::vector<NamedLikeness>> scene(int number) {
        const StagePlan& size = m_options.plan[StageId::Translation];
        const toyland::Example example = toyland::drawExample(m_options.seed, static_cast<std::uint64_t>(number), toyland::Split::Train);
        const Clip truth = toyland::renderClip(example.scene, size.width, size.height, size.frames, m_options.plan.fps);
        const std::uint64_t seed = m_options.seed + static_cast<std::uint64_t>(number);
        S1_TRY(const Clip given, upscaled(example, seed));
        const Clip large = resizeBicubic(given, size.width, size.height);
        std::vector<NamedLikeness> rows{{"as given", likeness(large, truth)}};

        S1_TRY(const auto vae, m_models.vae());
        S1_TRY(const auto encoder, m_models.textEncoder(cascade::Part::Translation));
        const Tensor text = encoder->encode(example.prompt), none = encoder->encode("");
        for (const bool pixels : {true, false}) {
            const auto draw = noise(seed);
            S1_TRY(Tensor latents, cascade::encodeFrames(*vae, cascade::fromClip(pixels ? large : given), draw, m_stop));
            if (!pixels)
                latents = at::upsample_bilinear2d(latents, {latents.size(2) * size.height / given.height(), latents.size(3) * size.width / given.width()}, false);
            for (const Network& network : m_networks) {
                S1_TRY(const auto config, m_models.scheduler(cascade::Part::Translation));
                S1_TRY(const auto sampler, diffusion::makeSampler(config, size.steps));
                sampler->startAt(cascade::startOf(sampler->timesteps().size(), size.strength));
                const cascade::Denoise job{.network = *network.unet, .sampler = *sampler, .text = {text, none}, .guidance = size.guidance, .guidanceFrom = size.guidanceFrom};
                S1_TRY(const Tensor video, cascade::translateLatents(job, *vae, latents, noise(seed + 1), {.stop = m_stop}));
                rows.push_back({network.name + (pixels ? ", pixels" : ", latents"), likeness(cascade::toClip(video, m_options.plan.fps), truth)});
            }
        }
        rows.push_back({"truth", likeness(truth, truth)});
        return rows;
    }

private:
    cascade::NoiseDraw noise(std::uint64_t seed) const {
        return cascade::sharedByFrames(cascade::noiseFrom(seed), m_options.plan[StageId::Translation].sharedNoise);
    }

    // What super-resolution makes of the true small clip.
    Result<Clip> upscaled(const toyland::Example& example, std::uint64_t seed) {
        const StagePlan& small = m_options.plan[StageId::Interpolation];
        const Clip clip = toyland::renderClip(example.scene, small.width, small.height, small.frames, m_options.plan.fps);
        cascade::CascadeJob job{.prompt = example.prompt, .seed = seed, .plan = m_options.plan, .stopAfter = StageId::Superres, .startFrom = StageId::Superres};
        job.input = cascade::fromClip(clip);
        S1_TRY(const auto result, cascade::runCascade(m_models, job, nullptr, {.stop = m_stop}));
        return cascade::toClip(result.at(std::string(toString(StageId::Superres))), m_options.plan.fps);
    }

    const TranslationOptions& m_options;
    cascade::ModelSet& m_models;
    std::vector<Network> m_networks;
    std::stop_token m_stop;
};

} // namespace

Result<void> compareTranslations(const TranslationOptions& options, const std::function<void(const std::vector<NamedLikeness>&)>& onScene,
                                 const std::stop_token& stop) {
    return onModels(options.model, stop, [&](cascade::ModelSet& models) -> Result<void> {
        std::vector<Network> networks;
        for (const auto& [name, folder] : {std::pair{"expert", options.model}, {"all noise levels", options.whole}})
            if (!folder.empty()) {
                S1_TRY(auto set, cascade::ModelSet::open(folder));
                S1_TRY(auto unet, set.unet(cascade::Part::Translation));
                networks.push_back({name, std::move(unet)});
            }
        Comparison comparison(options, models, std::move(networks), stop);
        for (int i = 0; i < options.count; ++i) {
            S1_TRY(const auto rows, comparison.scene(i));
            onScene(rows);
        }
        return {};
    });
}

} // namespace s1::probe
