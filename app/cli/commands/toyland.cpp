#include "command.h"
#include "output_path.h"

#include "base/json.h"
#include "toyland/captions.h"
#include "toyland/renderer.h"
#include "toyland/scene_json.h"

#include <fmt/format.h>

#include <cstdio>

namespace s1::cli {

namespace {

struct RenderOptions {
    std::filesystem::path scene, output;
    std::string size = "576x320";
    int frames = 29;
    double fps = 8;
};

// All frames side by side in one picture.
Clip stripOf(const Clip& clip) {
    Frame strip(clip.width() * clip.frameCount(), clip.height());
    for (int i = 0; i < clip.frameCount(); ++i)
        for (int y = 0; y < clip.height(); ++y)
            std::copy_n(clip.frames[static_cast<std::size_t>(i)].row(y), clip.width() * 3,
                        strip.row(y) + static_cast<std::ptrdiff_t>(i) * clip.width() * 3);
    return {{std::move(strip)}, clip.fps};
}

Result<void> render(Session& session, const RenderOptions& options) {
    int width = 0, height = 0;
    char rest = 0;
    if (std::sscanf(options.size.c_str(), "%dx%d%c", &width, &height, &rest) != 2 || width < 1 || height < 1 ||
        width > 8192 || height > 8192)
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("--size {} is no size; give WIDTHxHEIGHT with numbers from 1 to 8192", options.size),
                     "--size"};
    S1_CHECK(checkExists(options.scene, "scene"));
    S1_TRY(const nlohmann::json json, readJson(options.scene));
    auto scene = toyland::sceneFromJson(json);
    if (!scene)
        return Error{ErrorCode::Corrupt, fmt::format("{}: {}", options.scene.string(), scene.error().message),
                     scene.error().subject};
    S1_TRY(Engine* const engine, session.engine());
    S1_TRY(const ExportFormatInfo format, formatFor(*engine, options.output));
    S1_CHECK(checkCreatable(options.output));
    Clip clip = toyland::renderClip(*scene, width, height, options.frames, options.fps);
    if (options.output.extension() == ".png")
        clip = stripOf(clip);
    S1_CHECK(session.run(ExportRequest{std::make_shared<Clip>(std::move(clip)), {}, format.id, options.output}));
    session.reporter().text(options.output.string());
    session.reporter().event({{"event", "done"}, {"path", options.output.string()}, {"scene", toJson(*scene)}});
    return {};
}

struct CaptionOptions {
    std::uint64_t seed = 0;
    std::uint64_t count = 1;
    std::string split = "train";
};

// JSON lines with and without --json: they are the result.
Result<void> captions(Session& session, const CaptionOptions& options) {
    const auto split = toyland::splitFromName(options.split).value_or(toyland::Split::Train);
    for (std::uint64_t i = 0; i < options.count && !session.stopRequested(); ++i) {
        const std::string line = toyland::exampleLine(toyland::drawExample(options.seed, i, split));
        session.reporter().line(line);
    }
    return {};
}

void addRender(CLI::App& toyland, Action& action) {
    auto options = std::make_shared<RenderOptions>();
    CLI::App* verb = toyland.add_subcommand("render", "draw a scene");
    verb->add_option("scene", options->scene, "JSON (toyland.scene/1)")->required();
    verb->add_option("--size", options->size, "WIDTHxHEIGHT");
    verb->add_option("--frames", options->frames, "frames")->check(CLI::Range(1, 10000));
    verb->add_option("--fps", options->fps, "frames a second")->check(CLI::Range(0.1, 240.0));
    verb->add_option("-o,--output", options->output, "clip, or .png for all frames side by side")->required();
    verb->callback([options, &action] { action = [options](Session& s) { return render(s, *options); }; });
}

void addCaptions(CLI::App& toyland, Action& action) {
    auto options = std::make_shared<CaptionOptions>();
    CLI::App* verb = toyland.add_subcommand("captions", "prompts with their scenes, as JSON lines");
    verb->add_option("--seed", options->seed, "names an endless list of examples");
    verb->add_option("--count", options->count, "how many of them");
    verb->add_option("--split", options->split, "train, h1, h2, h3 or h4")
        ->check(CLI::IsMember({"train", "h1", "h2", "h3", "h4"}));
    verb->callback([options, &action] { action = [options](Session& s) { return captions(s, *options); }; });
}

} // namespace

void addToyland(CLI::App& app, Action& action) {
    CLI::App* verb = app.add_subcommand("toyland", "the drawn world that the embedded model knows");
    verb->require_subcommand(1);
    addRender(*verb, action);
    addCaptions(*verb, action);
#ifdef S1_CLI_TOYLAND_TENSOR
    addToylandTensor(*verb, action);
#endif
}

} // namespace s1::cli
