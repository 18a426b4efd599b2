#include "cascade/cascade.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/stop.h"
#include "cascade/pictures.h"
#include "media/resize.h"
#include "nn/device.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <utility>

namespace s1::cascade {

namespace {

// How far a stage has come: a window of it, the state within, and for super-resolution what stands already.
struct Progress {
    int window = 0;
    StepState state;
    Tensor result, first;
};

weights::TensorMap toTensors(const Progress& progress, const StepState& state) {
    weights::TensorMap map{{"window", at::scalar_tensor(progress.window, at::kLong)}, {"done", at::scalar_tensor(state.done, at::kLong)},
                           {"sample", state.sample}};
    for (const auto& [name, tensor] : {std::pair{"memory", state.memory}, {"result", progress.result}, {"first", progress.first}})
        if (tensor.defined())
            map[name] = tensor;
    return map;
}

Progress readProgress(const std::optional<weights::TensorMap>& map) {
    if (!map || !map->contains("window") || !map->contains("done") || !map->contains("sample"))
        return {};
    const auto tensor = [&](const char* name) { return map->contains(name) ? map->at(name) : Tensor{}; };
    return {.window = static_cast<int>(tensor("window").item<std::int64_t>()),
            .state = {static_cast<int>(tensor("done").item<std::int64_t>()), tensor("sample"), tensor("memory")},
            .result = tensor("result"), .first = tensor("first")};
}

StagePlan withFrames(StagePlan plan, int frames) {
    plan.frames = frames;
    return plan;
}

class Run {
public:
    Run(ModelSet& models, const CascadeJob& job, StageStore* store, const CascadeHooks& hooks)
        : m_models(models), m_job(job), m_store(store), m_hooks(hooks) {}

    Result<CascadeResult> run() {
        S1_CHECK(encodeText());
        Tensor video = m_job.input;
        for (const StageId stage : kStages) {
            if (m_job.startFrom && stage < *m_job.startFrom)
                continue;
            S1_TRY(video, stageResult(stage, video));
            m_result[std::string(toString(stage))] = video;
            if (m_job.stopAfter == stage)
                break;
        }
        return std::move(m_result);
    }

private:
    const StagePlan& plan(StageId stage) const { return m_job.plan[stage]; }
    // What a stage's plan says of every one of its steps.
    Denoise denoiseAs(const StagePlan& p, const nn::UNet& network, diffusion::Sampler& sampler, const TextPair& text) const {
        return {.network = network, .sampler = sampler, .text = text, .guidance = p.guidance, .guidanceFrom = p.guidanceFrom, .batching = batching()};
    }
    Batching batching() const { return m_models.kind() == ModelKind::Embedded ? Batching::SideBySide : Batching::InTurn; }
    std::uint64_t seed(StageId stage) const { return plan(stage).seed.value_or(m_job.seed); }
    NoiseDraw noiseOf(StageId stage) const { return sharedByFrames(noiseFrom(seed(stage)), plan(stage).sharedNoise); }

    Result<void> encodeText() {
        const Part part = m_models.has(Part::Base) ? Part::Base : Part::Translation;
        S1_TRY(const auto encoder, m_models.textEncoder(part));
        const at::Tensor both = encoder->encodeAll({m_job.prompt, ""}); // weights on disk are read once so
        m_text = {both.narrow(0, 0, 1), both.narrow(0, 1, 1)};
        m_result["text.pos"] = m_text.positive;
        m_result["text.neg"] = m_text.negative;
        return {};
    }

    // Everything up to this stage, so that a changed setting re-runs later stages only.
    std::string key(StageId stage) const {
        nlohmann::json all = {{"version", 1}, {"fingerprint", m_job.fingerprint}, {"prompt", m_job.prompt}, {"seed", m_job.seed}};
        if (m_job.startFrom)
            all["start"] = toString(*m_job.startFrom);
        const nlohmann::json stages = toJson(m_job.plan).at("stages");
        for (const StageId earlier : kStages)
            if (earlier <= stage && !(m_job.startFrom && earlier < *m_job.startFrom))
                all["stages"][std::string(toString(earlier))] = stages.at(std::string(toString(earlier)));
        if (stage == StageId::Translation)
            all["negative"] = m_job.negative;
        return sha256(all.dump());
    }

