#include "support/fake_engine.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <tuple>

namespace s1::test {

namespace {

ClipPtr drawBall(int width, int height, int frames, double noise) {
    auto clip = std::make_shared<Clip>();
    clip->fps = 8;
    std::minstd_rand random(static_cast<unsigned>(width + frames));
    for (int t = 0; t < frames; ++t) {
        Frame frame(width, height);
        const double phase = frames > 1 ? static_cast<double>(t) / frames : 0;
        const double radius = height * 0.17;
        const double floor = height * 0.80;
        const double x = width * (0.14 + 0.72 * phase);
        const double y = floor - radius - std::abs(std::sin(phase * 3 * 3.14159265)) * height * 0.46;
        for (int row = 0; row < height; ++row)
            for (int column = 0; column < width; ++column) {
                const double up = static_cast<double>(row) / height;
                double colour[3] = {38 + 30 * up, 74 + 50 * up, 168 + 40 * up};
                if (row > floor)
                    for (double& c : colour)
                        c *= 0.72;
                const double under = std::hypot((column - x) / (radius * 1.2), (row - floor) / (radius * 0.22));
                const double shade = std::clamp(1 - under, 0.0, 1.0);
                for (double& c : colour)
                    c *= 1 - 0.45 * shade;
                const double away = std::hypot(column - x, row - y);
                const double inside = std::clamp(radius - away + 0.5, 0.0, 1.0);
                const double glint = std::hypot(column - x + radius * 0.35, row - y + radius * 0.4);
                const double light = std::clamp(1 - glint / (radius * 1.5), 0.0, 1.0);
                const double ball[3] = {190 + 60 * light, 40 + 110 * light, 34 + 90 * light};
                for (int c = 0; c < 3; ++c) {
                    double value = colour[c] * (1 - inside) + ball[c] * inside;
                    const double grain = static_cast<double>(random() % 256);
                    value = value * (1 - noise) + grain * noise;
                    frame.row(row)[column * 3 + c] = static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0));
                }
            }
        clip->frames.push_back(std::move(frame));
    }
    return clip;
}

} // namespace

ClipPtr movingBall(int width, int height, int frames, double noise) {
    // Drawing a large one takes a tenth of a second, and the same few are asked for again and again.
    static std::mutex mutex;
    static std::map<std::tuple<int, int, int, int>, ClipPtr> drawn;
    const int grain = static_cast<int>(std::lround(noise * 20));
    const std::lock_guard lock(mutex);
    ClipPtr& clip = drawn[{width, height, frames, grain}];
    if (!clip)
        clip = drawBall(width, height, frames, grain / 20.0);
    return clip;
}

std::string sampleRecipe(const std::string& prompt, std::uint64_t seed) {
    CascadePlan plan = makePlan(Preset::Draft, ModelKind::Embedded);
    return nlohmann::json{{"schema", "show1.recipe/1"}, {"prompt", prompt},  {"negative", "grain"}, {"seed", seed},
                          {"model", "toyland"},         {"preset", "draft"}, {"plan", toJson(plan)}}
        .dump();
}

ModelInfo toyland() {
    return {.name = "toyland", .title = "Embedded model", .kind = ModelKind::Embedded, .complete = true};
}

