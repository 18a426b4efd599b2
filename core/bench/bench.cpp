#include "bench/bench.h"

#include "base/clock.h"
#include "base/process_memory.h"
#include "cascade/denoise.h"
#include "cascade/model_set.h"
#include "cascade/windows.h"
#include "diffusion/random.h"
#include "nn/work.h"
#include "weights/guard.h"
#include "weights/load.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <chrono>

#include <malloc.h>

namespace s1::bench {

using at::Tensor;
using cascade::Part;

namespace {

constexpr double kGiB = 1u << 30;

double seconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return secondsSince(start);
}

double weightsGiB(const torch::nn::Module& network) {
    double bytes = 0;
    for (const auto& [name, tensor] : weights::stateDict(network))
        bytes += static_cast<double>(std::min<std::size_t>(tensor.storage().nbytes(), tensor.nbytes()));
    return bytes / kGiB;
}

StageId stageOf(Part part) {
    switch (part) {
    case Part::Base: return StageId::Keyframes;
    case Part::Interpolation: return StageId::Interpolation;
    case Part::FirstFrame:
    case Part::Superres: return StageId::Superres;
    case Part::Translation: break;
    }
    return StageId::Translation;
}

class Run {
public:
    Run(cascade::ModelSet& models, const Settings& settings, const std::function<void(const Figure&)>& onFigure, const std::stop_token& stop)
        : m_models(models), m_plan(makePlan(settings.preset, models.kind())), m_settings(settings), m_onFigure(onFigure), m_stop(stop) {}

    Result<void> run() {
        for (const Part part : {Part::Base, Part::Translation})
            if (m_models.has(part) && wanted(part, " text"))
                S1_CHECK(text(part));
        for (const Part part : cascade::kParts)
            if (m_models.has(part) && wanted(part, ""))
                S1_CHECK(step(part));
        if (m_models.has(Part::Translation) && wanted(Part::Translation, " vae"))
            S1_CHECK(vae());
        if (!m_found)
            return Error{ErrorCode::NotFound, fmt::format("{} has no part \"{}\"; leave --only out to see their names", m_models.root().string(), m_settings.only), "--only"};
        return {};
    }

private:
    std::string name(Part part, const char* what) const { return std::string(cascade::toString(part)) + what; }
    bool wanted(Part part, const char* what) const { return m_settings.only.empty() || m_settings.only == name(part, what); }

    // Peak, load time and the fastest of the repeats around load and work.
    template <typename Load, typename Work>
    Result<void> measure(Figure figure, const Load& load, const Work& work) {
        malloc_trim(0); // what the part before has left
        restartPeak();
        Result<void> status;
        figure.loadSeconds = seconds([&] { status = load(figure); });
        S1_CHECK(status);
        for (int i = 0; i < std::max(1, m_settings.repeats); ++i) {
            if (m_stop.stop_requested())
                return Error{ErrorCode::Cancelled, "cancelled", ""};
            const std::int64_t before = nn::workDone;
            const double took = seconds([&] { status = work(); });
            S1_CHECK(status);
            figure.gflop = static_cast<double>(nn::workDone - before) * 1e-9;
            figure.seconds = i == 0 ? took : std::min(figure.seconds, took);
        }
        m_found = true;
        figure.threads = at::get_num_threads();
        figure.peakGiB = static_cast<double>(peakBytes()) / kGiB;
        m_onFigure(figure);
        return {};
    }

    Result<void> text(Part part) {
        std::shared_ptr<text::TextEncoder> encoder;
        return measure({.part = name(part, " text"), .work = "a prompt and \"\""},
                       [&](Figure& figure) -> Result<void> {
                           S1_TRY(encoder, m_models.textEncoder(part));
                           figure.weightsGiB = weightsGiB(encoder->network());
                           return {};
                       },
                       [&]() -> Result<void> {
                           encoder->encodeAll({"a red ball bounces over a blue background", ""});
                           return {};
                       });
    }