    Result<Tensor> stageResult(StageId stage, const Tensor& before) {
        const bool rerun = m_job.rerunFrom && stage >= *m_job.rerunFrom;
        m_key = key(stage);
        if (m_store && !rerun)
            if (const auto stored = m_store->find(m_key)) {
                report(stage, *stored, true);
                return *stored;
            }
        m_step = 0;
        m_progress = m_store && !rerun ? readProgress(m_store->findPart(m_key)) : Progress{};
        S1_TRY(const Tensor video, compute(stage, before));
        if (m_store)
            m_store->keep(m_key, video);
        report(stage, video, false);
        return video;
    }

    void report(StageId stage, const Tensor& video, bool stored) const {
        if (m_hooks.onResult)
            m_hooks.onResult(stage, video, stored);
    }

    void begin(StageId stage, int steps) const {
        if (m_hooks.onStage)
            m_hooks.onStage(stage, steps);
    }

    // Counts steps over the windows of a stage and keeps the state now and then; whole makes a preview of all frames of
    // one window's estimate. Numbers of windows rise by one from the first, whichever it is.
    StepHooks steps(StageId stage, int window, std::function<Tensor(const Tensor&)> whole) {
        StepHooks hooks{.stop = m_hooks.stop};
        if (m_progress.window == window && m_progress.state.done > 0) {
            hooks.resume = std::exchange(m_progress.state, {});
            m_step += hooks.resume->done;
        }
        hooks.onStep = [this, stage, window, whole = std::move(whole)](const StepReport& step) {
            ++m_step;
            if (m_store && secondsSince(m_lastKept) >= m_job.secondsBetweenParts) {
                m_progress.window = window;
                m_store->keepPart(m_key, toTensors(m_progress, step.state));
                m_lastKept = std::chrono::steady_clock::now();
            }
            if (m_hooks.onStep)
                m_hooks.onStep(stage, m_step, [&] { return whole(step.clean); });
        };
        return hooks;
    }

    Result<std::unique_ptr<diffusion::Sampler>> sampler(Part part, StageId stage, int steps) const {
        const nlohmann::json& overrides = plan(stage).scheduler;
        if (overrides.empty()) {
            S1_TRY(const auto config, m_models.scheduler(part));
            return diffusion::makeSampler(config, steps);
        }
        S1_TRY(nlohmann::json json, m_models.schedulerJson(part));
        json.update(overrides);
        S1_TRY(const auto config, diffusion::SchedulerConfig::fromJson(json, "plan scheduler overrides"));
        return diffusion::makeSampler(config, steps);
    }

    Result<Tensor> compute(StageId stage, const Tensor& before) {
        switch (stage) {
        case StageId::Keyframes: return runKeyframes();
        case StageId::Interpolation: return runInterpolation(before);
        case StageId::Superres: return runSuperres(before);
        case StageId::Translation: return runTranslation(before);
        }
        return Error{ErrorCode::Internal, "unknown stage", ""};
    }

    Result<Tensor> runKeyframes() {
        const auto& p = plan(StageId::Keyframes);
        S1_TRY(const auto network, networkWithMotion(m_models, m_job.motion, activationBytes(Part::Base, p)));
        S1_TRY(const auto solver, sampler(Part::Base, StageId::Keyframes, p.steps));
        begin(StageId::Keyframes, static_cast<int>(solver->timesteps().size()));
        return keyframes(denoiseAs(p, *network, *solver, m_text),
                         {1, 3, p.frames, p.height, p.width}, noiseOf(StageId::Keyframes), {},
                         steps(StageId::Keyframes, 0, [](const Tensor& clean) { return clean; }));
    }

