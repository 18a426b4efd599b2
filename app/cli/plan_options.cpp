#include "plan_options.h"

#include "base/json.h"
#include "engine/model_registry.h"

#include <fmt/format.h>

#include <algorithm>

namespace s1::cli {

void PlanOptions::addTo(CLI::App& app) {
    app.add_option("-m,--model", model, "name or folder; default: the embedded model");
    app.add_option("--preset", preset, "draft, standard, paper or script")
        ->check(CLI::IsMember({"draft", "standard", "paper", "script"}));
    app.add_option("--plan", planFile, "JSON with the settings to change (show1.plan/1)");
}

void ScenesOptions::addTo(CLI::App& app) {
    app.add_option("--count", count, "how many clips")->check(CLI::Range(1, 100000))->capture_default_str();
    app.add_option("--seed", seed, "of scenes and noise");
    PlanOptions::addTo(app);
}

Result<std::filesystem::path> modelFolder(const std::string& model) { return ModelRegistry(findResourceFolder({})).resolve(model); }

Result<ModelKind> kindOfModel(Session& session, const std::string& model) {
    if (model.empty())
        return ModelKind::Embedded;
    S1_TRY(Engine* const engine, session.engine());
    const auto models = engine->models();
    const auto found = std::find_if(models.begin(), models.end(), [&](const ModelInfo& info) {
        return info.name == model || info.folder == std::filesystem::path(model);
    });
    if (found != models.end())
        return found->kind;
    if (std::filesystem::is_directory(model))
        return modelKindOf(model);
    std::string known;
    for (const ModelInfo& info : models)
        known += (known.empty() ? "" : ", ") + info.name;
    return Error{
        ErrorCode::NotFound,
        fmt::format("no model or folder is called {}; known models: {}", model, known.empty() ? "none" : known), model};
}

Result<CascadePlan> PlanOptions::plan(Session& session) const {
    S1_TRY(const ModelKind kind, kindOfModel(session, model));
    const CascadePlan base = makePlan(presetFromString(preset).value_or(Preset::Standard), kind);
    if (planFile.empty())
        return base;
    S1_TRY(const nlohmann::json object, readJson(planFile));
    auto read = planFromJson(object, base);
    if (!read) // what is wrong is a file's content, not the command line
        return Error{ErrorCode::Corrupt, fmt::format("{}: {}", planFile.string(), read.error().message),
                     read.error().subject};
    return read;
}

} // namespace s1::cli