ModelInfo publishedSet(int parts) {
    constexpr std::uint64_t kMegabyte = 1'000'000;
    ModelInfo model{.name = "show-1", .title = "Show-1", .kind = ModelKind::Published, .registered = parts > 0};
    model.parts = {{"show-1-base", "CC BY-NC 4.0", "/models/show-1-base", 14'950 * kMegabyte, {}},
                   {"show-1-interpolation", "CC BY-NC 4.0", "/models/show-1-interpolation", 3'454 * kMegabyte, {}},
                   {"IF-II-L-v1.0", "DeepFloyd IF research licence", "/models/IF-II-L-v1.0", 2'490 * kMegabyte, {}},
                   {"show-1-sr1", "CC BY-NC 4.0", "/models/show-1-sr1", 1'593 * kMegabyte, {}},
                   {"show-1-sr2", "CC BY-NC 4.0", "/models/show-1-sr2", 3'838 * kMegabyte, {}}};
    for (std::size_t i = static_cast<std::size_t>(parts); i < model.parts.size(); ++i) {
        ModelPartInfo& part = model.parts[i];
        model.missing.push_back(part.name);
        part.folder.clear();
        part.bytes = 0;
    }
    model.complete = model.missing.empty();
    return model;
}

FakeEngine::FakeEngine(EventSink sink, FakeScript script)
    : m_sink(std::move(sink)),
      m_script(std::move(script)),
      m_models(m_script.models),
      m_heavyThread([this](std::stop_token quit) { work(quit, m_heavy); }),
      m_filesThread([this](std::stop_token quit) { work(quit, m_files); }),
      m_libraryThread([this](std::stop_token quit) { work(quit, m_library); }) {}

FakeEngine::~FakeEngine() {
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [id, job] : m_jobs)
            job->stop.request_stop();
    }
    m_heavyThread.request_stop();
    m_filesThread.request_stop();
    m_libraryThread.request_stop();
    m_wake.notify_all();
    m_heavyThread.join();
    m_filesThread.join();
    m_libraryThread.join();
}

JobId FakeEngine::submit(JobRequest request) {
    const std::lock_guard lock(m_mutex);
    auto job = std::make_shared<Job>();
    job->id = ++m_lastId;
    job->request = request;
    m_requests.push_back(std::move(request));
    m_jobs[job->id] = job;
    const bool heavy = std::holds_alternative<GenerateRequest>(job->request) ||
                       std::holds_alternative<MotionLearnRequest>(job->request);
    const bool library = std::holds_alternative<ListModelsRequest>(job->request) ||
                         std::holds_alternative<AddModelRequest>(job->request) ||
                         std::holds_alternative<VerifyModelRequest>(job->request) ||
                         std::holds_alternative<RemoveModelRequest>(job->request);
    (heavy ? m_heavy : library ? m_library : m_files).push_back(job);
    m_wake.notify_all();
    return job->id;
}

void FakeEngine::cancel(JobId id) {
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_jobs.find(id); found != m_jobs.end())
        found->second->stop.request_stop();
    m_wake.notify_all();
}

void FakeEngine::work(std::stop_token quit, Queue& queue) {
    while (!quit.stop_requested()) {
        std::shared_ptr<Job> job;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, quit, [&] { return !queue.empty(); }))
                return;
            job = queue.front();
            queue.pop_front();
        }
        run(*job);
        const std::lock_guard lock(m_mutex);
        m_jobs.erase(job->id);
    }
}

void FakeEngine::run(Job& job) {
    emitEvent(job, JobStarted{});
    JobEvent last = Cancelled{};
    if (!job.stop.stop_requested()) {
        if (const auto* request = std::get_if<GenerateRequest>(&job.request))
            last = generate(job, *request);
        else if (const auto* request = std::get_if<MotionLearnRequest>(&job.request))
            last = learn(job, *request);
        else if (const auto* request = std::get_if<OpenRequest>(&job.request))
            last = open(*request);
        else if (const auto* request = std::get_if<DescribePromptRequest>(&job.request))
            last = describe(*request);
        else if (const auto* request = std::get_if<ExportRequest>(&job.request))
            last = m_script.exportError ? JobEvent(Failed{*m_script.exportError})
                                        : JobEvent(Succeeded{.path = request->path});
        else
            last = library(job);
    }
    emitEvent(job, last);
}

void FakeEngine::hold(Job& job) {
    m_holding = true;
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, job.stop.get_token(), [] { return false; });
    m_holding = false;
}

bool FakeEngine::runStage(Job& job, const GenerateRequest& request, StageId stage) {
    const StagePlan& plan = request.plan[stage];
    emitEvent(job, StageStarted{stage, plan.steps});
    const double secondsPerStep = std::chrono::duration<double>(m_script.stepTime).count();
    for (int step = 1; step <= plan.steps; ++step) {
        std::this_thread::sleep_for(m_script.stepTime);
        if (job.stop.stop_requested())
            return false;
        const double noise = 0.4 * (1 - static_cast<double>(step) / plan.steps);
        const StepDone done{stage, step, plan.steps, secondsPerStep + 0.42, (plan.steps - step) * 0.42};
        emitEvent(job, done);
        const auto preview =
            step % m_script.previewEvery == 0 ? movingBall(plan.width, plan.height, plan.frames, noise) : nullptr;
        if (preview)
            emitEvent(job, PreviewReady{stage, preview});
        for (int i = 0; i < m_script.floodPerStep; ++i) {
            emitEvent(job, done);
            if (preview)
                emitEvent(job, PreviewReady{stage, preview});
        }
        if (m_script.failIn == stage && step * 2 >= plan.steps)
            return false;
        if (m_script.holdIn == stage && step == std::min(m_script.holdStep, plan.steps))
            hold(job);
    }
    emitEvent(job, StageFinished{stage, movingBall(plan.width, plan.height, plan.frames), plan.steps * 0.42, false});
    return true;
}

JobEvent FakeEngine::generate(Job& job, const GenerateRequest& request) {
    ClipPtr last;
    for (const StageId stage : kStages) {
        const StagePlan& plan = request.plan[stage];
        last = movingBall(plan.width, plan.height, plan.frames);
        if (request.rerunFrom && stage < *request.rerunFrom) {
            emitEvent(job, StageFinished{stage, last, 0, true});
            continue;
        }
        if (!runStage(job, request, stage))
            return job.stop.stop_requested() ? JobEvent(Cancelled{}) : JobEvent(Failed{m_script.error});
        if (request.stopAfter == stage)
            break;
    }
    m_hasGenerated = true;
    return Succeeded{.clip = last, .recipe = sampleRecipe(request.prompt, request.seed)};
}

