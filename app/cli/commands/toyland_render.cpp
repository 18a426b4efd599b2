#include "output_path.h"
#include "toyland_commands.h"

#include "base/process_memory.h"
#include "media/clip_writer.h"
#include "toyland/renderer.h"
#include "toyland/scene_json.h"
#ifdef S1_CLI_TENSOR
#include "train/scene_dump.h"
#endif

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace s1::cli {

namespace {

struct RenderOptions {
    std::filesystem::path scene, output, dump;
    std::string size = "576x320";
    int frames = 29;
    double fps = 8;
};

// All frames side by side in one picture.
Frame stripOf(const Clip& clip) {
    Frame strip(clip.width() * clip.frameCount(), clip.height());
    for (int i = 0; i < clip.frameCount(); ++i)
        for (int y = 0; y < clip.height(); ++y)
            std::copy_n(clip.frames[static_cast<std::size_t>(i)].row(y), clip.width() * 3,
                        strip.row(y) + static_cast<std::ptrdiff_t>(i) * clip.width() * 3);
    return strip;
}

Result<void> render(Session& session, const RenderOptions& options) {
    int width = 0, height = 0;
    char rest = 0;
    if (std::sscanf(options.size.c_str(), "%dx%d%c", &width, &height, &rest) != 2 || width < 1 || height < 1 ||
        width > 8192 || height > 8192)
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("--size {} is no size; give WIDTHxHEIGHT with numbers from 1 to 8192", options.size),
                     "--size"};
    const double needed = 3.0 * width * height * options.frames * (options.dump.empty() ? 1 : 5); // bytes; as floats, too, for a dump
    if (const auto memory = static_cast<double>(machineMemory()); memory > 0 && needed > memory / 2)
        return Error{ErrorCode::OutOfMemory,
                     fmt::format("{} frames of {} take {:.0f} GiB and this machine has {:.0f}; choose fewer or smaller ones", options.frames,
                                 options.size, needed / (1 << 30), memory / (1 << 30)), "--frames"};
    S1_TRY(const toyland::Scene scene, readScene(options.scene));
    S1_CHECK(checkCreatable(options.output));
#ifdef S1_CLI_TENSOR
    if (!options.dump.empty())
        S1_CHECK(train::dumpScene(options.dump, scene, width, height, options.frames));
#endif
    const Clip clip = toyland::renderClip(scene, width, height, options.frames, options.fps);
    if (options.output.extension() == ".png") {
        S1_CHECK(writePng(options.output, stripOf(clip)));
    } else {
        S1_TRY(const ExportFormatInfo format, formatFor(localFormats(), options.output));
        S1_CHECK(writeClip(options.output, clip, format.id));
    }
    session.reporter().text(options.output.string());
    session.reporter().event({{"event", "done"}, {"path", options.output.string()}, {"scene", toJson(scene)}});
    return {};
}

} // namespace

void addToylandRender(CLI::App& toyland, Action& action) {
    auto options = std::make_shared<RenderOptions>();
    CLI::App* verb = toyland.add_subcommand("render", "draw a scene");
    verb->add_option("scene", options->scene, "JSON (toyland.scene/1)")->required();
    verb->add_option("--size", options->size, "WIDTHxHEIGHT");
    verb->add_option("--frames", options->frames, "frames")->check(CLI::Range(1, 10000));
    verb->add_option("--fps", options->fps, "frames a second")->check(CLI::Range(0.1, 240.0));
#ifdef S1_CLI_TENSOR
    verb->add_option("--dump", options->dump, "the frames before any rounding, as safetensors");
#endif
    verb->add_option("-o,--output", options->output, "clip, or .png for all frames side by side")->required();
    verb->callback([options, &action] { action = [options](Session& s) { return render(s, *options); }; });
}

} // namespace s1::cli
