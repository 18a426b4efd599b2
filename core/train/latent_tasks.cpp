#include "train/diffusion_task.h"

namespace s1::train {

using at::Tensor;

namespace {

// Scaled latents of clips [B, 3, F, H, W], drawn from their posterior as the cascade draws them.
Tensor latentsOf(const nn::Vae& vae, const Tensor& clips, bool sharedNoise, at::Generator& generator) {
    torch::NoGradGuard noGrad;
    const auto posterior = nn::posterior(vae.moments(nn::toFrames(clips)));
    const auto byClips = [&](const Tensor& frames) { return nn::fromFrames(frames, clips.size(0)); };
    const Tensor mean = byClips(posterior.mean);
    return vae.config().scalingFactor * (mean + byClips(posterior.std) * noiseLike(mean, sharedNoise, generator));
}

// Expert translation: only the lower nine tenths of the noise levels (paper section 3.4), and mostly those the presets ask for.
class TranslationTask final : public DiffusionTask {
public:
    TranslationTask(DiffusionParts parts, std::shared_ptr<nn::Vae> vae) : DiffusionTask(std::move(parts)), m_vae(std::move(vae)) {}
    OptimizerOptions options() const override { return {.rate = 2e-3, .matrixRate = 0.008, .emaHalfLifeSteps = 60}; }

private:
    static constexpr int kBatch = 4, kFrames = 5;

    int samples(std::int64_t, double) const override { return kBatch; }

    Sample draw(std::int64_t step, double, const Examples& examples, at::Generator& generator) override {
        const CropShape shape{.height = 320, .width = 576, .crop = 128, .align = 8};
        const auto crops = drawCrops(seed() + 4, examples.first, examples.count, kFrames, shape, [](std::int64_t example, int frame) {
            return static_cast<double>(example % (kClipFrames - kFrames + 1) + frame) / (kClipFrames - 1);
        });
        const bool shared = step % 2 == 0; // as the presets ask for, or as published
        return {.clean = latentsOf(*m_vae, crops.sharp, shared, generator), .text = encode(crops.captions), .tMax = wholeRange() ? 1000 : 900,
                .times = wholeRange() ? Times::Even : Times::Early, .flicker = kFlicker, .sharedNoise = shared};
    }

    std::shared_ptr<nn::Vae> m_vae;
};

// Key frames as latents of pictures four times as large each way; for comparison only (paper table 4). They are shown what key
// frames from nothing are shown.
class LatentKeyframesTask final : public DiffusionTask {
public:
    LatentKeyframesTask(DiffusionParts parts, std::shared_ptr<nn::Vae> vae) : DiffusionTask(std::move(parts)), m_vae(std::move(vae)) {}
    OptimizerOptions options() const override { return {.rate = 2e-3, .matrixRate = 0.008, .emaHalfLifeSteps = 60}; }

private:
    int samples(std::int64_t step, double) const override { return part(step).batch; }
    static StepShape part(std::int64_t step) {
        constexpr int kHeight = 160, kWidth = 256;
        return step % 3 == 2 ? StepShape{32, {1, kHeight, kWidth}} : StepShape{8, {kKeyframes, kHeight, kWidth}};
    }

    Sample draw(std::int64_t step, double, const Examples& examples, at::Generator& generator) override {
        const auto [clips, firstFrame] = drawKeyframes(seed() + 1, examples.first, examples.count, part(step).shape);
        return {.clean = latentsOf(*m_vae, clips.video, false, generator), .text = encode(clips.captions), .firstFrame = firstFrame};
    }

    std::shared_ptr<nn::Vae> m_vae;
};

} // namespace

std::unique_ptr<DiffusionTask> makeTranslationTask(DiffusionParts parts, std::shared_ptr<nn::Vae> vae) {
    return std::make_unique<TranslationTask>(std::move(parts), std::move(vae));
}
std::unique_ptr<DiffusionTask> makeLatentKeyframesTask(DiffusionParts parts, std::shared_ptr<nn::Vae> vae) {
    return std::make_unique<LatentKeyframesTask>(std::move(parts), std::move(vae));
}

} // namespace s1::train