    // All windows in one batch.
    Result<Tensor> runInterpolation(const Tensor& keys) {
        const auto& p = plan(StageId::Interpolation);
        const auto windows = keys.size(2) - 1;
        if (windows < 1)
            return keys;
        if ((p.frames - 1) % windows != 0)
            return Error{ErrorCode::InvalidArgument,
                         fmt::format("{} frames cannot lie evenly between {} keyframes; use {} or another multiple plus one", p.frames,
                                     keys.size(2), 4 * windows + 1),
                         "interpolation.frames"};
        const auto window = withFrames(p, static_cast<int>((p.frames - 1) / windows) + 1);
        S1_TRY(const auto network, m_models.unet(Part::Interpolation, activationBytes(Part::Interpolation, window)));
        S1_TRY(const auto solver, sampler(Part::Interpolation, StageId::Interpolation, p.steps));
        begin(StageId::Interpolation, static_cast<int>(solver->timesteps().size()));
        const Tensor frames = keys.squeeze(0).transpose(0, 1);
        const Tensor noise = noiseOf(StageId::Interpolation)({1, 3, (p.frames - 1) / windows + 1, keys.size(3), keys.size(4)});
        S1_TRY(const Tensor result,
               interpolate(denoiseAs(p, *network, *solver, m_text), frames.narrow(0, 0, windows),
                           frames.narrow(0, 1, windows), noise.expand({windows, -1, -1, -1, -1}).contiguous(),
                           steps(StageId::Interpolation, 0, stitchWindows)));
        return stitchWindows(result);
    }

    Result<Tensor> runSuperres(const Tensor& video) {
        const auto& p = plan(StageId::Superres);
        const auto total = video.size(2), length = std::min(kSuperresWindow, total);
        S1_TRY(const auto noisingConfig, m_models.scheduler(Part::Superres, "image_noising_scheduler"));
        const diffusion::NoiseSchedule noising(noisingConfig);
        const auto windows = length == total ? 1 : (total - 2) / (length - 1) + 1;
        const bool ownFirst = p.firstSteps > 0 && m_models.has(Part::FirstFrame);
        begin(StageId::Superres, static_cast<int>(windows) * p.steps + (ownFirst ? p.firstSteps : 0));
        Tensor& result = m_progress.result;
        Tensor& first = m_progress.first;
        if (!result.defined()) // a rough picture of what is to come
            result = nn::fromFrames(at::upsample_bilinear2d(nn::toFrames(video), {p.height, p.width}, true), 1).clone();
        if (ownFirst && m_progress.window > 0)
            m_step += p.firstSteps;
        if (ownFirst && m_progress.window <= 0) {
            S1_TRY(const auto network, m_models.unet(Part::FirstFrame, activationBytes(Part::FirstFrame, withFrames(p, 1))));
            S1_TRY(const auto solver, sampler(Part::FirstFrame, StageId::Superres, p.firstSteps));
            Denoise one = denoiseAs(p, *network, *solver, m_text);
            one.guidance = p.firstGuidance;
            one.classLabel = p.firstNoiseLevel;
            S1_TRY(first, upscaleFirstFrame(one, noising, video.select(2, 0), p.height, p.width, noiseOf(StageId::Superres),
                                            steps(StageId::Superres, 0, [&](const Tensor&) { return result; })));
            first = first.unsqueeze(2);
        }
        if (ownFirst)
            m_result["superres.first"] = first;
        S1_TRY(const auto network, m_models.unet(Part::Superres, activationBytes(Part::Superres, withFrames(p, static_cast<int>(length)))));
        for (std::int64_t w = 0; w < windows; ++w) {
            const int number = static_cast<int>(w) + 1; // 0 is the first frame's own network
            const auto start = std::min(w * (length - 1), total - length);
            if (number < m_progress.window) {
                m_step += p.steps;
                continue;
            }
            const Tensor condition = w > 0 ? result.narrow(2, start, 1).clone() : first;
            S1_TRY(const auto solver, sampler(Part::Superres, StageId::Superres, p.steps));
            const auto whole = [&](const Tensor& clean) {
                Tensor all = result.clone();
                all.narrow(2, start, length).copy_(clean);
                return all;
            };
            Denoise next = denoiseAs(p, *network, *solver, m_text);
            next.classLabel = p.noiseLevel;
            S1_TRY(const Tensor window, upscaleWindow(next, noising, video.narrow(2, start, length), condition, p.height, p.width,
                                                      noiseOf(StageId::Superres), steps(StageId::Superres, number, whole)));
            // A window makes the frame it was given again, and it comes out sharpened twice. Published it takes the old one's
            // place all the same (show1.md 7.10); the embedded model's clips keep the old one, for they jumped there.
            const std::int64_t kept = w > 0 && m_models.kind() == ModelKind::Embedded ? 1 : 0;
            result.narrow(2, start + kept, length - kept).copy_(window.narrow(2, kept, length - kept));
        }
        return result;
    }

