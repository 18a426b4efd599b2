#include "train/diffusion_task.h"

#include "cascade/model_set.h"
#include "nn/initialize.h"
#include "train/identity_start.h"

#include <ATen/CPUGeneratorImpl.h>

#include <fmt/ranges.h>

#include <algorithm>

namespace s1::train {

namespace fs = std::filesystem;

using at::Tensor;

namespace {

constexpr std::int64_t kCondition = 3; // after the noisy picture

// A frame's place is few numbers beside a text whose layers are learned already: begun like any other layer, it is not heard.
// Beside layers that stay, what it says begins as nothing.
void startFrameEmbedding(nn::UNet& network, bool silent) {
    torch::NoGradGuard noGrad;
    auto parameters = network.named_parameters();
    Tensor& first = parameters["frame_embedding.linear_1.weight"];
    first.mul_(2);
    first.narrow(1, 0, network.config().blockOutChannels.front()).mul_(5);
    parameters["frame_embedding.linear_2.weight"].mul_(silent ? 0 : 5);
}

} // namespace

DiffusionTask::DiffusionTask(DiffusionParts parts)
    : m_parts(std::move(parts)), m_schedule(m_parts.scheduler), m_network(std::make_shared<nn::UNet>(m_parts.config)) {
    nn::initialize(*m_network, at::make_generator<at::CPUGeneratorImpl>(m_parts.seed));
    if (m_parts.scheduler.prediction == diffusion::Prediction::Sample)
        startFromCondition(*m_network, kCondition);
    if (m_parts.config.frameEmbedding)
        startFrameEmbedding(*m_network, mostStays());
    const auto learns = [&](const std::string& name) {
        return std::ranges::any_of(m_parts.only, [&](const std::string& part) { return name.find(part) != std::string::npos; });
    };
    if (mostStays())
        for (auto& item : m_network->named_parameters())
            item.value().requires_grad_(learns(item.key()));
}

Result<void> DiffusionTask::startFrom(const TrainOptions& options) {
    const auto take = [&](const fs::path& folder) -> Result<bool> {
        S1_TRY(const bool taken, takeOver(*m_network, folder, m_network->config().normGroups));
        m_fromBefore = m_fromBefore || taken;
        return taken;
    };
    if (!options.init.empty()) {
        if (m_parts.kind == ToylandNetwork::Images)
            S1_CHECK(take(unetFolder(options.init, ToylandNetwork::Keyframes)));
        S1_TRY(m_goesOn, take(unetFolder(options.init, m_parts.kind)));
    }
    if (m_parts.kind == ToylandNetwork::Keyframes)
        S1_CHECK(take(unetFolder(options.root, ToylandNetwork::Images)));
    m_network->to(m_parts.device);
    if (!m_parts.device.is_cpu()) {
        std::vector<Tensor> learning;
        for (const auto& [name, parameter] : parameters())
            learning.push_back(parameter);
        m_onGpu = std::make_unique<RecordedLosses>(std::move(learning), m_parts.device, [this](const NoisySample& shown) { return denoisingLoss(*m_network, m_parts.scheduler.prediction, shown); });
    }
    return {};
}

NamedParameters DiffusionTask::parameters() const {
    NamedParameters learning;
    for (const auto& item : m_network->named_parameters())
        if (item.value().requires_grad())
            learning.emplace_back(item.key(), item.value());
    return learning;
}

// Chosen layers are new or go on, and then all of them slowly.
bool DiffusionTask::isSlow(const std::string&) const { return mostStays() && m_goesOn; }

StepLoss DiffusionTask::prepare(std::int64_t step, double progress, const Shard& shard) {
    auto generator = stepGenerator(m_parts.seed, step, shard);
    const int all = batch(step, progress);
    Sample sample = draw(step, progress, {step * kMostSamples * m_parts.batchTimes + shard.begin(all), shard.size(all)}, generator);
    const Tensor times = noiseTimes(m_parts.seed, step, shard, sample.clean.size(0), sample.tMax, generator);
    return [this, shown = pinned(underNoise(m_schedule, std::move(sample), times, generator), m_parts.device)]() -> Cost {
        return m_onGpu ? (*m_onGpu)(shown) : denoisingLoss(*m_network, m_parts.scheduler.prediction, shown);
    };
}

Result<void> DiffusionTask::write(const fs::path& root, const weights::TensorMap& averaged, const std::string& recipe) {
    weights::TensorMap all = averaged;
    for (const auto& item : m_network->named_parameters())
        all.emplace(item.key(), item.value().detach()); // what stayed
    return writeUNet(root, m_parts.kind, all, recipe);
}

double DiffusionTask::worth(const Obedience& word) const {
    const auto there = [&](const Tensor& tensor) { return tensor.to(m_parts.device); };
    return word.measure([&](const Tensor& noisy, const Tensor& t, const std::vector<std::string>& captions) { return m_network->forward(there(noisy), there(t), there(encode(captions))).cpu(); },
                        m_schedule, m_parts.scheduler.prediction);
}

std::string DiffusionTask::words(const Obedience& object, const Obedience& motion) const {
    return fmt::format("object {:+.1f} %, motion {:+.1f} %", 100 * worth(object), 100 * worth(motion));
}

KeyframeBatch drawKeyframes(std::uint64_t seed, std::int64_t firstIndex, int count, const ClipShape& shape) {
    const bool clip = shape.frames > 1;
    auto clips = drawClips(seed, firstIndex, count, shape,
                           [&](std::int64_t example, int frame) { return static_cast<double>(clip ? frame : example % kKeyframes) / (kKeyframes - 1.0); });
    return {std::move(clips), clip ? Tensor() : at::arange(firstIndex, firstIndex + count, at::kLong).remainder(kKeyframes)};
}

StepShape clipShape(double progress, int frames, double small, double middle) {
    if (progress < small)
        return {16, {frames, 16, 24}};
    return progress < middle ? StepShape{8, {frames, 24, 40}} : StepShape{4, {frames, 40, 64}};
}

namespace {

// What another part's training leaves, and this one needs.
Result<void> checkTrained(const fs::path& model, const fs::path& part, std::string_view stage) {
    if (fs::exists(model / part))
        return {};
    return Error{ErrorCode::NotFound, fmt::format("{} has no {} yet; run 'toyland train {} -o {}' first, or give a model folder with --init", model.string(), part.string(), stage, model.string()), "init"};
}

Result<std::unique_ptr<DiffusionTask>> build(DiffusionParts parts, const fs::path& from) {
    switch (parts.kind) {
    case ToylandNetwork::Images: return makeImagesTask(std::move(parts));
    case ToylandNetwork::Keyframes: return makeKeyframesTask(std::move(parts));
    case ToylandNetwork::Interpolation: return makeInterpolationTask(std::move(parts));
    case ToylandNetwork::Superres: return makeSuperresTask(std::move(parts));
    case ToylandNetwork::Translation:
    case ToylandNetwork::LatentKeyframes: break;
    }
    S1_CHECK(checkTrained(from, fs::path("sr2") / "vae", "vae"));
    S1_TRY(auto vae, cascade::loadVae(from / "sr2" / "vae"));
    return parts.kind == ToylandNetwork::Translation ? makeTranslationTask(std::move(parts), std::move(vae)) : makeLatentKeyframesTask(std::move(parts), std::move(vae));
}

} // namespace

Result<std::unique_ptr<TrainingTask>> makeDiffusionTask(const TrainOptions& options, ToylandNetwork network, at::Device device) {
    const fs::path from = options.init.empty() ? options.root : options.init;
    S1_TRY(auto config, nn::UNetConfig::fromJson(unetConfig(network), "unet/config.json"));
    S1_TRY(auto scheduler, diffusion::SchedulerConfig::fromJson(schedulerConfig(network), "scheduler_config.json"));
    S1_CHECK(checkTrained(from, fs::path("base") / "text_encoder", "text"));
    S1_TRY(auto encoder, text::TextEncoder::load(from / "base"));
    S1_TRY(auto task, build({.seed = options.seed, .kind = network, .config = std::move(config), .scheduler = std::move(scheduler),
                             .encoder = std::make_shared<text::TextEncoder>(std::move(encoder)), .only = options.only, .wholeRange = options.wholeRange, .device = device, .batchTimes = options.batchTimes}, from));
    S1_CHECK(task->startFrom(options));
    if (task->parameters().empty())
        return Error{ErrorCode::InvalidArgument, fmt::format("no layer of {} has a name with {}", options.stage, fmt::join(options.only, " or ")), "only"};
    return std::unique_ptr<TrainingTask>(std::move(task));
}

} // namespace s1::train
