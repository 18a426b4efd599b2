#include "train/diffusion_task.h"
#include "train/stillness.h"

#include <algorithm>
#include <span>

namespace s1::train {

using at::Tensor;

namespace {

// Colour and kind of a small object are a small part of a plain loss: at first its pixels count five times, falling to
// once over a third of the run, for a lasting weight paints several objects (motion-and-quality.md 3.5b).
Tensor objectWeight(const ClipBatch& clips, double progress) {
    return 1 + 4 * std::max(0.0, 1 - 3 * progress) * clips.objects;
}

class ImagesTask final : public DiffusionTask {
public:
    using DiffusionTask::DiffusionTask;
    OptimizerOptions options() const override {
        const double share = fromBefore() && !mostStays() ? 0.5 : 1;
        return {.rate = 2e-3 * share, .matrixRate = 0.012 * share, .emaHalfLifeSteps = 60};
    }
    std::string note() const override { return words(m_object, m_motion); }

private:
    // New layers see what is around the object first. When it goes on, every third step shows crops: a shape costs less there,
    // but is chosen at noise levels that only whole pictures show. New layers beside ones that stay learn where the object is
    // at which moment, half of the time of plain pictures, for there the motion's word is worth most.
    StepShape part(std::int64_t step, double progress) const {
        const StepShape whole{32, {1, 40, 64}}, crop{64, {1, 40, 64, 32}};
        if (mostStays())
            return step % 2 == 0 ? StepShape{64, {.frames = 1, .height = 24, .width = 40, .plain = true}} : StepShape{64, {1, 24, 40}};
        if (fromBefore())
            return step % 3 == 2 ? crop : whole;
        if (progress < 0.4)
            return {64, {1, 40, 64, 24}};
        return progress < 0.65 ? StepShape{32, {1, 40, 64, 32}} : whole;
    }

    int samples(std::int64_t step, double progress) const override { return part(step, progress).batch; }

    Sample draw(std::int64_t step, double progress, const Examples& examples, at::Generator&) override {
        const ClipShape shape = part(step, progress).shape;
        const auto [clips, firstFrame] = drawKeyframes(seed(), examples.first, examples.count, shape);
        return {.clean = clips.video, .text = encode(clips.captions), .firstFrame = firstFrame,
                .weight = fromBefore() ? Tensor() : objectWeight(clips, progress),
                .tMax = fromBefore() && shape.crop > 0 ? config().framesFrom : 1000, // of a crop, no frame's place would be true
                .times = shape.plain ? Times::Last : Times::Even, .detail = shape.detail(), .levelled = fromBefore() && !mostStays()};
    }

    Obedience m_object{Obedience::Word::Object}, m_motion{Obedience::Word::Motion};
};

// Beside new temporal layers every third step shows single pictures, whole or cut around the object, when it goes on every
// sixth: they say more of shapes for the time. Clips are small only while temporal layers are new, for at another size than
// the stage's patterns are other patterns.
class KeyframesTask final : public DiffusionTask {
public:
    using DiffusionTask::DiffusionTask;
    OptimizerOptions options() const override { return {.rate = 2e-3, .matrixRate = 0.008, .emaHalfLifeSteps = 60}; }
    std::string note() const override { return words(m_object, m_motion); }

    // Spatial layers know their work already. Beside new temporal layers those of the text go on learning, for a motion's words
    // come through them; beside trained ones nothing else should, for a few hundred steps of clips spoil shapes and words.
    bool isSlow(const std::string& name) const override {
        static constexpr std::string_view kTemporal[] = {"temp_"},
            kLearning[] = {"temp_", "frame_embedding", "place_embedding", "time_emb_proj", "add_embedding", "encoder_hid_proj", "add_k_proj", "add_v_proj"};
        if (mostStays())
            return DiffusionTask::isSlow(name);
        const std::span<const std::string_view> fast = goesOn() ? std::span<const std::string_view>(kTemporal) : kLearning;
        return fromBefore() && std::ranges::none_of(fast, [&](std::string_view part) { return name.find(part) != std::string::npos; });
    }

private:
    static constexpr double kMovement = 1, kStillWeight = 10;
    static constexpr std::int64_t kNear = 5; // pixels across

    // How a thing moves is decided while hardly anything is seen; what it looks like is settled later.
    StepShape part(std::int64_t step, double progress) const {
        if (!mostStays() && step % (goesOn() ? 6 : 3) == 2)
            return {16, {1, 40, 64, step % 4 < 2 ? 32 : 0}};
        if (goesOn())
            return {4, {.frames = kKeyframes, .plain = step % 6 == 0, .turning = true}, step % 3 == 0 ? Times::Upper : Times::Even};
        if (mostStays() && step % 3 == 0) // no crops, as for pictures
            return {8, {.frames = kKeyframes, .height = 24, .width = 40, .plain = true}, Times::Upper};
        if (mostStays()) // whole clips mostly, for on too few of them temporal layers even out what changes its size
            return {4, {kKeyframes}, step % 3 == 1 ? Times::Upper : Times::Even};
        StepShape clips = clipShape(progress, kKeyframes, 0.5, 0.8);
        if (clips.shape.height < 40)
            clips.times = Times::Late;
        return clips;
    }

    int samples(std::int64_t step, double progress) const override { return part(step, progress).batch; }

    Sample draw(std::int64_t step, double progress, const Examples& examples, at::Generator&) override {
        const auto [batch, shape, times] = part(step, progress);
        const bool clip = shape.frames > 1, still = clip && goesOn();
        const auto [clips, firstFrame] = drawKeyframes(seed() + 1, examples.first, examples.count, shape);
        return {.clean = clips.video, .text = encode(clips.captions), .firstFrame = firstFrame,
                .flickerWeight = still ? stillWeight(clips.video, kNear, kStillWeight) : Tensor(), .times = times, .detail = shape.detail(),
                .movement = clip ? kMovement : 0, .flicker = still ? kFlicker : 0, .levelled = clip && times == Times::Even};
    }

    Obedience m_object{Obedience::Word::Object}, m_motion{Obedience::Word::Motion};
};

} // namespace

std::unique_ptr<DiffusionTask> makeImagesTask(DiffusionParts parts) { return std::make_unique<ImagesTask>(std::move(parts)); }
std::unique_ptr<DiffusionTask> makeKeyframesTask(DiffusionParts parts) { return std::make_unique<KeyframesTask>(std::move(parts)); }

} // namespace s1::train
