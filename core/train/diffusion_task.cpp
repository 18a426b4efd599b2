#include "train/diffusion_task.h"

#include "cascade/model_set.h"
#include "nn/initialize.h"
#include "toyland/random.h"
#include "train/identity_start.h"
#include "train/movement.h"
#include "train/obedience.h"
#include "train/toyland_data.h"

#include <ATen/CPUGeneratorImpl.h>

#include <fmt/format.h>

#include <algorithm>

namespace s1::train {

namespace fs = std::filesystem;

namespace {

using at::Tensor;

constexpr int kClipFrames = 29, kKeyStride = 4; // 8 keyframes are every fourth of 29 frames

enum class Times { Even, Early, Late, Last }; // how the noise levels of a step are spread; Last: over the last sixth

// What one step denoises and what it is told.
struct Sample {
    Tensor clean;     // [B, C, F, H, W]
    Tensor condition; // extra input channels, or undefined
    Tensor text;      // [B, 77, D]
    Tensor labels;    // [B] noise levels, or undefined
    Tensor firstFrame; // [B] the first frame's place in its clip, 0 if undefined
    Tensor weight;    // [B, 1, F or 1, H, W] of each pixel's loss, or undefined
    std::int64_t tMax = 1000;
    Times times = Times::Even;
    double detail = 1;   // pixels of the stage's picture that one of these stands for
    double movement = 0; // what an error of movement costs besides
};

// A frame's place is few numbers beside a text whose layers are learned already: begun like any other layer, it is not heard.
void startLoud(nn::UNet& network) {
    torch::NoGradGuard noGrad;
    auto parameters = network.named_parameters();
    Tensor& first = parameters["frame_embedding.linear_1.weight"];
    first.mul_(2);
    first.narrow(1, 0, network.config().blockOutChannels.front()).mul_(5);
    parameters["frame_embedding.linear_2.weight"].mul_(5);
}

class DiffusionTask : public TrainingTask {
public:
    DiffusionTask(const TrainOptions& options, ToylandNetwork network, const nn::UNetConfig& config,
                  const diffusion::SchedulerConfig& scheduler, std::shared_ptr<text::TextEncoder> encoder)
        : m_seed(options.seed), m_kind(network), m_network(std::make_shared<nn::UNet>(config)), m_scheduler(scheduler),
          m_schedule(scheduler), m_encoder(std::move(encoder)) {
        nn::initialize(*m_network, at::make_generator<at::CPUGeneratorImpl>(options.seed));
        if (m_scheduler.prediction == diffusion::Prediction::Sample)
            startFromCondition(*m_network, kCondition);
        if (config.frameEmbedding)
            startLoud(*m_network);
    }

    // The part itself from --init, and for key frames the image network trained into the same folder.
    Result<void> startFrom(const TrainOptions& options) {
        const auto take = [&](const fs::path& folder) -> Result<bool> {
            S1_TRY(const bool taken, takeOver(*m_network, folder, m_network->config().normGroups));
            m_fromBefore = m_fromBefore || taken;
            return taken;
        };
        if (!options.init.empty()) {
            if (m_kind == ToylandNetwork::Images)
                S1_CHECK(take(unetFolder(options.init, ToylandNetwork::Keyframes)));
            S1_TRY(m_goesOn, take(unetFolder(options.init, m_kind)));
        }
        if (m_kind == ToylandNetwork::Keyframes)
            S1_CHECK(take(unetFolder(options.root, ToylandNetwork::Images)));
        return {};
    }

    NamedParameters parameters() const override {
        NamedParameters all;
        for (const auto& item : m_network->named_parameters())
            all.emplace_back(item.key(), item.value());
        return all;
    }

