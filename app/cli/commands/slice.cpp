#include "command.h"
#include "output_path.h"

#include "media/clip_reader.h"
#include "media/clip_writer.h"
#include "slice/slice.h"

#include <fmt/format.h>

#include <cstdio>

namespace s1::cli {

namespace {

struct SliceOptions {
    std::filesystem::path clip, output;
    int row = -1, column = -1;
    std::string line; // x0,y0,x1,y1 in pixels
    int scale = 1;
};

Error outside(const char* option, const std::string& value, const Clip& clip) {
    return {
        ErrorCode::InvalidArgument,
        fmt::format("{} {} is not in the picture; it is {} by {} pixels", option, value, clip.width(), clip.height()),
        option};
}

Result<SliceLine> chosenLine(const Clip& clip, const SliceOptions& options) {
    if (options.row >= clip.height())
        return outside("--row", std::to_string(options.row), clip);
    if (options.column >= clip.width())
        return outside("--column", std::to_string(options.column), clip);
    if (options.column >= 0)
        return columnLine(clip, options.column);
    if (options.line.empty())
        return rowLine(clip, options.row >= 0 ? options.row : clip.height() / 2);
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    char rest = 0;
    if (std::sscanf(options.line.c_str(), "%lf,%lf,%lf,%lf%c", &x0, &y0, &x1, &y1, &rest) != 4)
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("--line {} is no line; give x0,y0,x1,y1 in pixels", options.line), "--line"};
    const auto within = [&](double x, double y) { return x >= 0 && y >= 0 && x <= clip.width() && y <= clip.height(); };
    if (!within(x0, y0) || !within(x1, y1))
        return outside("--line", options.line, clip);
    return SliceLine{x0 / clip.width(), y0 / clip.height(), x1 / clip.width(), y1 / clip.height()};
}

Result<void> slice(Session& session, SliceOptions options) {
    S1_CHECK(checkExists(options.clip, "clip"));
    Reporter& reporter = session.reporter();
    if (options.output.empty() && !reporter.json())
        options.output = options.clip.stem().string() + "-slice.png";
    if (!options.output.empty())
        S1_CHECK(checkCreatable(options.output));
    S1_TRY(const Clip clip, readClip(options.clip));
    S1_TRY(const SliceLine line, chosenLine(clip, options));
    const SliceNumbers numbers = measureSlice(sliceOf(clip, line));
    if (!options.output.empty()) {
        S1_CHECK(writePng(options.output, sliceOf(clip, line, options.scale)));
        reporter.text(options.output.string());
    }
    reporter.text(fmt::format("coherence {:.4f}\nflicker {:.4f}\nhigh frequency {:.4f}\nroughness {:.4f}",
                              numbers.coherence, numbers.flicker, numbers.highFrequency, numbers.roughness));
    reporter.event({{"event", "slice"},
                    {"path", options.output.string()},
                    {"line", {line.x0, line.y0, line.x1, line.y1}},
                    {"coherence", numbers.coherence},
                    {"flicker", numbers.flicker},
                    {"high_frequency", numbers.highFrequency},
                    {"roughness", numbers.roughness}});
    return {};
}

} // namespace

void addSlice(CLI::App& app, Action& action) {
    auto options = std::make_shared<SliceOptions>();
    CLI::App* verb = app.add_subcommand("slice", "what passes under one line of the picture, time downwards");
    verb->add_option("clip", options->clip, "clip to cut")->required();
    CLI::Option* row =
        verb->add_option("--row", options->row, "pixel row; default: the middle one")->check(CLI::NonNegativeNumber);
    CLI::Option* column = verb->add_option("--column", options->column, "pixel column")->check(CLI::NonNegativeNumber);
    CLI::Option* line = verb->add_option("--line", options->line, "x0,y0,x1,y1 in pixels");
    row->excludes(column)->excludes(line);
    column->excludes(line);
    verb->add_option("--scale", options->scale, "rows of the picture per frame")->check(CLI::Range(1, 100));
    verb->add_option("-o,--output", options->output, "PNG to write; default CLIP-slice.png, with --json none");
    verb->callback([options, &action] { action = [options](Session& s) { return slice(s, *options); }; });
}

} // namespace s1::cli
