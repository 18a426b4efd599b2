#include "contact_sheet.h"
#include "likeness_table.h"
#include "motion_choice.h"
#include "output_path.h"
#include "plan_options.h"
#include "scores.h"
#include "toyland_commands.h"

#include "media/clip_writer.h"
#include "media/resize.h"
#include "slice/clip_numbers.h"
#include "toyland/questions.h"
#include "toyland/renderer.h"

#include <fmt/format.h>

#include <map>

namespace s1::cli {

namespace {

struct EvaluateOptions {
    std::filesystem::path prompts, sheet, scene;
    std::uint64_t seed = 0;
    std::string stopAfter, motion;
    PlanOptions plan;
};

// A drawing of what was asked for, as large and long as another clip.
Clip drawnTruth(const toyland::Question& question, std::uint64_t seed, const Clip& like) {
    const toyland::Scene scene = toyland::sceneFor(question.expected, seed);
    return toyland::renderClip(scene, like.width(), like.height(), like.frameCount(), like.fps);
}

using StageClips = std::map<StageId, ClipPtr>;

// The clips of every stage of all prompts, judged, and how smoothly they change.
class Evaluation {
public:
    Evaluation(std::optional<toyland::Scene> way, bool sheets) : m_way(std::move(way)), m_sheets(sheets) {}

    // The event for this prompt: the verdict on the last stage's clip, and after which stages all was right.
    nlohmann::json add(const toyland::Question& question, std::uint64_t seed, const StageClips& clips) {
        nlohmann::json allRight;
        toyland::Verdict verdict; // at the end that of the last stage
        for (const auto& [stage, clip] : clips) {
            verdict = toyland::judge(*clip, question.expected);
            allRight[std::string(toString(stage))] = verdict.all;
            m_after[stage].scores.add(verdict);
            m_change.add(std::string(toString(stage)), measureClip(*clip));
            if (m_sheets)
                m_after[stage].sheet.add(*clip);
        }
        addTruth(drawnTruth(question, seed, *clips.rbegin()->second), question);
        addPlain(clips);
        if (m_way)
            m_path.add(toyland::matchPath(*m_way, verdict.tracks));
        nlohmann::json event = promptEvent(question.prompt, verdict);
        event.update({{"seed", seed}, {"all_after", allRight}});
        return event;
    }

    void report(Reporter& reporter) const {
        nlohmann::json result = m_after.rbegin()->second.scores.toJson();
        for (const auto& [stage, found] : m_after) {
            result["after"][std::string(toString(stage))] = found.scores.toJson();
            reporter.text(fmt::format("{} prompts, after {}\n{}", found.scores.prompts(), toString(stage), found.scores.table()));
        }
        reporter.text(fmt::format("{}the same judge on drawings of the true scenes\n{}", m_way ? m_path.line() + "\n" : "", m_truth.table()));
        m_change.report(reporter);
        result["judge_on_truth"] = m_truth.toJson();
        if (m_way)
            result["path"] = m_path.toJson();
        reporter.event(result);
    }

    // Of the last stage at path, of those before beside it: sheet.png, sheet-keyframes.png.
    Result<void> writeSheets(const std::filesystem::path& path) const {
        const StageId last = m_after.rbegin()->first;
        for (const auto& [stage, found] : m_after) {
            const auto beside = path.parent_path() / fmt::format("{}-{}{}", path.stem().string(), toString(stage), path.extension().string());
            S1_CHECK(writePng(stage == last ? path : beside, found.sheet.picture()));
        }
        return {};
    }

private:
    // What the same judge says of a drawing: how much of a miss is the judge's own.
    void addTruth(const Clip& drawn, const toyland::Question& question) {
        m_truth.add(toyland::judge(drawn, question.expected));
        m_change.add("drawn", measureClip(drawn));
    }

