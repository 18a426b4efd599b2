#include "cascade/windows.h"
#include "toyland/random.h"
#include "train/diffusion_task.h"
#include "train/stillness.h"

namespace s1::train {

using at::Tensor;

namespace {

// What they are to make is mostly in their condition, so the presets ask them once or twice, from the highest noise down.
// The rest is for those who take more steps.
Times timesOf(std::int64_t step) { return step % 4 == 0 ? Times::Even : Times::Last; }

constexpr double kStillWeight = 100; // of what changes where nothing should: many pixels, little error

// Half of the samples are steady: all that soils their frames is the same in each, so that what flickers is the network's own.
// Asked to still grain of a frame's own as well, it would smooth away what is fine. [count, 1, 1, 1, 1]
Tensor drawSteady(std::int64_t count, at::Generator& generator) { return at::rand({count, 1, 1, 1, 1}, generator) < 0.5; }

// Normal numbers, of a steady sample the same in all frames.
Tensor grainOf(at::IntArrayRef shape, const Tensor& steady, at::Generator& generator) {
    const Tensor grain = at::randn(shape, generator);
    return at::where(steady, grain.narrow(2, 0, 1), grain);
}

// What goes on is near its best: all of it learns slowly.
class DetailTask : public DiffusionTask {
public:
    using DiffusionTask::DiffusionTask;
    bool isSlow(const std::string&) const override { return goesOn(); }
};

class InterpolationTask final : public DetailTask {
public:
    using DetailTask::DetailTask;
    OptimizerOptions options() const override { return {.rate = 2e-3, .matrixRate = 0.008, .emaHalfLifeSteps = 60}; }

private:
    int samples(std::int64_t, double progress) const override { return part(progress).batch; }
    StepShape part(double progress) const { return goesOn() ? StepShape{8, {5, 40, 64}} : clipShape(progress, 5, 0.4, 0.7); }

    static constexpr std::int64_t kNear = 5; // pixels across

    // What stands still is there in both key frames: where they differ, and nearby, an error counts more.
    static Tensor changeWeight(const Tensor& ends) {
        constexpr double kVisible = 0.1, kWeight = 8;
        return 1 + kWeight * (changeNear(ends, kNear) > kVisible).to(at::kFloat);
    }

    Sample draw(std::int64_t step, double progress, const Examples& examples, at::Generator& generator) override {
        const ClipShape shape = part(progress).shape;
        const auto clips = drawClips(seed() + 2, examples.first, examples.count, shape,
                                     [](std::int64_t example, int frame) {
            return static_cast<double>(example % 7 * kKeyStride + frame) / (kClipFrames - 1);
        });
        // The keyframes it will be given come from a network: a little noise makes it forgive their faults.
        const auto count = clips.video.size(0);
        const Tensor strength = 0.08 * at::rand({count, 1, 1, 1, 1}, generator);
        const Tensor ends = clips.video.index_select(2, at::tensor({0, 4}, at::kLong));
        const Tensor steady = drawSteady(count, generator);
        const Tensor dirty = ends + strength * grainOf(ends.sizes(), steady, generator);
        const Tensor blend = at::upsample_trilinear3d(dirty, {5, shape.height, shape.width}, true);
        Tensor mask = at::zeros({count, 1, 5, shape.height, shape.width});
        mask.select(2, 0).fill_(1);
        mask.select(2, 4).fill_(1);
        return {.clean = clips.video, .condition = at::cat({blend, mask}, 1), .text = encode(clips.captions), .weight = changeWeight(ends), .flickerWeight = at::where(steady, stillWeight(clips.video, kNear, kStillWeight), 1.0), .times = timesOf(step), .flicker = kFlicker, .sharedNoise = true};
    }
};

class SuperresTask final : public DetailTask {
public:
    using DetailTask::DetailTask;
    OptimizerOptions options() const override { return {.rate = 2e-3, .matrixRate = 0.004, .emaHalfLifeSteps = 60}; }

private:
    static constexpr int kMostNoise = 100;
    static constexpr double kMostGrain = 0.06;

    // Single pictures show more edges for the time; then what moves; and last larger windows, for norms and attention of a
    // whole picture see more than a small one. When it goes on, windows are as long as the stage's own, which begin and end
    // another way than short ones, and nearly whole pictures, whose norms are those of whole ones.
    struct Part {
        int batch, frames, crop;
    };
    Part part(double progress) const {
        if (goesOn())
            return {2, cascade::kSuperresWindow, 160};
        if (progress < 0.5)
            return {16, 1, 64};
        return progress < 0.75 ? Part{4, 5, 64} : Part{2, 5, 128};
    }

    int samples(std::int64_t, double progress) const override { return part(progress).batch; }

    Sample draw(std::int64_t step, double progress, const Examples& examples, at::Generator& generator) override {
        const auto [batch, frames, crop] = part(progress);
        const auto [firstIndex, count] = examples;
        const CropShape shape{.height = 160, .width = 256, .crop = crop, .perScene = frames == 1 ? 2 : 1, .coarseHeight = 40, .coarseWidth = 64};
        const auto crops = drawCrops(seed() + 3, firstIndex, count, frames, shape, [&, frames = frames](std::int64_t example, int frame) {
            return static_cast<double>(example % (kClipFrames - frames + 1) + frame) / (kClipFrames - 1);
        });
        // Grain as the stages before leave it, in their coarser grid; and as much noise as it is told.
        const Tensor steady = drawSteady(count, generator);
        const Tensor fine = grainOf({count, 3, frames, crop / 4, crop / 4}, steady, generator) * (kMostGrain * at::rand({count, 1, 1, 1, 1}, generator));
        const Tensor given = crops.coarse + at::upsample_trilinear3d(fine, {frames, crop, crop}, true);
        const Tensor level = at::randint(0, kMostNoise, {count}, generator, at::TensorOptions().dtype(at::kLong));
        Tensor condition = diffusion::addNoise(noising(), given, grainOf(given.sizes(), steady, generator), level);
        // Half the windows continue one before: its last frame, hardly soiled, stands in place of the first condition. It is
        // made once more, and a clip jumps there if it comes out otherwise.
        constexpr double kAgain = 4;
        Tensor weight = at::ones({count, 1, frames, 1, 1});
        for (std::int64_t i = 0; i < count && frames > 1; ++i)
            if (toyland::Random::mix(seed() ^ toyland::Random::mix(static_cast<std::uint64_t>(firstIndex + i))) % 2 == 0) {
                const Tensor first = crops.sharp[i].narrow(1, 0, 1);
                condition[i].narrow(1, 0, 1).copy_(first + 0.01 * at::randn(first.sizes(), generator));
                weight[i].narrow(1, 0, 1).fill_(kAgain);
            }
        return {.clean = crops.sharp, .condition = condition, .text = encode(crops.captions), .labels = level, .weight = weight, .flickerWeight = at::where(steady, stillWeight(crops.sharp, 9, kStillWeight), 1.0), .times = timesOf(step), .flicker = kFlicker, .sharedNoise = true};
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

} // namespace

std::unique_ptr<DiffusionTask> makeInterpolationTask(DiffusionParts parts) { return std::make_unique<InterpolationTask>(std::move(parts)); }
std::unique_ptr<DiffusionTask> makeSuperresTask(DiffusionParts parts) { return std::make_unique<SuperresTask>(std::move(parts)); }

} // namespace s1::train