    Result<TextPair> translationText() { // its encoder goes before the network comes
        S1_TRY(const auto encoder, m_models.textEncoder(Part::Translation));
        return TextPair{encoder->encode(m_job.prompt), encoder->encode(m_job.negative)};
    }

    Result<Tensor> runTranslation(const Tensor& video) {
        const auto& p = plan(StageId::Translation);
        S1_TRY(const TextPair text, translationText());
        S1_TRY(const auto network, m_models.unet(Part::Translation, activationBytes(Part::Translation, p)));
        S1_TRY(const auto vae, m_models.vae());
        S1_TRY(const auto solver, sampler(Part::Translation, StageId::Translation, p.steps));
        solver->startAt(startOf(solver->timesteps().size(), p.strength));
        begin(StageId::Translation, static_cast<int>(solver->timesteps().size() - solver->start()));
        const Clip large = resizeBicubic(toClip(video, m_job.plan.fps), p.width, p.height);
        const Tensor input = fromClip(large);
        // A latent is not a picture: a linear map to colours, fitted to nothing but this clip's own input, shows it.
        std::optional<Tensor> colours;
        const auto preview = [&](const Tensor& clean) { return latentPreview(clean, input, *vae, colours); };
        return translate(denoiseAs(p, *network, *solver, text), *vae, input,
                         noiseOf(StageId::Translation), steps(StageId::Translation, 0, preview));
    }

    // Least squares from the latents of the first frame to its colours at latent size; then applied to all frames.
    static Tensor latentPreview(const Tensor& clean, const Tensor& input, const nn::Vae& vae, std::optional<Tensor>& colours) {
        const Tensor latents = nn::toFrames(clean).permute({0, 2, 3, 1}); // [F, h, w, C]
        const auto withOne = [](const Tensor& t) { return at::cat({t, at::ones({t.size(0), 1})}, 1); };
        if (!colours) {
            const Tensor frame = nn::toFrames(input.narrow(2, 0, 1));
            const Tensor encoded = vae.config().scalingFactor * nn::posterior(vae.moments(frame.to(nn::deviceOf(vae))).cpu()).mean;
            const Tensor small = at::adaptive_avg_pool2d(frame, {encoded.size(2), encoded.size(3)});
            const auto rows = [](const Tensor& t) { return t.permute({0, 2, 3, 1}).reshape({-1, t.size(1)}); };
            const Tensor x = withOne(rows(encoded));
            const Tensor ridge = 1e-3 * at::eye(x.size(1));
            colours = at::linalg_solve(at::matmul(x.t(), x) + ridge, at::matmul(x.t(), rows(small)));
        }
        const Tensor pixels = at::matmul(withOne(latents.reshape({-1, latents.size(3)})), *colours);
        return pixels.view({latents.size(0), latents.size(1), latents.size(2), 3}).permute({3, 0, 1, 2}).unsqueeze(0);
    }

    ModelSet& m_models;
    const CascadeJob& m_job;
    StageStore* m_store;
    const CascadeHooks& m_hooks;
    TextPair m_text;
    CascadeResult m_result;
    int m_step = 0;
    std::string m_key;   // of the running stage, as the next one
    Progress m_progress;
    std::chrono::steady_clock::time_point m_lastKept = std::chrono::steady_clock::now();
};

} // namespace

Result<CascadeResult> runCascade(ModelSet& models, const CascadeJob& job, StageStore* store, const CascadeHooks& hooks) {
    c10::InferenceMode inference;
    const StopScope stopScope(hooks.stop); // also while networks load
    return Run(models, job, store, hooks).run();
}

} // namespace s1::cascade