    // Spatial layers know their work already; but through those of the text a picture's words came, and now a motion's must.
    bool isSlow(const std::string& name) const override {
        static constexpr std::string_view kLearning[] = {"temp_", "frame_embedding", "time_emb_proj", "add_embedding", "encoder_hid_proj", "add_k_proj", "add_v_proj"};
        return m_kind == ToylandNetwork::Keyframes && m_fromBefore &&
               std::ranges::none_of(kLearning, [&](std::string_view part) { return name.find(part) != std::string::npos; });
    }

    Tensor loss(std::int64_t step, double progress, const Shard& shard) override {
        auto generator = stepGenerator(m_seed, step, shard);
        const Sample sample = draw(step, progress, shard, generator);
        const auto count = sample.clean.size(0);
        const Tensor t = spread(noiseTimes(m_seed, step, shard, count, sample.tMax, generator), sample);
        const Tensor noise = at::randn(sample.clean.sizes(), generator);
        const auto [alpha, sigma] = noiseAt(m_schedule, t, sample.detail);
        const Tensor noisy = alpha * sample.clean + sigma * noise;
        const Tensor target = diffusion::predictionTarget(m_scheduler.prediction, sample.clean, noise, alpha, sigma);
        const Tensor input = sample.condition.defined() ? at::cat({noisy, sample.condition}, 1) : noisy;
        const Tensor output = m_network->forward(input, t, sample.text, sample.labels, sample.firstFrame);
        const Tensor error = output - target;
        const Tensor plain = sample.weight.defined() ? (error.square().mean(1, true) * sample.weight).mean() : error.square().mean();
        return sample.movement > 0 ? plain + sample.movement * movementOf(error).square().mean() : plain;
    }

    Result<void> write(const fs::path& root, const weights::TensorMap& averaged, const std::string& recipe) override {
        return writeUNet(root, m_kind, averaged, recipe);
    }

protected:
    virtual Sample draw(std::int64_t step, double progress, const Shard& shard, at::Generator& generator) = 0;

    double worth(const Obedience& word) const {
        return word.measure([&](const Tensor& noisy, const Tensor& t, const std::vector<std::string>& captions) { return m_network->forward(noisy, t, encode(captions)); },
                            m_schedule, m_scheduler.prediction);
    }
    std::string words(const Obedience& object, const Obedience& motion) const { return fmt::format("object {:+.1f} %, motion {:+.1f} %", 100 * worth(object), 100 * worth(motion)); }
    Tensor encode(const std::vector<std::string>& captions) const { return encodeCaptions(*m_encoder, captions); }

    static Tensor spread(const Tensor& t, const Sample& sample) {
        switch (sample.times) {
        case Times::Early: return at::floor_divide(t * t, sample.tMax);
        case Times::Late: return ((t.to(at::kDouble) / static_cast<double>(sample.tMax)).pow(2.0 / 3) * static_cast<double>(sample.tMax)).to(at::kLong);
        case Times::Last: return sample.tMax - 1 - at::floor_divide(t, 6);
        case Times::Even: break;
        }
        return t;
    }

    static constexpr std::int64_t kCondition = 3; // after the noisy picture

