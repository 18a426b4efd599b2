#include "train/motion_recipe.h"

#include "cascade/pictures.h"
#include "toyland/random.h"
#include "train/denoising.h"
#include "train/reenactment.h"
#include "train/toyland_data.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace s1::train {

using at::Tensor;

namespace {

Tensor encode(const MotionSource& source, const std::string& text) { return encodeCaptions(*source.encoder, {text})[0]; } // [77, D]

class PublishedRecipe final : public MotionRecipe {
public:
    explicit PublishedRecipe(MotionSource source)
        : m_source(std::move(source)), m_schedule(m_source.scheduler), m_text(encode(m_source, m_source.settings.prompt).unsqueeze(0)),
          m_generator(at::make_generator<at::CPUGeneratorImpl>(m_source.settings.seed)) {}

    NamedParameters parameters() const override { return temporalQueryKeyValue(*m_source.network); }
    OptimizerOptions options() const override { return {.rate = 1e-4, .beta2 = 0.999}; }
    double rate(int) const override { return 1; }
    int shards() const override { return 1; }

    Tensor loss(int, const Shard&) override {
        const Tensor t = at::randint(0, m_source.scheduler.trainTimesteps, {1}, m_generator, at::TensorOptions().dtype(at::kLong));
        const Tensor noise = at::randn(m_source.video.sizes(), m_generator);
        const Tensor output = m_source.network->forward(diffusion::addNoise(m_schedule, m_source.video, noise, t), t, m_text);
        return motionLoss(output.slice(1, 0, 3), noise);
    }

private:
    MotionSource m_source;
    diffusion::NoiseSchedule m_schedule;
    Tensor m_text;
    at::Generator m_generator;
};

class ToylandRecipe final : public MotionRecipe {
public:
    explicit ToylandRecipe(MotionSource source)
        : m_source(std::move(source)), m_schedule(m_source.scheduler), m_way(Reenactment::of(cascade::toClip(m_source.video, 8))),
          m_whole(m_source.video[0]), m_small(motionInput(m_source.video, kSmall.frames, kSmall.height, kSmall.width)[0]), m_prompt(encode(m_source, m_source.settings.prompt)), m_nothing(encode(m_source, "")) {}

    NamedParameters parameters() const override { return frameParameters(*m_source.network); }
    OptimizerOptions options() const override { return {.rate = 4e-3, .matrixRate = 0.02, .beta2 = 0.999}; }
    double rate(int step) const override {
        return std::min(1.0, step / 10.0) * (0.05 + 0.95 * 0.5 * (1 + std::cos(M_PI * step / m_source.settings.steps)));
    }
    int shards() const override { return 2; }

    // The first shard sees a whole clip, for what a thing looks like under way, the second one small clips, mostly noise,
    // for the way.
    Tensor loss(int step, const Shard& shard) override {
        const bool small = shard.index == 1;
        const ClipShape shape = small ? kSmall : ClipShape();
        const int batch = small ? 3 : 1;
        std::vector<Tensor> clips, texts;
        for (int i = 0; i < batch; ++i) {
            const int number = step * batch + i;
            if (m_way && number % (batch + 1) != 0) {
                const auto mix = toyland::Random::mix;
                const auto scene = m_way->draw(mix(mix(m_source.settings.seed) + static_cast<std::uint64_t>(number)), shape.height, shape.width);
                clips.push_back(scene.video);
                texts.push_back(encode(m_source, scene.caption));
            } else {
                clips.push_back(small ? m_small : m_whole);
                texts.push_back(number % 8 < 4 ? m_prompt : m_nothing); // guidance compares the two
            }
        }
        const Sample sample{.clean = at::stack(clips), .text = at::stack(texts), .tMax = m_source.scheduler.trainTimesteps,
                            .times = small ? Times::Upper : Times::Even, .detail = shape.detail(), .movement = 1};
        auto generator = stepGenerator(m_source.settings.seed, step, shard);
        const Tensor times = noiseTimes(m_source.settings.seed, step, {0, 1}, batch, sample.tMax, generator);
        return denoisingLoss(*m_source.network, m_source.scheduler.prediction, underNoise(m_schedule, sample, times, generator));
    }

private:
    static constexpr ClipShape kSmall{.height = 24, .width = 40}; // beside the whole 40x64

    MotionSource m_source;
    diffusion::NoiseSchedule m_schedule;
    std::optional<Reenactment> m_way;
    Tensor m_whole, m_small;    // [3, F, H, W]
    Tensor m_prompt, m_nothing; // [77, D]
};

} // namespace

std::unique_ptr<MotionRecipe> makePublishedRecipe(MotionSource source) { return std::make_unique<PublishedRecipe>(std::move(source)); }
std::unique_ptr<MotionRecipe> makeToylandRecipe(MotionSource source) { return std::make_unique<ToylandRecipe>(std::move(source)); }

} // namespace s1::train
