#include "command.h"
#include "plan_options.h"

#include "bench/bench.h"
#include "engine/device.h"

#include <fmt/format.h>

namespace s1::cli {

namespace {

struct BenchOptions {
    std::string model, only, preset = "paper";
    int repeats = 1;
};

Result<void> bench(Session& session, const BenchOptions& options) {
    S1_CHECK(checkDevice(session.options().device));
    const auto preset = presetFromString(options.preset);
    if (!preset)
        return Error{ErrorCode::InvalidArgument, fmt::format("there is no preset {}; use draft, standard, paper or script", options.preset), "--preset"};
    S1_TRY(const auto folder, modelFolder(options.model));
    Reporter& out = session.reporter();
    out.text(fmt::format("{:<22} {:>8} {:>9} {:>9} {:>9} {:>8} {:>8}  {}", "part", "load s", "step s", "GFLOP", "GFLOP/s", "weights", "peak GiB", "work"));
    const CommonOptions& common = session.options();
    const bench::Settings settings{folder, *preset, common.dtype, common.maxRam, common.threads, options.repeats, options.only};
    return bench::run(settings, [&](const bench::Figure& f) {
        out.text(fmt::format("{:<22} {:>8.2f} {:>9.2f} {:>9.1f} {:>9.1f} {:>8.2f} {:>8.2f}  {}, {} threads", f.part, f.loadSeconds, f.seconds, f.gflop,
                             f.gflop / f.seconds, f.weightsGiB, f.peakGiB, f.work, f.threads));
        out.event({{"event", "bench"}, {"part", f.part}, {"work", f.work}, {"load_seconds", f.loadSeconds}, {"seconds", f.seconds}, {"gflop", f.gflop},
                   {"gflops", f.gflop / f.seconds}, {"weights_gib", f.weightsGiB}, {"peak_gib", f.peakGiB}, {"threads", f.threads}});
    }, session.stopToken());
}

} // namespace

void addBench(CLI::App& app, Action& action) {
    auto options = std::make_shared<BenchOptions>();
    CLI::App* verb = app.add_subcommand("bench", "seconds, GFLOP/s and memory of one step of each network on this machine");
    verb->add_option("-m,--model", options->model, "a registered name or a folder; default: the embedded model");
    verb->add_option("--preset", options->preset, "whose sizes: draft, standard, paper or script")->capture_default_str();
    verb->add_option("--only", options->only, "one part, as the table names it");
    verb->add_option("--repeats", options->repeats, "of each step; the fastest counts")->check(CLI::Range(1, 100))->capture_default_str();
    verb->callback([options, &action] { action = [options](Session& s) { return bench(s, *options); }; });
}

} // namespace s1::cli