    std::uint64_t m_seed;
    ToylandNetwork m_kind;
    std::shared_ptr<nn::UNet> m_network;
    diffusion::SchedulerConfig m_scheduler;
    diffusion::NoiseSchedule m_schedule;
    std::shared_ptr<text::TextEncoder> m_encoder;
    bool m_fromBefore = false; // some layers are not new
    bool m_goesOn = false;     // none is: the part itself was in --init
};

// A run begins with small pictures (three levels down they must still divide), for they cost little: clips with small ones,
// for how a thing moves shows at 16 rows; pictures with what is around the object, at its own size.
struct Part {
    int batch;
    ClipShape shape;
};
// The run's shares up to which clips of 16 and of 24 rows are shown.
Part clipPart(double progress, int frames, double small, double middle) {
    if (progress < small)
        return {16, {frames, 16, 24}};
    return progress < middle ? Part{8, {frames, 24, 40}} : Part{4, {frames, 40, 64}};
}
constexpr int kMostSamples = 64; // of any step, so that no two steps draw the same

// A picture that stands for itself is one of its clip's key frames, another one for every example.
constexpr int kKeyframes = 8;
double keyframeTime(int frame) { return frame / (kKeyframes - 1.0); }
int pictureFrame(std::int64_t example) { return static_cast<int>(example % kKeyframes); }
Tensor pictureFrames(std::int64_t firstExample, int count) { return at::arange(firstExample, firstExample + count, at::kLong).remainder(kKeyframes); }

// Colour and kind of a small object are a small part of a plain loss: at first its pixels count five times, falling to
// once over a third of the run, for a lasting weight paints several objects (motion-and-quality.md 3.5b).
Tensor objectWeight(const ClipBatch& clips, double progress) {
    return 1 + 4 * std::max(0.0, 1 - 3 * progress) * clips.objects;
}

class ImagesTask final : public DiffusionTask {
public:
    using DiffusionTask::DiffusionTask;
    OptimizerOptions options() const override { return {.rate = 2e-3, .matrixRate = 0.012, .emaHalfLifeSteps = 60}; }
    int batch(std::int64_t step, double progress) const override { return part(step, progress).batch; }
    std::string note() const override { return words(m_object, m_motion); }

private:
    // New layers see what is around the object first. When it goes on, where the object is at which moment: of plain
    // pictures, for there the motion's word is worth most, and of others in turn, lest they be forgotten.
    Part part(std::int64_t step, double progress) const {
        if (!m_fromBefore) {
            if (progress < 0.4)
                return {64, {1, 40, 64, 24}};
            return progress < 0.65 ? Part{32, {1, 40, 64, 32}} : Part{32, {1, 40, 64}};
        }
        if (progress < 0.7)
            return {64, {.frames = 1, .height = 24, .width = 40, .plain = step % 2 == 0}};
        return {32, {.frames = 1, .plain = step % 4 == 0}};
    }

    Sample draw(std::int64_t step, double progress, const Shard& shard, at::Generator&) override {
        const auto [batch, shape] = part(step, progress);
        const auto first = step * kMostSamples + shard.begin(batch);
        const auto clips = drawClips(m_seed, first, shard.size(batch), shape, [](std::int64_t example, int) { return keyframeTime(pictureFrame(example)); });
        return {.clean = clips.video, .text = encode(clips.captions), .firstFrame = pictureFrames(first, shard.size(batch)),
                .weight = m_fromBefore ? Tensor() : objectWeight(clips, progress), .times = shape.plain ? Times::Last : Times::Even,
                .detail = shape.detail()};
    }

    Obedience m_object{Obedience::Word::Object}, m_motion{Obedience::Word::Motion};
};

// Every third step shows single pictures, whole or cut around the object: they say more of shapes for the time. Clips are
// small only while temporal layers are new, for at another size than the stage's patterns are other patterns.
class KeyframesTask final : public DiffusionTask {
public:
    using DiffusionTask::DiffusionTask;
    OptimizerOptions options() const override { return {.rate = 2e-3, .matrixRate = 0.008, .emaHalfLifeSteps = 60}; }
    int batch(std::int64_t step, double progress) const override { return part(step, progress).batch; }
    std::string note() const override { return words(m_object, m_motion); }

private:
    static constexpr double kMovement = 1;

    Part part(std::int64_t step, double progress) const {
        if (step % 3 == 2)
            return {16, {1, 40, 64, step % 2 == 0 ? 32 : 0}};
        if (m_goesOn)
            return {4, {.frames = kKeyframes, .plain = step % 6 == 0}};
        return clipPart(progress, kKeyframes, 0.5, 0.8);
    }

