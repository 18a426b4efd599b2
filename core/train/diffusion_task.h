#pragma once

#include "nn/vae.h"
#include "train/denoising.h"
#include "train/obedience.h"
#include "train/recorded_losses.h"
#include "train/task.h"
#include "train/toyland_data.h"
#include "train/toyland_files.h"

#include <algorithm>

namespace s1::train {

constexpr int kClipFrames = 29, kKeyStride = 4, kKeyframes = 8; // these are every fourth of a clip's frames

// Clips of key frames. A picture that stands for itself is one of its clip's, another one for every example; firstFrame [B] says
// which, and is undefined for clips.
struct KeyframeBatch {
    ClipBatch clips;
    at::Tensor firstFrame;
};
KeyframeBatch drawKeyframes(std::uint64_t seed, std::int64_t firstIndex, int count, const ClipShape& shape);

// What stands still must come out the same in every frame: grain of a frame's own is seen sooner than as much of it that stays.
constexpr double kFlicker = 2;

// The network to train and what it is trained with.
struct DiffusionParts {
    std::uint64_t seed;
    ToylandNetwork kind;
    nn::UNetConfig config;
    diffusion::SchedulerConfig scheduler;
    std::shared_ptr<text::TextEncoder> encoder;
    std::vector<std::string> only; // these as in TrainOptions
    bool wholeRange = false;
    at::Device device = at::kCPU;
    int batchTimes = 1;
};

// The samples of a step that one shard shows.
struct Examples {
    std::int64_t first;
    int count;
};
constexpr int kMostSamples = 64; // of any recipe's step, so that no two steps draw the same

// Training of a denoising network: a step adds noise to what draw() shows and compares the answer. Stages differ in draw().
class DiffusionTask : public TrainingTask {
public:
    explicit DiffusionTask(DiffusionParts parts);

    // The part itself from --init, and for key frames the image network trained into the same folder.
    Result<void> startFrom(const TrainOptions& options);

    NamedParameters parameters() const override;
    bool isSlow(const std::string& name) const override;
    double slowRate() const override { return m_goesOn ? std::min(0.5, 0.1 * m_parts.batchTimes) : 0.5; } // a large batch spoils less
    int batch(std::int64_t step, double progress) const override { return m_parts.batchTimes * samples(step, progress); }
    StepLoss prepare(std::int64_t step, double progress, const Shard& shard) override;
    Result<void> write(const std::filesystem::path& root, const weights::TensorMap& averaged, const std::string& recipe) override;

protected:
    virtual int samples(std::int64_t step, double progress) const = 0; // of a step by the recipe
    virtual Sample draw(std::int64_t step, double progress, const Examples& examples, at::Generator& generator) = 0;

    at::Tensor encode(const std::vector<std::string>& captions) const { return encodeCaptions(*m_parts.encoder, captions); }
    std::string words(const Obedience& object, const Obedience& motion) const; // what both are worth, for the log
    std::uint64_t seed() const { return m_parts.seed; }
    const nn::UNetConfig& config() const { return m_parts.config; }
    bool fromBefore() const { return m_fromBefore; } // some layers are not new
    bool goesOn() const { return m_goesOn; }         // none is: the part itself was in --init
    bool mostStays() const { return !m_parts.only.empty(); }
    bool wholeRange() const { return m_parts.wholeRange; }

private:
    double worth(const Obedience& word) const;

    DiffusionParts m_parts;
    diffusion::NoiseSchedule m_schedule;
    std::shared_ptr<nn::UNet> m_network;
    std::unique_ptr<RecordedLosses> m_onGpu; // where the network is
    bool m_fromBefore = false, m_goesOn = false;
};

struct StepShape {
    int batch;
    ClipShape shape;
    Times times = Times::Even;
};

// A run begins with small clips (three levels down they must still divide), for they cost little and how a thing moves
// shows at 16 rows: the run's shares up to which clips of 16 and of 24 rows are shown.
StepShape clipShape(double progress, int frames, double small, double middle);

std::unique_ptr<DiffusionTask> makeImagesTask(DiffusionParts parts);
std::unique_ptr<DiffusionTask> makeKeyframesTask(DiffusionParts parts);
std::unique_ptr<DiffusionTask> makeInterpolationTask(DiffusionParts parts);
std::unique_ptr<DiffusionTask> makeSuperresTask(DiffusionParts parts);
std::unique_ptr<DiffusionTask> makeTranslationTask(DiffusionParts parts, std::shared_ptr<nn::Vae> vae);
std::unique_ptr<DiffusionTask> makeLatentKeyframesTask(DiffusionParts parts, std::shared_ptr<nn::Vae> vae);

// Denoising stages: images, keyframes, interpolation, superres, translation, latent-keyframes. Each starts from the network before it,
// as the paper's stages do: temporal layers join an image model whose spatial layers then move slowly.
Result<std::unique_ptr<TrainingTask>> makeDiffusionTask(const TrainOptions& options, ToylandNetwork network, at::Device device);

} // namespace s1::train