    Result<void> step(Part part) {
        const StagePlan& plan = m_plan[stageOf(part)];
        StagePlan size = plan;
        if (part == Part::Interpolation) // one segment between two keyframes
            size.frames = (plan.frames - 1) / std::max(1, m_plan[StageId::Keyframes].frames - 1) + 1;
        if (part == Part::Superres)
            size.frames = std::min(size.frames, static_cast<int>(cascade::kSuperresWindow));
        if (part == Part::FirstFrame)
            size.frames = 1;
        const int scale = part == Part::Translation ? 8 : 1;
        std::shared_ptr<nn::UNet> network;
        std::unique_ptr<diffusion::Sampler> sampler;
        return measure({.part = name(part, ""), .work = fmt::format("one step, {} frames {}x{}, two halves", size.frames, size.width, size.height)},
                       [&](Figure& figure) -> Result<void> {
                           S1_TRY(network, m_models.unet(part, cascade::activationBytes(part, size)));
                           S1_TRY(const auto config, m_models.scheduler(part));
                           S1_TRY(sampler, diffusion::makeSampler(config, 1));
                           figure.weightsGiB = weightsGiB(*network);
                           return {};
                       },
                       [&]() -> Result<void> {
                           c10::InferenceMode inference;
                           const nn::UNetConfig& c = network->config();
                           const std::int64_t own = part == Part::Translation ? c.inChannels : 3, width = c.textWidth();
                           diffusion::NoiseSource noise(1);
                           const auto draw = [&](std::int64_t channels) {
                               return noise.draw({1, channels, size.frames, size.height / scale, size.width / scale});
                           };
                           const cascade::Denoise job{.network = *network, .sampler = *sampler, .text = {noise.draw({1, 77, width}), noise.draw({1, 77, width})},
                                                      .guidance = 7.5, .condition = c.inChannels > own ? draw(c.inChannels - own) : Tensor(),
                                                      .classLabel = stageOf(part) == StageId::Superres ? 250 : -1, .batching = cascade::Batching::InTurn};
                           S1_CHECK(cascade::denoise(job, draw(own), [&](at::IntArrayRef shape) { return noise.draw(shape); }, {.stop = m_stop}));
                           return {};
                       });
    }

    Result<void> vae() {
        const StagePlan& plan = m_plan[StageId::Translation];
        std::shared_ptr<nn::Vae> network;
        return measure({.part = name(Part::Translation, " vae"), .work = fmt::format("one frame {}x{}, there and back", plan.width, plan.height)},
                       [&](Figure& figure) -> Result<void> {
                           S1_TRY(network, m_models.vae());
                           figure.weightsGiB = weightsGiB(*network);
                           return {};
                       },
                       [&]() -> Result<void> {
                           c10::InferenceMode inference;
                           const Tensor frame = diffusion::NoiseSource(1).draw({1, 3, plan.height, plan.width}).contiguous(at::MemoryFormat::ChannelsLast);
                           network->decode(nn::posterior(network->moments(frame)).mean);
                           return {};
                       });
    }

    cascade::ModelSet& m_models;
    CascadePlan m_plan;
    const Settings& m_settings;
    const std::function<void(const Figure&)>& m_onFigure;
    std::stop_token m_stop;
    bool m_found = false;
};

} // namespace

Result<void> run(const Settings& settings, const std::function<void(const Figure&)>& onFigure, const std::stop_token& stop) {
    S1_TRY(const auto memory, weights::weightMemory(settings.dtype, settings.maxRamGiB));
    S1_TRY(auto models, cascade::ModelSet::open(settings.model));
    models.keepLoaded(false);
    models.setMemory(memory);
    if (settings.threads > 0)
        at::set_num_threads(settings.threads);
    return weights::guarded([&] { return Run(models, settings, onFigure, stop).run(); });
}

} // namespace s1::bench