    // What later stages leave beside what enlarging each frame for itself would.
    void addPlain(const StageClips& clips) {
        const Clip& last = *clips.rbegin()->second;
        const auto small = clips.find(StageId::Interpolation);
        if (small != clips.end() && small->second->width() < last.width())
            m_change.add("interpolation, bicubic", measureClip(resizeBicubic(*small->second, last.width(), last.height())));
    }

    struct AfterStage {
        Scores scores;
        ContactSheet sheet;
    };

    std::optional<toyland::Scene> m_way;
    bool m_sheets;
    std::map<StageId, AfterStage> m_after;
    Scores m_truth;
    LikenessTable m_change; // from frame to frame
    PathScores m_path;
};

Result<StageClips> clipsOf(Session& session, const GenerateRequest& request) {
    StageClips clips;
    S1_CHECK(session.run(request, [&](const JobEvent& event) {
        if (const auto* finished = std::get_if<StageFinished>(&event))
            clips[finished->stage] = finished->clip;
    }));
    if (clips.empty())
        return Error{ErrorCode::Internal, "the run ended without a clip; please report this", request.prompt};
    return clips;
}

Result<std::optional<toyland::Scene>> readWay(const std::filesystem::path& file) {
    if (file.empty())
        return std::optional<toyland::Scene>();
    S1_TRY(toyland::Scene scene, readScene(file));
    if (!toyland::hasPath(scene))
        return Error{ErrorCode::InvalidArgument, fmt::format("{} has no free path to follow; give its object \"motion\":\"free path\"", file.string()), "--scene"};
    return std::optional(std::move(scene));
}

Result<void> evaluate(Session& session, const EvaluateOptions& options) {
    S1_CHECK(checkExists(options.prompts, "prompt file"));
    S1_TRY(const auto questions, toyland::readQuestions(options.prompts));
    if (!options.sheet.empty())
        S1_CHECK(checkCreatable(options.sheet));
    GenerateRequest request;
    request.model = options.plan.model;
    request.stopAfter = stageFromString(options.stopAfter);
    S1_TRY(request.plan, options.plan.plan(session));
    S1_TRY(request.motion, readMotionChoice(options.motion));
    S1_TRY(auto way, readWay(options.scene));

    Evaluation evaluation(std::move(way), !options.sheet.empty());
    for (std::size_t i = 0; i < questions.size(); ++i) {
        request.prompt = questions[i].prompt;
        request.seed = options.seed + i;
        S1_TRY(const StageClips clips, clipsOf(session, request));
        session.reporter().event(evaluation.add(questions[i], request.seed, clips));
        session.reporter().progress("evaluating", static_cast<int>(i) + 1, static_cast<int>(questions.size()), -1);
    }
    if (!options.sheet.empty())
        S1_CHECK(evaluation.writeSheets(options.sheet));
    evaluation.report(session.reporter());
    return {};
}

} // namespace

void addToylandEvaluate(CLI::App& toyland, Action& action) {
    auto options = std::make_shared<EvaluateOptions>();
    CLI::App* verb = toyland.add_subcommand("evaluate", "how often a model shows what prompts ask for");
    verb->add_option("prompts", options->prompts, "JSON lines {\"prompt\",\"expect\"}")->required();
    verb->add_option("--seed", options->seed, "seed of the first prompt; the next ones count up");
    verb->add_option("--stop-after", options->stopAfter, "last stage to run")->check(CLI::IsMember(stageNames()));
    verb->add_option("--sheet", options->sheet, "PNG to look at: one row a prompt, eight frames; those of earlier stages lie beside it");
    verb->add_option("--motion", options->motion, "FILE.s1motion, or FILE.s1motion:strength, for every prompt");
    verb->add_option("--scene", options->scene, "JSON (toyland.scene/1) with a free path: how well it is followed");
    options->plan.addTo(*verb);
    verb->callback([options, &action] { action = [options](Session& s) { return evaluate(s, *options); }; });
}

} // namespace s1::cli
