#include "contact_sheet.h"
#include "motion_choice.h"
#include "output_path.h"
#include "plan_options.h"
#include "scores.h"
#include "toyland_commands.h"

#include "base/files.h"
#include "base/json.h"
#include "media/clip_writer.h"
#include "toyland/renderer.h"
#include "toyland/scene_json.h"

#include <fmt/format.h>

#include <map>
#include <sstream>

namespace s1::cli {

namespace {

struct EvaluateOptions {
    std::filesystem::path prompts, sheet, scene;
    std::uint64_t seed = 0;
    std::string stopAfter, motion;
    PlanOptions plan;
};

struct Question {
    std::string prompt;
    toyland::Expectation expected;
};

Result<std::vector<Question>> readQuestions(const std::filesystem::path& path) {
    S1_CHECK(checkExists(path, "prompt file"));
    S1_TRY(const std::string text, readFile(path));
    std::vector<Question> questions;
    std::istringstream lines(text);
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos)
            continue;
        const std::string place = fmt::format("{} line {}", path.string(), number);
        S1_TRY(const nlohmann::json json, parseJson(line, place));
        if (!json.is_object() || !json.contains("prompt") || !json["prompt"].is_string())
            return Error{ErrorCode::Corrupt, fmt::format("{} has no \"prompt\"; give it one", place), place};
        auto expected = toyland::expectationFromJson(json.value("expect", nlohmann::json::object()));
        if (!expected)
            return Error{ErrorCode::Corrupt, fmt::format("{}: {}", place, expected.error().message),
                         expected.error().subject};
        questions.push_back({json["prompt"], *expected});
    }
    if (questions.empty())
        return Error{ErrorCode::Corrupt, fmt::format("{} holds no prompt; give a line for each", path.string()),
                     path.string()};
    return questions;
}

// Of all prompts, after one stage.
struct AfterStage {
    Scores scores;
    ContactSheet sheet;
};

// Sheets of earlier stages lie beside that of the last one: sheet.png, sheet-keyframes.png.
std::filesystem::path sheetOf(StageId stage, StageId last, const std::filesystem::path& sheet) {
    return stage == last ? sheet : sheet.parent_path() / fmt::format("{}-{}{}", sheet.stem().string(), toString(stage), sheet.extension().string());
}

// What the same judge says of a drawing of the true scene: how much of a miss is the judge's own.
toyland::Verdict judgeTruth(const Question& question, std::uint64_t seed, const Clip& like) {
    const toyland::Scene scene = toyland::sceneFor(question.expected, seed);
    return toyland::judge(toyland::renderClip(scene, like.width(), like.height(), like.frameCount(), like.fps),
                          question.expected);
}

Result<void> evaluate(Session& session, const EvaluateOptions& options) {
    S1_TRY(const std::vector<Question> questions, readQuestions(options.prompts));
    if (!options.sheet.empty())
        S1_CHECK(checkCreatable(options.sheet));
    GenerateRequest request;
    request.model = options.plan.model;
    request.stopAfter = stageFromString(options.stopAfter);
    S1_TRY(request.plan, options.plan.plan(session));
    S1_TRY(request.motion, readMotionChoice(options.motion));
    std::optional<toyland::Scene> way;
    if (!options.scene.empty()) {
        S1_TRY(way, readScene(options.scene));
        if (!toyland::hasPath(*way))
            return Error{ErrorCode::InvalidArgument, fmt::format("{} has no free path to follow; give its object \"motion\":\"free path\"", options.scene.string()), "--scene"};
    }

    std::map<StageId, AfterStage> after;
    const StageId last = request.stopAfter.value_or(kStages.back());
    Scores truth;
    PathScores path;
    Reporter& reporter = session.reporter();
    for (std::size_t i = 0; i < questions.size(); ++i) {
        request.prompt = questions[i].prompt;
        request.seed = options.seed + i;
        std::map<StageId, ClipPtr> clips;
        S1_TRY(const Succeeded done, session.run(request, [&](const JobEvent& event) {
            if (const auto* finished = std::get_if<StageFinished>(&event))
                clips[finished->stage] = finished->clip;
        }));
        if (!done.clip)
            return Error{ErrorCode::Internal, "the run ended without a clip; please report this", request.prompt};
        clips[last] = done.clip;
        nlohmann::json allRight;
        toyland::Verdict verdict; // at the end that of the last stage
        for (const auto& [stage, clip] : clips) {
            verdict = toyland::judge(*clip, questions[i].expected);
            allRight[std::string(toString(stage))] = verdict.all;
            after[stage].scores.add(verdict);
            if (!options.sheet.empty())
                after[stage].sheet.add(*clip);
        }
        truth.add(judgeTruth(questions[i], request.seed, *done.clip));
        if (way)
            path.add(toyland::matchPath(*way, verdict.tracks));
        reporter.progress("evaluating", static_cast<int>(i) + 1, static_cast<int>(questions.size()), -1);
        nlohmann::json event = toJson(verdict);
        event.erase("tracks");
        event["event"] = "prompt";
        event["prompt"] = request.prompt;
        event["seed"] = request.seed;
        event["all_after"] = allRight;
        reporter.event(event);
    }
    nlohmann::json result = after[last].scores.toJson();
    for (const auto& [stage, found] : after) {
        if (!options.sheet.empty())
            S1_CHECK(writePng(sheetOf(stage, last, options.sheet), found.sheet.picture()));
        result["after"][std::string(toString(stage))] = found.scores.toJson();
        reporter.text(fmt::format("{} prompts, after {}\n{}", found.scores.prompts(), toString(stage), found.scores.table()));
    }
    reporter.text(fmt::format("{}the same judge on drawings of the true scenes\n{}", way ? path.line() + "\n" : "", truth.table()));
    result["judge_on_truth"] = truth.toJson();
    if (way)
        result["path"] = path.toJson();
    reporter.event(result);
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
