#include "cli.h"

#include "command.h"
#include "exit_code.h"
#include "utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <ostream>

namespace s1::cli {

namespace {

struct Row {
    const char* name;
    AddCommand add;
};

constexpr Row kCommands[] = {
    {"generate", addGenerate}, {"motion", addMotion},     {"stylize", addStylize},
    {"export", addExport},     {"slice", addSlice},       {"inspect", addInspect},
    {"models", addModels},     {"forecast", addForecast}, {"evaluate", addEvaluate},
#ifdef S1_CLI_TENSOR
    {"check", addCheck},       {"bench", addBench},
#endif
    {"toyland", addToyland},   {"run", addRun},           {"doctor", addDoctor},
};

// Verbs of contract.md 2 that this version does not have: better a plain word than "unknown".
constexpr const char* kLater[] = {"check", "bench"};

bool isVerb(const std::string& name) {
    return std::any_of(std::begin(kCommands), std::end(kCommands), [&](const Row& row) { return row.name == name; });
}

Error unknownVerb(const std::string& name) {
    const bool later = std::find(std::begin(kLater), std::end(kLater), name) != std::end(kLater);
    return {later ? ErrorCode::Unsupported : ErrorCode::InvalidArgument,
            fmt::format("{} is {}; see `show1-cli --help`", name, later ? "not in this version" : "no verb"), name};
}

void addCommonOptions(CLI::App& app, CommonOptions& options) {
    app.add_flag("--json", options.json, "JSON lines on stdout");
    app.add_flag("--no-progress", options.noProgress, "no progress bar");
    app.add_option("--device", options.device, "auto, cpu, cuda or cuda:N");
    app.add_option("--dtype", options.dtype, "auto, f32, bf16 or f16")
        ->check(CLI::IsMember({"auto", "f32", "bf16", "f16"}));
    app.add_option("--threads", options.threads, "CPU threads; 0: all cores")->check(CLI::Range(0, 4096));
    app.add_option("--checkpoint", options.checkpoint, "seconds of work that a killed run may lose")->check(CLI::NonNegativeNumber);
    app.add_option("--max-ram", options.maxRam, "GiB of memory")->check(CLI::NonNegativeNumber);
    app.add_option("--max-vram", options.maxVram, "GiB of GPU memory")->check(CLI::NonNegativeNumber);
    app.add_flag("--deterministic", options.deterministic, "same bits every time; on a CPU always so");
    app.add_option("--log-level", options.logLevel, "error, warning, info or debug")
        ->check(CLI::IsMember({"error", "warning", "info", "debug"}));
    app.add_option("--profile", options.profile, "folder for timings");
}

// Common options are recognised after the verb as well as before it.
void letOptionsFallThrough(CLI::App& app) {
    for (CLI::App* sub : app.get_subcommands({})) {
        sub->fallthrough();
        sub->footer("Options of every verb: see `show1-cli --help`.");
        letOptionsFallThrough(*sub);
    }
}

int finish(Session& session, const Error& error) {
    session.reporter().endProgress();
    session.reporter().error(error);
    return static_cast<int>(exitCodeFor(error.code));
}

Result<void> checkArguments(const std::vector<std::string>& args) {
    for (const std::string& arg : args)
        if (const auto bad = firstInvalidUtf8(arg))
            return Error{ErrorCode::Corrupt,
                         fmt::format("an argument is not UTF-8 at byte {}; retype it or set a UTF-8 locale", *bad), ""};
    return {};
}

// CLI11's words for a mistake, with what to do.
Error usageError(const CLI::App& app, const CLI::ParseError& error) {
    std::string verb;
    for (const CLI::App* sub = &app; !sub->get_subcommands().empty();) {
        sub = sub->get_subcommands().front();
        verb += sub->get_name() + " ";
    }
    return {ErrorCode::InvalidArgument, fmt::format("{}; see `show1-cli {}--help`", error.what(), verb), ""};
}

int run(std::vector<std::string> args, Session& session, Streams& streams) {
    // Known before parsing, so that a mistake in the command line is told in JSON, too.
    session.reporter().useJson(std::find(args.begin(), args.end(), "--json") != args.end());
    if (auto good = checkArguments(args); !good)
        return finish(session, good.error());

    CLI::App app("Show-1 Studio: a prompt becomes a short clip, in four stages", "show1-cli");
    app.set_version_flag("--version", "show1-cli " S1_VERSION);
    app.require_subcommand(1);
    addCommonOptions(app, session.options());
    Action action;
    for (const Row& row : kCommands)
        row.add(app, action);
    letOptionsFallThrough(app);

    if (!args.empty() && !args[0].starts_with('-') && !isVerb(args[0]))
        return finish(session, unknownVerb(args[0]));
    try {
        std::reverse(args.begin(), args.end()); // CLI11 takes them from the back
        app.parse(args);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) { // --help, --version
            app.exit(error, streams.out, streams.err);
            return 0;
        }
        return finish(session, usageError(app, error));
    }
    if (auto good = session.applyOptions(); !good)
        return finish(session, good.error());
    if (auto done = action(session); !done)
        return finish(session, done.error());
    return 0;
}

} // namespace

int runCli(std::vector<std::string> args, Streams streams, EngineFactory factory, std::stop_token stop) {
    Session session(streams, std::move(factory), std::move(stop));
    try {
        return run(std::move(args), session, streams);
    } catch (const std::bad_alloc&) {
        return finish(session, {ErrorCode::OutOfMemory, "out of memory; close other programs or ask for less", ""});
    } catch (const std::exception& error) {
        return finish(session, {ErrorCode::Internal, fmt::format("{}; please report this", error.what()), ""});
    }
}

} // namespace s1::cli
