#include "train/diffusion_task.h"

#include "cascade/model_set.h"
#include "nn/initialize.h"
#include "train/toyland_data.h"
#include "weights/load.h"

#include <ATen/CPUGeneratorImpl.h>

#include <fmt/format.h>

namespace s1::train {

namespace fs = std::filesystem;

namespace {

using at::Tensor;

constexpr int kClipFrames = 29, kKeyStride = 4; // 8 keyframes are every fourth of 29 frames

// What one step denoises and what it is told.
struct Sample {
    Tensor clean;     // [B, C, F, H, W]
    Tensor condition; // extra input channels, or undefined
    Tensor text;      // [B, 77, D]
    Tensor labels;    // [B] noise levels, or undefined
    Tensor weight;    // of each pixel's loss, or undefined
    std::int64_t tMax = 1000;
};

class DiffusionTask : public TrainingTask {
public:
    DiffusionTask(const TrainOptions& options, ToylandNetwork network, const nn::UNetConfig& config,
                  const diffusion::SchedulerConfig& scheduler, std::shared_ptr<text::TextEncoder> encoder)
        : m_seed(options.seed), m_kind(network), m_network(std::make_shared<nn::UNet>(config)), m_scheduler(scheduler),
          m_schedule(scheduler), m_encoder(std::move(encoder)) {
        nn::initialize(*m_network, at::make_generator<at::CPUGeneratorImpl>(options.seed));
    }

    // Tensors of the same name and shape are taken over; an input layer with more channels keeps the old ones first.
    Result<void> startFrom(const fs::path& unetFolder) {
        torch::NoGradGuard noGrad;
        S1_TRY(const auto file, weights::openComponentWeights(unetFolder));
        for (const auto& item : m_network->named_parameters()) {
            if (!file->tensors().contains(item.key()))
                continue;
            S1_TRY(const Tensor stored, file->read(item.key()));
            Tensor parameter = item.value();
            if (stored.sizes() == parameter.sizes())
                parameter.copy_(stored);
            else if (item.key() == "conv_in.weight" && stored.size(1) < parameter.size(1)) {
                parameter.zero_();
                parameter.narrow(1, 0, stored.size(1)).copy_(stored);
            }
        }
        m_fromBefore = true;
        return {};
    }

    NamedParameters parameters() const override {
        NamedParameters all;
        for (const auto& item : m_network->named_parameters())
            all.emplace_back(item.key(), item.value());
        return all;
    }

    bool isSlow(const std::string& name) const override {
        return m_kind == ToylandNetwork::Keyframes && m_fromBefore && name.find("temp_") == std::string::npos;
    }

    Tensor loss(std::int64_t step, double progress, const Shard& shard) override {
        auto generator = stepGenerator(m_seed, step, shard);
        const Sample sample = draw(step, progress, shard, generator);
        const auto count = sample.clean.size(0);
        // One t from each of equal parts of the range, over all shards: less variance than independent ones.
        const Tensor part = at::arange(count, at::kDouble) * shard.count + shard.index;
        const Tensor u = (part + at::rand({count}, generator, at::kDouble)) / static_cast<double>(count * shard.count);
        const Tensor t = (u * static_cast<double>(sample.tMax)).to(at::kLong).clamp(0, sample.tMax - 1);
        const Tensor noise = at::randn(sample.clean.sizes(), generator);
        const auto row = [&](const Tensor& table) { return table.index_select(0, t).view({count, 1, 1, 1, 1}); };
        const Tensor alpha = row(m_schedule.alpha), sigma = row(m_schedule.sigma);
        const Tensor noisy = alpha * sample.clean + sigma * noise;
        const Tensor target = diffusion::predictionTarget(m_scheduler.prediction, sample.clean, noise, alpha, sigma);
        const Tensor input = sample.condition.defined() ? at::cat({noisy, sample.condition}, 1) : noisy;
        const Tensor output = m_network->forward(input, t, sample.text, sample.labels);
        if (!sample.weight.defined())
            return at::mse_loss(output, target);
        return ((output - target).square().mean(1, true) * sample.weight).mean();
    }

    Result<void> write(const fs::path& root, const weights::TensorMap& averaged, const std::string& recipe) override {
        return writeUNet(root, m_kind, averaged, recipe);
    }

protected:
    virtual Sample draw(std::int64_t step, double progress, const Shard& shard, at::Generator& generator) = 0;

    Tensor encode(const std::vector<std::string>& captions) const { return encodeCaptions(*m_encoder, captions); }

