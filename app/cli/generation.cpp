#include "generation.h"

#include "output_path.h"

#include <fmt/format.h>

namespace s1::cli {

namespace fs = std::filesystem;

namespace {

// Tells a run's events to people and programs, and saves previews.
class RunReport {
public:
    RunReport(Session& session, fs::path previewFolder)
        : m_session(session), m_reporter(session.reporter()), m_previewFolder(std::move(previewFolder)) {}

    void operator()(const JobEvent& event) {
        std::visit([this](const auto& e) { tell(e); }, event);
    }

private:
    void tell(const StageStarted& e) {
        m_reporter.event({{"event", "stage"}, {"stage", toString(e.stage)}, {"steps", e.steps}});
    }
    void tell(const StepDone& e) {
        m_reporter.event({{"event", "step"},
                          {"stage", toString(e.stage)},
                          {"step", e.step},
                          {"steps", e.steps},
                          {"seconds_per_step", e.secondsPerStep},
                          {"seconds_left", e.stageSecondsLeft}});
        m_reporter.progress(toString(e.stage), e.step, e.steps, e.stageSecondsLeft);
    }
    void tell(const PreviewReady& e) {
        if (m_previewFolder.empty() || !e.clip)
            return;
        const fs::path path = m_previewFolder / fmt::format("{}.mp4", toString(e.stage)); // the newest replaces
        if (m_session.run(ExportRequest{.clip = e.clip, .path = path}))
            m_reporter.event({{"event", "preview"}, {"stage", toString(e.stage)}, {"path", path.string()}});
    }
    void tell(const StageFinished& e) {
        m_reporter.endProgress();
        m_reporter.event({{"event", "stage_done"},
                          {"stage", toString(e.stage)},
                          {"seconds", e.seconds},
                          {"from_cache", e.fromCache}});
    }
    template <typename Other>
    void tell(const Other&) {}

    Session& m_session;
    Reporter& m_reporter;
    fs::path m_previewFolder;
};

fs::path outputFor(const fs::path& asked, std::uint64_t seed, int count) {
    if (asked.empty())
        return fmt::format("show1-{}.mp4", seed);
    if (count == 1)
        return asked;
    return asked.parent_path() / fmt::format("{}-{}{}", asked.stem().string(), seed, asked.extension().string());
}

Result<void> generateOne(Session& session, const GenerateRequest& request, const ExportFormatInfo& format,
                         const fs::path& output, const fs::path& previewFolder) {
    session.reporter().event({{"event", "started"}, {"seed", request.seed}, {"path", output.string()}});
    S1_TRY(Succeeded done, session.run(request, RunReport(session, previewFolder)));
    if (!done.clip)
        return Error{ErrorCode::Internal, "the run ended without a clip; please report this", ""};
    const ClipPtr clip = done.clip;
    S1_CHECK(session.run(ExportRequest{clip, done.recipe, format.id, output}));
    session.reporter().text(output.string());
    session.reporter().event({{"event", "done"},
                              {"path", output.string()},
                              {"seed", request.seed},
                              {"width", clip->width()},
                              {"height", clip->height()},
                              {"frames", clip->frameCount()},
                              {"fps", clip->fps}});
    return {};
}

} // namespace

Result<void> checkPaths(const GenerateRequest& request) {
    if (request.motion)
        S1_CHECK(checkExists(request.motion->file, "motion"));
    if (!request.input.empty())
        S1_CHECK(checkExists(request.input, "clip"));
    if (!request.dumpFile.empty())
        S1_CHECK(checkCreatable(request.dumpFile));
    if (!request.saveStagesFolder.empty())
        S1_CHECK(createFolder(request.saveStagesFolder));
    return {};
}

Result<void> generateClips(Session& session, Job job, const GenerationTargets& targets) {
    S1_TRY(Engine* const engine, session.engine());
    S1_CHECK(checkPaths(job.request));
    if (!targets.previewFolder.empty())
        S1_CHECK(createFolder(targets.previewFolder));
    const std::uint64_t first = job.request.seed;
    const fs::path sample = outputFor(job.output, first, targets.count);
    S1_TRY(const ExportFormatInfo format, formatFor(engine->exportFormats(), sample));
    S1_CHECK(checkCreatable(sample));
    for (int i = 0; i < targets.count; ++i) {
        job.request.seed = first + static_cast<std::uint64_t>(i);
        S1_CHECK(generateOne(session, job.request, format, outputFor(job.output, job.request.seed, targets.count),
                             targets.previewFolder));
    }
    return {};
}

} // namespace s1::cli
