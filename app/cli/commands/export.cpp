#include "command.h"
#include "output_path.h"

#include <fmt/format.h>

#include <algorithm>

namespace s1::cli {

namespace {

struct ExportOptions {
    std::filesystem::path clip, output;
    std::string format;
    bool listFormats = false;
};

Result<void> listFormats(Session& session) {
    S1_TRY(Engine* const engine, session.engine());
    for (const ExportFormatInfo& format : engine->exportFormats()) {
        session.reporter().text(fmt::format("{:<16} {:<6} {}{}{}", format.id, format.extension, format.title,
                                            format.lossless ? ", lossless" : "",
                                            format.available ? "" : " (no encoder on this machine)"));
        session.reporter().event({{"event", "format"},
                                  {"id", format.id},
                                  {"extension", format.extension},
                                  {"title", format.title},
                                  {"lossless", format.lossless},
                                  {"available", format.available}});
    }
    return {};
}

Result<ExportFormatInfo> chosenFormat(Engine& engine, const ExportOptions& options) {
    if (options.format.empty())
        return formatFor(engine.exportFormats(), options.output);
    for (const ExportFormatInfo& format : engine.exportFormats()) {
        if (format.id != options.format)
            continue;
        if (!format.available)
            return Error{ErrorCode::Unsupported,
                         fmt::format("this machine has no encoder for {}; see --list-formats", format.id), format.id};
        return format;
    }
    return Error{ErrorCode::InvalidArgument,
                 fmt::format("there is no format {}; see `show1-cli export --list-formats`", options.format),
                 options.format};
}

Result<void> exportClip(Session& session, const ExportOptions& options) {
    if (options.listFormats)
        return listFormats(session);
    if (options.clip.empty() || options.output.empty())
        return Error{ErrorCode::InvalidArgument, "export needs a clip and -o FILE; see `show1-cli export --help`", ""};
    S1_CHECK(checkExists(options.clip, "clip"));
    S1_TRY(Engine* const engine, session.engine());
    S1_TRY(const ExportFormatInfo format, chosenFormat(*engine, options));
    S1_CHECK(checkCreatable(options.output));
    S1_TRY(Succeeded opened, session.run(OpenRequest{options.clip}));
    S1_CHECK(session.run(ExportRequest{opened.clip, opened.recipe, format.id, options.output}));
    session.reporter().text(options.output.string());
    session.reporter().event({{"event", "done"}, {"path", options.output.string()}, {"format", format.id}});
    return {};
}

} // namespace

void addExport(CLI::App& app, Action& action) {
    auto options = std::make_shared<ExportOptions>();
    CLI::App* verb = app.add_subcommand("export", "write a clip in another format");
    verb->add_option("clip", options->clip, "clip to read");
    verb->add_option("--format", options->format, "id of a format; default: by the ending of -o");
    verb->add_option("-o,--output", options->output, "file to write");
    verb->add_flag("--list-formats", options->listFormats, "the formats and whether this machine has them");
    verb->callback([options, &action] { action = [options](Session& s) { return exportClip(s, *options); }; });
}

} // namespace s1::cli