    Sample draw(std::int64_t step, double progress, const Shard& shard, at::Generator&) override {
        const auto [batch, shape] = part(step, progress);
        const bool clip = shape.frames > 1;
        const auto first = step * kMostSamples + shard.begin(batch);
        const auto clips = drawClips(m_seed + 1, first, shard.size(batch), shape,
                                     [&](std::int64_t example, int frame) { return keyframeTime(clip ? frame : pictureFrame(example)); });
        // How a thing moves is decided while hardly anything is seen; what it looks like is settled later.
        const bool late = clip && (shape.height < 40 || shape.plain);
        return {.clean = clips.video, .text = encode(clips.captions), .firstFrame = clip ? Tensor() : pictureFrames(first, shard.size(batch)),
                .times = late ? Times::Late : Times::Even, .detail = shape.detail(), .movement = clip ? kMovement : 0};
    }

    Obedience m_object{Obedience::Word::Object}, m_motion{Obedience::Word::Motion};
};

class InterpolationTask final : public DiffusionTask {
public:
    using DiffusionTask::DiffusionTask;
    OptimizerOptions options() const override { return {.rate = 2e-3, .matrixRate = 0.008, .emaHalfLifeSteps = 60}; }
    int batch(std::int64_t, double progress) const override { return part(progress).batch; }

private:
    Part part(double progress) const { return m_goesOn ? Part{8, {5, 40, 64}} : clipPart(progress, 5, 0.4, 0.7); }

    // What stands still is there in both key frames: where they differ, and nearby, an error counts more.
    static Tensor changeWeight(const Tensor& ends) {
        constexpr double kVisible = 0.1, kWeight = 8;
        constexpr std::int64_t kNear = 5;
        const Tensor change = (ends.select(2, 1) - ends.select(2, 0)).abs().amax(1, true); // [B, 1, H, W]
        return 1 + kWeight * (at::max_pool2d(change, kNear, 1, kNear / 2) > kVisible).to(at::kFloat).unsqueeze(2);
    }

    Sample draw(std::int64_t step, double progress, const Shard& shard, at::Generator& generator) override {
        const auto [batch, shape] = part(progress);
        const auto clips = drawClips(m_seed + 2, step * kMostSamples + shard.begin(batch), shard.size(batch), shape,
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
        return {.clean = clips.video, .condition = at::cat({blend, mask}, 1), .text = encode(clips.captions), .weight = changeWeight(ends)};
    }
};

class SuperresTask final : public DiffusionTask {
public:
    using DiffusionTask::DiffusionTask;
    OptimizerOptions options() const override { return {.rate = 2e-3, .matrixRate = 0.004, .emaHalfLifeSteps = 60}; }
    int batch(std::int64_t, double progress) const override { return part(progress).batch; }

private:
    static constexpr int kMostNoise = 100, kMostBatch = 16;
    static constexpr double kMostGrain = 0.06;

    // Single pictures show more edges for the time; then what moves; and last larger windows, for norms and attention of a
    // whole picture see more than a small one.
    struct Part {
        int batch, frames, crop;
    };
    static Part part(double progress) {
        if (progress < 0.5)
            return {16, 1, 64};
        return progress < 0.75 ? Part{4, 5, 64} : Part{2, 5, 128};
    }

