#include "motion_learning.h"

#include "command.h"
#include "output_path.h"

#include <fmt/format.h>

namespace s1::cli {

void MotionOptions::addTo(CLI::App& app) {
    app.add_option("clip", request.clip, "clip whose motion is learned")->required();
    app.add_option("--start", request.startSeconds, "seconds into the clip")->check(CLI::NonNegativeNumber);
    app.add_option("--end", request.endSeconds, "seconds into the clip; 0: its end")->check(CLI::NonNegativeNumber);
    app.add_option("--steps", request.steps, "training steps")->check(CLI::Range(1, 1000000));
}

Result<void> learnMotion(Session& session, const MotionLearnRequest& request) {
    S1_CHECK(checkExists(request.clip, "clip"));
    S1_CHECK(checkCreatable(request.output));
    if (request.endSeconds > 0 && request.endSeconds <= request.startSeconds)
        return Error{
            ErrorCode::InvalidArgument,
            fmt::format("--end {} is not after --start {}; give a later end", request.endSeconds, request.startSeconds),
            "--end"};
    Reporter& reporter = session.reporter();
    double loss = 0;
    S1_TRY(const Succeeded done, session.run(request, [&](const JobEvent& event) {
        const auto* step = std::get_if<TrainStepDone>(&event);
        if (!step)
            return;
        loss = step->loss;
        reporter.progress("learning", step->step, step->steps, step->secondsLeft);
        reporter.event({{"event", "train_step"},
                        {"step", step->step},
                        {"steps", step->steps},
                        {"loss", step->loss},
                        {"seconds_left", step->secondsLeft}});
    }));
    // The scores are in the engine's recipe of the motion.
    nlohmann::json scores = nlohmann::json::parse(done.recipe, nullptr, false);
    if (!scores.is_object())
        scores = nlohmann::json::object();
    reporter.text(fmt::format("{}\nloss {:.4f}", request.output.string(), loss));
    for (const char* score : {"motion_kept", "look_leaked"})
        if (scores.contains(score))
            reporter.text(fmt::format("{} {}", score, scores[score].dump()));
    reporter.event({{"event", "done"}, {"path", request.output.string()}, {"loss", loss}, {"scores", scores}});
    return {};
}

void addMotion(CLI::App& app, Action& action) {
    CLI::App* verb = app.add_subcommand("motion", "motions learned from clips");
    verb->require_subcommand(1);
    auto options = std::make_shared<MotionOptions>();
    CLI::App* learn = verb->add_subcommand("learn", "learn the motion of a clip");
    options->addTo(*learn);
    learn->add_option("--prompt", options->request.prompt, "says the motion only, not the look");
    learn->add_option("--seed", options->request.seed, "seed of the training");
    learn->add_option("-m,--model", options->request.model, "name or folder; default: the embedded model");
    learn->add_option("-o,--output", options->request.output, "FILE.s1motion")->required();
    learn->callback(
        [options, &action] { action = [options](Session& s) { return learnMotion(s, options->request); }; });
}

} // namespace s1::cli
