#include "engine/generate_job.h"

#include "base/clock.h"
#include "base/files.h"
#include "cascade/cascade.h"
#include "cascade/pictures.h"
#include "engine/model_registry.h"
#include "engine/stage_cache.h"
#include "media/clip_reader.h"
#include "media/clip_writer.h"
#include "media/resize.h"
#include "train/motion_tuning.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <ctime>

namespace s1 {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr double kPreviewPause = 0.4; // seconds between previews

ClipPtr shared(const at::Tensor& video, double fps) { return std::make_shared<const Clip>(cascade::toClip(video, fps)); }

std::string now() { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))); }

// Turns the cascade's hooks into events, with times.
class Reporter {
public:
    Reporter(const GenerateRequest& request, const JobContext& context, ModelKind kind)
        : m_request(request), m_context(context), m_kind(kind) {}

    cascade::CascadeHooks hooks() {
        cascade::CascadeHooks hooks;
        hooks.stop = m_context.stop;
        hooks.onStage = [this](StageId stage, int steps) {
            m_steps = steps;
            m_context.emit(StageStarted{stage, steps});
        };
        hooks.onStep = [this](StageId stage, int step, const std::function<at::Tensor()>& preview) {
            const double each = secondsSince(m_stageStart) / step;
            m_context.emit(StepDone{stage, step, m_steps, each, each * (m_steps - step)});
            if (secondsSince(m_lastPreview) > kPreviewPause && step < m_steps) {
                m_context.emit(PreviewReady{stage, shared(preview(), fpsOf(stage))});
                m_lastPreview = Clock::now();
            }
        };
        hooks.onResult = [this](StageId stage, const at::Tensor& video, bool stored) {
            const double seconds = secondsSince(m_stageStart);
            last = shared(video, fpsOf(stage));
            if (stored)
                m_context.emit(StageStarted{stage, 0});
            else
                m_context.timings.record(m_kind, stage, m_request.plan[stage], m_steps, seconds);
            stages.push_back({{"stage", toString(stage)}, {"seconds", std::round(seconds * 100) / 100}, {"from_cache", stored}});
            m_context.emit(StageFinished{stage, last, seconds, stored});
            m_stageStart = Clock::now();
        };
        return hooks;
    }

    ClipPtr last;
    nlohmann::json stages = nlohmann::json::array();

private:
    // Keyframes stand for every fourth frame.
    double fpsOf(StageId stage) const { return stage == StageId::Keyframes ? m_request.plan.fps / 4 : m_request.plan.fps; }

    const GenerateRequest& m_request;
    const JobContext& m_context;
    ModelKind m_kind;
    int m_steps = 0;
    Clock::time_point m_stageStart = Clock::now(), m_lastPreview = Clock::now() - std::chrono::seconds(1);
};

std::string recipe(const GenerateRequest& request, const nlohmann::json& stages) {
    nlohmann::json json = {{"schema", "show1.recipe/1"}, {"app", "Show-1 Studio " S1_VERSION}, {"created", now()},
                           {"prompt", request.prompt},   {"negative", request.negative}, {"seed", request.seed},
                           {"model", request.model.empty() ? "toyland" : request.model}, {"plan", toJson(request.plan)}, {"stages", stages}};
    if (request.motion)
        json["motion"] = {{"file", request.motion->file.string()}, {"strength", request.motion->strength}};
    return json.dump();
}

Result<cascade::MotionWeights> readMotion(const MotionChoice& choice, std::string& fingerprint) {
    S1_TRY(const std::string bytes, readFile(choice.file));
    fingerprint += fmt::format(" motion {} {}", sha256(bytes), choice.strength);
    S1_TRY(auto motion, cascade::readMotion(choice.file));
    motion.strength = choice.strength;
    return motion;
}

Error invalid(std::string message, std::string subject) { return {ErrorCode::InvalidArgument, std::move(message), std::move(subject)}; }

Result<at::Tensor> readInput(const GenerateRequest& request, std::string& fingerprint) {
    const StagePlan& before = request.plan[static_cast<StageId>(static_cast<int>(*request.startFrom) - 1)];
    S1_TRY(const Clip clip, readClip(request.input, {.maxFrames = before.frames}));
    if (clip.frameCount() < 2)
        return invalid(fmt::format("{} has {} frame; a clip of at least 2 is needed", request.input.string(), clip.frameCount()), "input");
    const at::Tensor video = cascade::fromClip(resizeBicubic(clip, before.width, before.height));
    S1_TRY(const std::string bytes, readFile(request.input));
    fingerprint += " input " + sha256(bytes);
    return video;
}