    std::uint64_t m_seed;
    ToylandNetwork m_kind;
    std::shared_ptr<nn::UNet> m_network;
    diffusion::SchedulerConfig m_scheduler;
    diffusion::NoiseSchedule m_schedule;
    std::shared_ptr<text::TextEncoder> m_encoder;
    bool m_fromBefore = false;
};

// Half the run and more at a smaller size (three levels down it must still divide): a picture there costs little more than a
// third, and what a thing is shows there already.
constexpr int kSmallHeight = 24, kSmallWidth = 40;
bool smallPictures(double progress) { return progress < 0.55; }

// Colour and kind of a small object are a small part of a plain loss: at first its pixels count five times, falling to
// once over a third of the run, for a lasting weight paints several objects (motion-and-quality.md 3.5b).
Tensor objectWeight(const ClipBatch& clips, double progress) {
    return 1 + 4 * std::max(0.0, 1 - 3 * progress) * clips.objects;
}

class ImagesTask final : public DiffusionTask {
public:
    using DiffusionTask::DiffusionTask;
    OptimizerOptions options() const override { return {.rate = 2e-3, .matrixRate = 0.012, .emaHalfLifeSteps = 60}; }
    int batch(double) const override { return 32; }

private:
    Sample draw(std::int64_t step, double progress, const Shard& shard, at::Generator&) override {
        const ClipShape shape = smallPictures(progress) ? ClipShape{1, kSmallHeight, kSmallWidth} : ClipShape{1, 40, 64};
        const auto clips = drawClips(m_seed, step * 32 + shard.begin(batch(progress)), shard.size(batch(progress)), shape,
                                     [](std::int64_t example, int) { return static_cast<double>(example % 8) / 7; });
        return {.clean = clips.video, .text = encode(clips.captions), .weight = objectWeight(clips, progress)};
    }
};

class KeyframesTask final : public DiffusionTask {
public:
    using DiffusionTask::DiffusionTask;
    OptimizerOptions options() const override { return {.rate = 2e-3, .matrixRate = 0.008, .emaHalfLifeSteps = 60}; }
    int batch(double progress) const override { return smallPictures(progress) ? 8 : 4; }

private:
    Sample draw(std::int64_t step, double progress, const Shard& shard, at::Generator&) override {
        const ClipShape shape = smallPictures(progress) ? ClipShape{8, kSmallHeight, kSmallWidth} : ClipShape{8, 40, 64};
        const auto clips = drawClips(m_seed + 1, step * 8 + shard.begin(batch(progress)), shard.size(batch(progress)), shape,
                                     [](std::int64_t, int frame) { return frame / 7.0; });
        return {.clean = clips.video, .text = encode(clips.captions)};
    }
};

class InterpolationTask final : public DiffusionTask {
public:
    using DiffusionTask::DiffusionTask;
    OptimizerOptions options() const override { return {.rate = 2e-3, .matrixRate = 0.008, .emaHalfLifeSteps = 60}; }
    int batch(double progress) const override { return smallPictures(progress) ? 8 : 4; }

private:
    Sample draw(std::int64_t step, double progress, const Shard& shard, at::Generator& generator) override {
        const ClipShape shape = smallPictures(progress) ? ClipShape{5, kSmallHeight, kSmallWidth} : ClipShape{5, 40, 64};
        const auto clips = drawClips(m_seed + 2, step * 8 + shard.begin(batch(progress)), shard.size(batch(progress)), shape,
                                     [](std::int64_t example, int frame) {
            return static_cast<double>(example % 7 * kKeyStride + frame) / (kClipFrames - 1);
        });
        // The keyframes it will be given come from a network: a little noise makes it forgive their faults.
        const auto count = clips.video.size(0);
        const Tensor strength = 0.08 * at::rand({count, 1, 1, 1, 1}, generator);
        const Tensor ends = clips.video.index_select(2, at::tensor({0, 4}, at::kLong));
        const Tensor dirty = ends + strength * at::randn(ends.sizes(), generator);
        const Tensor blend = at::upsample_trilinear3d(dirty, {5, shape.height, shape.width}, true);
        Tensor mask = at::zeros({count, 1, 5, shape.height, shape.width});
        mask.select(2, 0).fill_(1);
        mask.select(2, 4).fill_(1);
        return {.clean = clips.video, .condition = at::cat({blend, mask}, 1), .text = encode(clips.captions)};
    }
};

class SuperresTask final : public DiffusionTask {
public:
    using DiffusionTask::DiffusionTask;
    OptimizerOptions options() const override { return {.rate = 2e-3, .matrixRate = 0.008, .emaHalfLifeSteps = 60}; }
    int batch(double) const override { return 4; }

private:
    static constexpr int kFrames = 5, kScale = 4, kMostNoise = 250;

