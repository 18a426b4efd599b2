#include "command.h"
#include "model_folder.h"
#include "output_path.h"
#include "weights/summary.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace s1::cli {

namespace {

#ifdef S1_CLI_TENSOR
// "686 F16, 2 F32"
std::string typesOf(const std::map<std::string, std::uint64_t>& tensors) {
    std::vector<std::string> counts;
    for (const auto& [type, count] : tensors)
        counts.push_back(fmt::format("{} {}", count, type));
    return fmt::format("{}", fmt::join(counts, ", "));
}

Result<void> inspectFolder(Session& session, const std::filesystem::path& folder) {
    constexpr double kGiB = 1u << 30;
    S1_TRY(const ModelFolder found, inspectModelFolder(folder));
    Reporter& reporter = session.reporter();
    nlohmann::json components = nlohmann::json::array();
    std::uint64_t stored = 0, f32 = 0, largest = 0;
    std::optional<Error> unusable;
    for (const FolderComponent& c : found.components) {
        reporter.text(fmt::format("{:<34} {:<22} {:>8.1f} M parameters {:>8.2f} GiB  {}", c.name, c.className,
                                  static_cast<double>(c.parameters) / 1e6, static_cast<double>(c.storedBytes) / kGiB,
                                  c.error ? c.error->message : typesOf(c.tensors)));
        components.push_back({{"name", c.name}, {"class", c.className}, {"tensors", c.tensors}, {"parameters", c.parameters},
                              {"bytes", c.storedBytes}, {"f32_bytes", c.f32Bytes}});
        if (c.error) {
            components.back()["error"] = c.error->message;
            if (c.error->code != ErrorCode::NotFound) // which is listed as missing
                unusable = c.error;
        }
        stored += c.storedBytes;
        f32 += c.f32Bytes;
        largest = std::max(largest, c.f32Bytes);
    }
    for (const std::string& file : found.missing)
        reporter.text("missing: " + file);
    reporter.text(fmt::format("weights: {:.2f} GiB as stored, {:.2f} GiB in f32, the largest network {:.2f} GiB",
                              static_cast<double>(stored) / kGiB, static_cast<double>(f32) / kGiB, static_cast<double>(largest) / kGiB));
    reporter.event({{"event", "model_folder"}, {"folder", folder.string()}, {"components", components}, {"missing", found.missing},
                    {"bytes", stored}, {"f32_bytes", f32}, {"largest_f32_bytes", largest}});
    if (unusable)
        return *unusable;
    return {};
}

Result<void> inspectTensors(Session& session, const std::filesystem::path& file) {
    S1_TRY(const auto summary, weights::summarizeFile(file));
    const nlohmann::json metadata(summary.metadata);
    session.reporter().text(fmt::format("{} ({} parameters)\n{}", typesOf(summary.tensors), summary.parameters,
                                        metadata.dump(2, ' ', false, nlohmann::json::error_handler_t::replace)));
    session.reporter().event({{"event", "tensors"}, {"path", file.string()}, {"tensors", summary.tensors},
                              {"parameters", summary.parameters}, {"metadata", metadata}});
    return {};
}
#else
Result<void> inspectFolder(Session&, const std::filesystem::path& folder) {
    return Error{ErrorCode::Unsupported, "this build reads no weights; build it with S1_BUILD_TENSOR=ON", folder.string()};
}
Result<void> inspectTensors(Session& session, const std::filesystem::path& file) {
    return inspectFolder(session, file);
}
#endif

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
    if (path.extension() == ".s1motion" || path.extension() == ".safetensors" || path.extension() == ".bin")
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
