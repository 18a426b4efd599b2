#include "command.h"
#include "generation.h"
#include "motion_choice.h"
#include "output_path.h"
#include "plan_options.h"

#include "base/files.h"

#include <fmt/format.h>

#include <charconv>
#include <random>

namespace s1::cli {

namespace {

struct GenerateOptions {
    std::string prompt, negative, seed, from, stopAfter, motion;
    PlanOptions plan;
    std::filesystem::path input, saveStages, dump, output, saveJob;
    GenerationTargets targets;
};

// Nothing and -1 mean: any. It is recorded in the clip, so the clip can be made again.
Result<std::uint64_t> readSeed(const std::string& text) {
    if (text.empty() || text == "-1")
        return std::uint64_t{std::random_device()()};
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (error != std::errc() || end != text.data() + text.size())
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("--seed {} is no seed; give a whole number from 0 to 18446744073709551615, or -1 for "
                                 "any",
                                 text),
                     "--seed"};
    return seed;
}

Result<Job> makeJob(Session& session, const GenerateOptions& options) {
    Job job;
    job.output = options.output;
    GenerateRequest& request = job.request;
    request.prompt = options.prompt;
    request.negative = options.negative;
    request.model = options.plan.model;
    request.dumpFile = options.dump;
    request.saveStagesFolder = options.saveStages;
    request.input = options.input;
    S1_TRY(request.seed, readSeed(options.seed));
    S1_TRY(request.motion, readMotionChoice(options.motion));
    S1_TRY(request.plan, options.plan.plan(session));
    request.stopAfter = stageFromString(options.stopAfter);
    // With a clip, its stage's place is taken; without one, stored results from that stage on are made anew.
    (options.input.empty() ? request.rerunFrom : request.startFrom) = stageFromString(options.from);
    return job;
}

Result<void> generate(Session& session, const GenerateOptions& options) {
    S1_TRY(const Job job, makeJob(session, options));
    if (!options.saveJob.empty()) {
        S1_CHECK(checkPaths(job.request));
        S1_CHECK(writeFileAtomically(options.saveJob, toJson(job).dump(2) + "\n"));
        session.reporter().event({{"event", "job_saved"}, {"path", options.saveJob.string()}});
        if (options.output.empty()) { // for later
            session.reporter().text(options.saveJob.string());
            return {};
        }
    }
    return generateClips(session, job, options.targets);
}

} // namespace

void addGenerate(CLI::App& app, Action& action) {
    auto options = std::make_shared<GenerateOptions>();
    CLI::App* verb = app.add_subcommand("generate", "make a clip from a prompt");
    verb->add_option("prompt", options->prompt, "what the clip shows")->required();
    verb->add_option("-n,--negative", options->negative, "what the last stage avoids");
    verb->add_option("--seed", options->seed, "same seed, same clip; -1 or nothing: any");
    options->plan.addTo(*verb);
    CLI::Option* input =
        verb->add_option("--input", options->input, "clip that takes the place of the stages before --from");
    CLI::Option* from = verb->add_option("--from", options->from, "start at this stage with --input; else make it anew")
                            ->check(CLI::IsMember(stageNames()));
    input->needs(from);
    verb->add_option("--stop-after", options->stopAfter, "last stage to run")->check(CLI::IsMember(stageNames()));
    verb->add_option("--motion", options->motion, "FILE.s1motion, or FILE.s1motion:strength");
    verb->add_option("--save-stages", options->saveStages, "folder for every stage's result");
    verb->add_option("--preview-dir", options->targets.previewFolder, "folder for the newest estimate of each stage");
    verb->add_option("--dump", options->dump, "safetensors file with the stages' tensors");
    verb->add_option("-o,--output", options->output, "file to write; its ending chooses the format");
    verb->add_option("--count", options->targets.count, "clips, of consecutive seeds")->check(CLI::Range(1, 100000));
    verb->add_option("--save-job", options->saveJob, "write the job as JSON; without -o it is not run");
    verb->callback([options, &action] { action = [options](Session& s) { return generate(s, *options); }; });
}

} // namespace s1::cli