    Sample draw(std::int64_t step, double, const Shard& shard, at::Generator& generator) override {
        std::vector<std::string> captions;
        const auto count = shard.size(batch(0));
        const Tensor sharp = drawCrops(m_seed + 3, step * batch(0) + shard.begin(batch(0)), count, kFrames, {160, 256, 64, 4}, [](std::int64_t example, int frame) {
            return static_cast<double>(example % 24 + frame) / (kClipFrames - 1);
        }, &captions);
        const Tensor frames = nn::toFrames(sharp);
        const Tensor low = at::adaptive_avg_pool2d(frames, {frames.size(2) / kScale, frames.size(3) / kScale});
        Tensor condition = nn::fromFrames(at::upsample_bilinear2d(low, {frames.size(2), frames.size(3)}, true), count);
        const Tensor level = at::randint(0, kMostNoise, {count}, generator, at::TensorOptions().dtype(at::kLong));
        condition = diffusion::addNoise(noising(), condition, at::randn(condition.sizes(), generator), level);
        // Half the windows continue one before: its last frame stands clean in place of the first condition.
        for (std::int64_t i = 0; i < count; i += 2)
            condition[i].narrow(1, 0, 1).copy_(sharp[i].narrow(1, 0, 1) + 0.03 * at::randn(sharp[i].narrow(1, 0, 1).sizes(), generator));
        return {.clean = sharp, .condition = condition, .text = encode(captions), .labels = level};
    }

    static const diffusion::NoiseSchedule& noising() {
        static const diffusion::NoiseSchedule schedule = [] {
            diffusion::SchedulerConfig config;
            config.betaSchedule = "squaredcos_cap_v2";
            return diffusion::NoiseSchedule(config);
        }();
        return schedule;
    }
};

// Expert translation: only the lower nine tenths of the noise levels (paper section 3.4).
class TranslationTask final : public DiffusionTask {
public:
    using DiffusionTask::DiffusionTask;
    OptimizerOptions options() const override { return {.rate = 2e-3, .matrixRate = 0.008, .emaHalfLifeSteps = 60}; }
    int batch(double) const override { return 4; }
    void setVae(std::shared_ptr<nn::Vae> vae) { m_vae = std::move(vae); }

private:
    static constexpr int kFrames = 5;

    Sample draw(std::int64_t step, double, const Shard& shard, at::Generator& generator) override {
        std::vector<std::string> captions;
        const auto count = shard.size(batch(0));
        const Tensor pictures = drawCrops(m_seed + 4, step * batch(0) + shard.begin(batch(0)), count, kFrames, {320, 576, 128, 8}, [](std::int64_t example, int frame) {
            return static_cast<double>(example % 24 + frame) / (kClipFrames - 1);
        }, &captions);
        torch::NoGradGuard noGrad;
        const auto posterior = nn::posterior(m_vae->moments(nn::toFrames(pictures)));
        const Tensor latents = m_vae->config().scalingFactor * (posterior.mean + posterior.std * at::randn(posterior.mean.sizes(), generator));
        return {.clean = nn::fromFrames(latents, count), .text = encode(captions), .tMax = 900};
    }

    std::shared_ptr<nn::Vae> m_vae;
};

template <typename Task>
Result<std::unique_ptr<TrainingTask>> build(const TrainOptions& options, ToylandNetwork network, const fs::path& before) {
    const fs::path from = options.init.empty() ? options.root : options.init;
    S1_TRY(const auto config, nn::UNetConfig::fromJson(unetConfig(network), "unet/config.json"));
    S1_TRY(const auto scheduler, diffusion::SchedulerConfig::fromJson(schedulerConfig(network), "scheduler_config.json"));
    S1_TRY(auto encoder, text::TextEncoder::load(from / "base"));
    auto task = std::make_unique<Task>(options, network, config, scheduler, std::make_shared<text::TextEncoder>(std::move(encoder)));
    if (!before.empty())
        S1_CHECK(task->startFrom(from / before));
    if constexpr (std::is_same_v<Task, TranslationTask>) {
        S1_TRY(auto vae, cascade::loadVae(from / "sr2" / "vae"));
        task->setVae(std::move(vae));
    }
    return std::unique_ptr<TrainingTask>(std::move(task));
}

} // namespace

Result<std::unique_ptr<TrainingTask>> makeDiffusionTask(const TrainOptions& options, ToylandNetwork network) {
    switch (network) {
    case ToylandNetwork::Images: return build<ImagesTask>(options, network, {});
    case ToylandNetwork::Keyframes: return build<KeyframesTask>(options, network, "images/unet");
    case ToylandNetwork::Interpolation: return build<InterpolationTask>(options, network, {});
    case ToylandNetwork::Superres: return build<SuperresTask>(options, network, {});
    case ToylandNetwork::Translation: break;
    }
    return build<TranslationTask>(options, network, {});
}

} // namespace s1::train
