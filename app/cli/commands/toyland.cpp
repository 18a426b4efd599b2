#include "output_path.h"
#include "toyland_commands.h"

#include "base/json.h"
#include "toyland/scene_json.h"

#include <fmt/format.h>

namespace s1::cli {

Result<toyland::Scene> readScene(const std::filesystem::path& path) {
    S1_CHECK(checkExists(path, "scene"));
    S1_TRY(const nlohmann::json json, readJson(path));
    auto scene = toyland::sceneFromJson(json);
    if (!scene)
        return Error{ErrorCode::Corrupt, fmt::format("{}: {}", path.string(), scene.error().message),
                     scene.error().subject};
    return scene;
}

void addToyland(CLI::App& app, Action& action) {
    CLI::App* verb = app.add_subcommand("toyland", "the drawn world that the embedded model knows");
    verb->require_subcommand(1);
    addToylandRender(*verb, action);
    addToylandCaptions(*verb, action);
    addToylandJudge(*verb, action);
    addToylandCheckJudge(*verb, action);
    addToylandEvaluate(*verb, action);
#ifdef S1_CLI_TENSOR
    addToylandCompare(*verb, action);
    addToylandProbe(*verb, action);
    addToylandRead(*verb, action);
    addToylandTrain(*verb, action);
#endif
}

} // namespace s1::cli
