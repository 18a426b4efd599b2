#include "command.h"
#include "model_folder.h"
#include "output_path.h"

#include <fmt/format.h>

namespace s1::cli {

namespace {

Result<void> inspectFolder(Session& session, const std::filesystem::path& folder) {
    S1_TRY(const nlohmann::json found, inspectModelFolder(folder));
    Reporter& reporter = session.reporter();
    for (const auto& component : found["components"])
        reporter.text(fmt::format("{:<24} {:<28} {:>9.1f} MiB", component["name"].get<std::string>(),
                                  component["class"].get<std::string>(), component["bytes"].get<double>() / (1 << 20)));
    for (const auto& missing : found["missing"])
        reporter.text("missing: " + missing.get<std::string>());
    reporter.text(fmt::format("memory in f32: {:.1f} GiB", found["memory_gib"].get<double>()));
    reporter.event(found);
    return {};
}

Result<void> inspectTensors(Session& session, const std::filesystem::path& file) {
    S1_TRY(const nlohmann::json found, inspectSafetensors(file));
    session.reporter().text(
        fmt::format("{} tensors\n{}", found["tensors"].get<std::size_t>(),
                    found["metadata"].dump(2, ' ', false, nlohmann::json::error_handler_t::replace)));
    session.reporter().event(found);
    return {};
}

Result<void> inspectClip(Session& session, const std::filesystem::path& file) {
    S1_TRY(const Succeeded opened, session.run(OpenRequest{file}));
    if (!opened.clip)
        return Error{ErrorCode::Corrupt, fmt::format("{} holds no picture; try another file", file.string()),
                     file.string()};
    const Clip& clip = *opened.clip;
    nlohmann::json recipe = nlohmann::json::parse(opened.recipe, nullptr, false);
    if (recipe.is_discarded())
        recipe = nullptr;
    session.reporter().text(fmt::format("{}x{}, {} frames, {} fps\n{}", clip.width(), clip.height(), clip.frameCount(),
                                        clip.fps, recipe.is_null() ? "no recipe" : recipe.dump(2)));
    session.reporter().event({{"event", "clip"},
                              {"path", file.string()},
                              {"width", clip.width()},
                              {"height", clip.height()},
                              {"frames", clip.frameCount()},
                              {"fps", clip.fps},
                              {"recipe", recipe}});
    return {};
}

Result<void> inspect(Session& session, const std::filesystem::path& path) {
    S1_CHECK(checkExists(path, "file"));
    if (std::filesystem::is_directory(path))
        return inspectFolder(session, path);
    if (path.extension() == ".s1motion" || path.extension() == ".safetensors")
        return inspectTensors(session, path);
    return inspectClip(session, path);
}

} // namespace

void addInspect(CLI::App& app, Action& action) {
    auto path = std::make_shared<std::filesystem::path>();
    CLI::App* verb = app.add_subcommand("inspect", "the recipe inside a clip, or what a model folder holds");
    verb->add_option("path", *path, "clip, motion or model folder")->required();
    verb->callback([path, &action] { action = [path](Session& s) { return inspect(s, *path); }; });
}

} // namespace s1::cli