JobEvent FakeEngine::learn(Job& job, const MotionLearnRequest& request) {
    emitEvent(job, MotionFramesSampled{movingBall(256, 160, 8)});
    std::minstd_rand random(7);
    for (int step = 1; step <= request.steps; ++step) {
        std::this_thread::sleep_for(m_script.stepTime);
        if (job.stop.stop_requested())
            return Cancelled{};
        const double grain = static_cast<double>(random() % 1000) / 1000;
        emitEvent(job, TrainStepDone{step, request.steps, 0.04 + 0.22 * std::exp(-step / 45.0) + 0.05 * grain,
                                     (request.steps - step) * 0.6});
        if (m_script.holdLessonAt == step)
            hold(job);
    }
    return Succeeded{.path = request.output};
}

JobEvent FakeEngine::open(const OpenRequest& request) const {
    const std::string name = request.path.filename().string();
    if (name.find("missing") != std::string::npos || name.empty())
        return Failed{{ErrorCode::NotFound, "\"" + name + "\" does not exist", name}};
    const bool plain = name.find("plain") != std::string::npos;
    return Succeeded{.clip = movingBall(576, 320, 29), .recipe = plain ? std::string() : m_script.recipe};
}

JobEvent FakeEngine::describe(const DescribePromptRequest& request) const {
    static const std::map<std::string, std::string> strange = {
        {"tiger", "triangle"}, {"kangaroo", "circle"}, {"zebra", "square"}, {"über", "over"}};
    PromptDescribed described;
    for (std::size_t begin = 0; begin < request.prompt.size();) {
        const std::size_t start = request.prompt.find_first_not_of(" \n", begin);
        if (start == std::string::npos)
            break;
        begin = std::min(request.prompt.find_first_of(" \n", start), request.prompt.size());
        ++described.tokens;
        const auto found = strange.find(request.prompt.substr(start, begin - start));
        if (found != strange.end())
            described.unknown.push_back({start, begin, found->second});
    }
    ++described.tokens; // the end token
    described.colorOpen = request.prompt == "a ball";
    return Succeeded{.described = described};
}

std::set<std::thread::id> FakeEngine::listedFrom() const {
    const std::lock_guard lock(m_mutex);
    return m_listedFrom;
}

JobEvent FakeEngine::library(Job& job) {
    noteListing();
    std::this_thread::sleep_for(m_script.listTime);
    if (std::holds_alternative<VerifyModelRequest>(job.request))
        return verify(job);
    Succeeded done;
    if (std::holds_alternative<ListModelsRequest>(job.request)) {
        if (m_script.listError)
            return Failed{*m_script.listError};
    } else if (const auto* request = std::get_if<RemoveModelRequest>(&job.request)) {
        for (ModelInfo& model : m_models)
            if (model.name == request->name)
                model = publishedSet(0);
    } else {
        if (m_script.addError)
            return Failed{*m_script.addError};
        if (!m_script.added.empty())
            m_models = m_script.added;
        done.model = "show-1";
    }
    done.models = m_models;
    return done;
}

JobEvent FakeEngine::verify(Job& job) {
    emitEvent(job, VerifyProgress{"show-1-base/unet/diffusion_pytorch_model.bin", 4'000'000'000, 26'000'000'000});
    if (m_script.holdVerify)
        hold(job);
    return job.stop.stop_requested() ? JobEvent(Cancelled{}) : JobEvent(Succeeded{.faults = m_script.faults});
}

void FakeEngine::noteListing() const {
    const std::lock_guard lock(m_mutex);
    m_listedFrom.insert(std::this_thread::get_id());
}

std::vector<ModelInfo> FakeEngine::models() const {
    noteListing();
    std::vector<ModelInfo> known;
    for (const ModelInfo& model : m_script.models)
        if (model.registered || model.name == "toyland")
            known.push_back(model);
    return known;
}

Forecast FakeEngine::forecast(ModelKind kind, const CascadePlan& plan) const {
    double steps = 0;
    for (const StagePlan& stage : plan.stages)
        steps += stage.stepsThatRun();
    return kind == ModelKind::Embedded ? Forecast{steps * (m_hasGenerated ? 0.5 : 0.75), 1.1, 8} : Forecast{steps * 390, 12, 90};
}

std::vector<ExportFormatInfo> FakeEngine::exportFormats() const {
    return {{"mp4-h264", "MP4, H.264", "mp4", false, true},
            {"mkv-ffv1", "Matroska, FFV1", "mkv", true, true},
            {"webm-vp9", "WebM, VP9", "webm", false, false},
            {"gif", "GIF", "gif", false, true},
            {"png-sequence", "PNG sequence", "", true, true}};
}

std::vector<JobRequest> FakeEngine::requests() const {
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

} // namespace s1::test