Result<void> saveStages(const fs::path& folder, const cascade::CascadeResult& result, double fps) {
    std::error_code ec;
    fs::create_directories(folder, ec);
    for (const auto& [name, tensor] : result)
        if (!name.starts_with("text."))
            S1_CHECK(writeClip(folder / (name + ".mp4"), cascade::toClip(tensor, name == "keyframes" ? fps / 4 : fps)));
    return {};
}

} // namespace

Result<void> runGenerate(const GenerateRequest& request, const JobContext& context) {
    if (request.startFrom && (request.input.empty() || *request.startFrom == StageId::Keyframes))
        return invalid("--from needs --input and a stage after keyframes", "from");
    S1_TRY(cascade::ModelSet* const models, context.models(request.model));
    cascade::CascadeJob job{.prompt = request.prompt, .negative = request.negative, .seed = request.seed, .plan = request.plan,
                            .stopAfter = request.stopAfter, .rerunFrom = request.rerunFrom, .startFrom = request.startFrom};
    job.fingerprint = fingerprint(models->root()) + context.rounding;
    job.secondsBetweenParts = context.checkpointSeconds;
    if (request.motion) {
        S1_TRY(job.motion, readMotion(*request.motion, job.fingerprint));
    }
    if (request.startFrom) {
        S1_TRY(job.input, readInput(request, job.fingerprint));
    }
    StageCache cache(context.cacheFolder / "stages");
    Reporter reporter(request, context, models->kind());
    S1_TRY(const auto result, cascade::runCascade(*models, job, &cache, reporter.hooks()));
    if (!request.dumpFile.empty())
        S1_CHECK(weights::writeSafetensors(request.dumpFile, result));
    if (!request.saveStagesFolder.empty())
        S1_CHECK(saveStages(request.saveStagesFolder, result, request.plan.fps));
    context.emit(Succeeded{.clip = reporter.last, .recipe = recipe(request, reporter.stages)});
    return {};
}

Result<void> runMotionLearn(const MotionLearnRequest& request, const JobContext& context) {
    if (request.steps < 1 || request.steps > 10000)
        return invalid(fmt::format("{} steps cannot be taken; choose 1 to 10000", request.steps), "steps");
    S1_TRY(cascade::ModelSet* const models, context.models(request.model));
    S1_TRY(const Clip clip, readClip(request.clip, {.startSeconds = request.startSeconds, .endSeconds = request.endSeconds, .maxFrames = 600}));
    const StagePlan plan = makePlan(Preset::Standard, models->kind())[StageId::Keyframes];
    if (clip.frameCount() < plan.frames)
        return invalid(fmt::format("{} has {} frames in this range; {} are needed", request.clip.string(), clip.frameCount(), plan.frames), "clip");
    const at::Tensor video = train::motionInput(cascade::fromClip(clip), plan.frames, plan.height, plan.width);
    context.emit(MotionFramesSampled{shared(video, clip.fps)});
    const auto start = Clock::now();
    double lastLoss = 0;
    const auto report = [&](const train::MotionStep& step) {
        lastLoss = step.loss;
        context.emit(TrainStepDone{step.step, request.steps, step.loss, secondsSince(start) / step.step * (request.steps - step.step)});
    };
    S1_TRY(const auto tuned, train::learnMotion(*models, video, {request.prompt, request.steps, request.seed}, report, context.stop));
    S1_TRY(const auto base, models->unet(cascade::Part::Base));
    std::error_code ec;
    if (request.output.has_parent_path())
        fs::create_directories(request.output.parent_path(), ec);
    S1_CHECK(weights::writeSafetensors(request.output, tuned,
                                       {{"format", "show1.motion/1"}, {"prompt", request.prompt}, {"steps", std::to_string(request.steps)},
                                        {"seed", std::to_string(request.seed)}, {"loss", fmt::format("{:.6f}", lastLoss)},
                                        {"model", request.model.empty() ? "toyland" : request.model}, {"base", cascade::motionBase(*base, tuned)},
                                        {"source", request.clip.filename().string()}, {"created", now()}}));
    context.emit(Succeeded{.path = request.output});
    return {};
}

} // namespace s1
