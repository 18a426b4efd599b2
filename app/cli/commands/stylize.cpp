#include "command.h"
#include "generation.h"
#include "motion_learning.h"
#include "output_path.h"
#include "plan_options.h"

#include <fmt/format.h>

#include <unistd.h>

namespace s1::cli {

namespace {

struct StylizeOptions {
    MotionOptions motion;
    std::string prompt, motionPrompt;
    double strength = 1.0;
    PlanOptions plan;
    std::filesystem::path output;
};

// Keeps a clip's motion and changes its look: the motion file lives as long as the call.
Result<void> stylize(Session& session, StylizeOptions options) {
    if (options.output.empty())
        options.output = fmt::format("show1-{}.mp4", options.motion.request.seed);
    S1_CHECK(checkExists(options.motion.request.clip, "clip"));
    S1_CHECK(checkCreatable(options.output));
    std::error_code ignored;
    const std::filesystem::path motion =
        std::filesystem::temp_directory_path(ignored) / fmt::format("show1-{}.s1motion", getpid());
    options.motion.request.prompt = options.motionPrompt;
    options.motion.request.model = options.plan.model;
    options.motion.request.output = motion;

    Job job;
    S1_TRY(job.request.plan, options.plan.plan(session));
    Result<void> done = learnMotion(session, options.motion.request);
    if (done) {
        job.request.prompt = options.prompt;
        job.request.seed = options.motion.request.seed;
        job.request.model = options.plan.model;
        job.request.motion = MotionChoice{motion, options.strength};
        job.output = options.output;
        done = generateClips(session, job);
    }
    std::filesystem::remove(motion, ignored);
    return done;
}

} // namespace

void addStylize(CLI::App& app, Action& action) {
    auto options = std::make_shared<StylizeOptions>();
    CLI::App* verb = app.add_subcommand("stylize", "keep a clip's motion, change its look");
    options->motion.addTo(*verb);
    verb->add_option("prompt", options->prompt, "what the new clip shows")->required();
    verb->add_option("--motion-prompt", options->motionPrompt, "says the motion only, not the look");
    verb->add_option("--strength", options->strength, "how much of the motion")->check(CLI::Range(0.0, 1.5));
    verb->add_option("--seed", options->motion.request.seed, "same seed, same clip");
    options->plan.addTo(*verb);
    verb->add_option("-o,--output", options->output, "file to write");
    verb->callback([options, &action] { action = [options](Session& s) { return stylize(s, *options); }; });
}

} // namespace s1::cli
