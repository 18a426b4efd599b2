#include "command.h"
#include "generation.h"
#include "output_path.h"

namespace s1::cli {

namespace {

struct RunOptions {
    std::filesystem::path job, output;
};

Result<void> run(Session& session, const RunOptions& options) {
    S1_CHECK(checkExists(options.job, "job"));
    S1_TRY(Job job, readJob(options.job));
    if (!options.output.empty())
        job.output = options.output;
    return generateClips(session, std::move(job));
}

} // namespace

void addRun(CLI::App& app, Action& action) {
    auto options = std::make_shared<RunOptions>();
    CLI::App* verb = app.add_subcommand("run", "run a saved job");
    verb->add_option("job", options->job, "JSON as generate --save-job writes it")->required();
    verb->add_option("-o,--output", options->output, "file to write instead of the job's");
    verb->callback([options, &action] { action = [options](Session& s) { return run(s, *options); }; });
}

} // namespace s1::cli