    Sample draw(std::int64_t step, double progress, const Shard& shard, at::Generator& generator) override {
        const auto [batch, frames, crop] = part(progress);
        const auto count = shard.size(batch);
        const std::int64_t firstIndex = step * kMostBatch + shard.begin(batch);
        const CropShape shape{.height = 160, .width = 256, .crop = crop, .perScene = frames == 1 ? 2 : 1, .coarseHeight = 40, .coarseWidth = 64};
        const auto crops = drawCrops(m_seed + 3, firstIndex, count, frames, shape, [](std::int64_t example, int frame) {
            return static_cast<double>(example % 25 + frame) / (kClipFrames - 1);
        });
        // Grain as the stages before leave it, in their coarser grid; and as much noise as it is told.
        const Tensor fine = at::randn({count, 3, frames, crop / 4, crop / 4}, generator) * (kMostGrain * at::rand({count, 1, 1, 1, 1}, generator));
        const Tensor given = crops.coarse + at::upsample_trilinear3d(fine, {frames, crop, crop}, true);
        const Tensor level = at::randint(0, kMostNoise, {count}, generator, at::TensorOptions().dtype(at::kLong));
        Tensor condition = diffusion::addNoise(noising(), given, at::randn(given.sizes(), generator), level);
        // Half the windows continue one before: its last frame, hardly soiled, stands in place of the first condition.
        for (std::int64_t i = 0; i < count && frames > 1; ++i)
            if (toyland::Random::mix(m_seed ^ toyland::Random::mix(static_cast<std::uint64_t>(firstIndex + i))) % 2 == 0) {
                const Tensor first = crops.sharp[i].narrow(1, 0, 1);
                condition[i].narrow(1, 0, 1).copy_(first + 0.03 * at::randn(first.sizes(), generator));
            }
        return {.clean = crops.sharp, .condition = condition, .text = encode(crops.captions), .labels = level};
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
    int batch(std::int64_t, double) const override { return kBatch; }
    void setVae(std::shared_ptr<nn::Vae> vae) { m_vae = std::move(vae); }

private:
    static constexpr int kBatch = 4, kFrames = 5;

    Sample draw(std::int64_t step, double, const Shard& shard, at::Generator& generator) override {
        const auto count = shard.size(kBatch);
        const CropShape shape{.height = 320, .width = 576, .crop = 128, .align = 8};
        const auto crops = drawCrops(m_seed + 4, step * kBatch + shard.begin(kBatch), count, kFrames, shape, [](std::int64_t example, int frame) {
            return static_cast<double>(example % 25 + frame) / (kClipFrames - 1);
        });
        torch::NoGradGuard noGrad;
        const auto posterior = nn::posterior(m_vae->moments(nn::toFrames(crops.sharp)));
        const Tensor latents = m_vae->config().scalingFactor * (posterior.mean + posterior.std * at::randn(posterior.mean.sizes(), generator));
        // The presets begin at an eighth of the noise.
        return {.clean = nn::fromFrames(latents, count), .text = encode(crops.captions), .tMax = 900, .times = Times::Early};
    }

    std::shared_ptr<nn::Vae> m_vae;
};

template <typename Task>
Result<std::unique_ptr<TrainingTask>> build(const TrainOptions& options, ToylandNetwork network) {
    const fs::path from = options.init.empty() ? options.root : options.init;
    S1_TRY(const auto config, nn::UNetConfig::fromJson(unetConfig(network), "unet/config.json"));
    S1_TRY(const auto scheduler, diffusion::SchedulerConfig::fromJson(schedulerConfig(network), "scheduler_config.json"));
    S1_TRY(auto encoder, text::TextEncoder::load(from / "base"));
    auto task = std::make_unique<Task>(options, network, config, scheduler, std::make_shared<text::TextEncoder>(std::move(encoder)));
    S1_CHECK(task->startFrom(options));
    if constexpr (std::is_same_v<Task, TranslationTask>) {
        S1_TRY(auto vae, cascade::loadVae(from / "sr2" / "vae"));
        task->setVae(std::move(vae));
    }
    return std::unique_ptr<TrainingTask>(std::move(task));
}

} // namespace

Result<std::unique_ptr<TrainingTask>> makeDiffusionTask(const TrainOptions& options, ToylandNetwork network) {
    switch (network) {
    case ToylandNetwork::Images: return build<ImagesTask>(options, network);
    case ToylandNetwork::Keyframes: return build<KeyframesTask>(options, network);
    case ToylandNetwork::Interpolation: return build<InterpolationTask>(options, network);
    case ToylandNetwork::Superres: return build<SuperresTask>(options, network);
    case ToylandNetwork::Translation: break;
    }
    return build<TranslationTask>(options, network);
}

} // namespace s1::train
