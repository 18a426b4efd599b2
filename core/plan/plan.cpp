#include "plan/plan.h"

#include <fmt/format.h>

#include <functional>
#include <map>

namespace s1 {

using nlohmann::json;

std::string_view toString(StageId stage) {
    switch (stage) {
    case StageId::Keyframes: return "keyframes";
    case StageId::Interpolation: return "interpolation";
    case StageId::Superres: return "superres";
    case StageId::Translation: return "translation";
    }
    return "";
}

std::optional<StageId> stageFromString(std::string_view name) {
    for (const StageId stage : kStages)
        if (toString(stage) == name)
            return stage;
    return std::nullopt;
}

std::string_view toString(Preset preset) {
    switch (preset) {
    case Preset::Draft: return "draft";
    case Preset::Standard: return "standard";
    case Preset::Paper: return "paper";
    case Preset::Script: return "script";
    }
    return "";
}

std::optional<Preset> presetFromString(std::string_view name) {
    for (const Preset preset : {Preset::Draft, Preset::Standard, Preset::Paper, Preset::Script})
        if (toString(preset) == name)
            return preset;
    return std::nullopt;
}

namespace {

// The published schedule (run_inference.py, show1.md 1.1).
CascadePlan scriptPlan() {
    CascadePlan plan;
    plan[StageId::Keyframes] = {.steps = 75, .guidance = 9.0, .width = 64, .height = 40, .frames = 8};
    plan[StageId::Interpolation] = {.steps = 75, .guidance = 4.0, .width = 64, .height = 40, .frames = 29};
    plan[StageId::Superres] = {.steps = 125, .guidance = 7.0, .width = 256, .height = 160, .frames = 29,
                               .noiseLevel = 250, .firstSteps = 70, .firstGuidance = 4.0, .firstNoiseLevel = 150};
    plan[StageId::Translation] = {.steps = 50, .guidance = 15.0, .width = 576, .height = 320, .frames = 29,
                                  .strength = 0.8};
    return plan;
}

} // namespace

ModelKind modelKindOf(const std::filesystem::path& modelFolder) {
    std::error_code ec;
    return std::filesystem::exists(modelFolder / kEmbeddedMarker, ec) ? ModelKind::Embedded : ModelKind::Published;
}

CascadePlan makePlan(Preset preset, ModelKind kind) {
    CascadePlan plan = scriptPlan();
    if (preset == Preset::Script)
        return plan;
    if (preset == Preset::Paper) { // 75/75/50/40 steps run; the last is 50 * 0.8
        plan[StageId::Superres].steps = 50;
        plan[StageId::Superres].firstSteps = 50;
        return plan;
    }
    const bool draft = preset == Preset::Draft;
    if (kind == ModelKind::Published) {
        // The solver's author: super-resolution has converged at 25 steps, keyframes at 50 (performance.md 3.1, 17).
        plan[StageId::Keyframes].steps = draft ? 25 : 50;
        plan[StageId::Interpolation].steps = draft ? 15 : 25;
        plan[StageId::Superres].steps = draft ? 15 : 25;
        plan[StageId::Superres].firstSteps = draft ? 20 : 35;
        plan[StageId::Translation].steps = draft ? 20 : 30;
        return plan;
    }
    plan[StageId::Keyframes] = {.steps = draft ? 12 : 20, .guidance = 2.5, .width = 64, .height = 40, .frames = 8};
    plan[StageId::Interpolation] = {.steps = draft ? 4 : 8, .guidance = 1.0, .width = 64, .height = 40, .frames = 29};
    plan[StageId::Superres] = {.steps = draft ? 3 : 4, .guidance = 1.0, .width = 256, .height = 160, .frames = 29,
                               .noiseLevel = 60};
    plan[StageId::Translation] = {.steps = draft ? 4 : 8, .guidance = 1.0, .width = 576, .height = 320, .frames = 29,
                                  .strength = 0.5};
    return plan;
}

namespace {

json stageToJson(const StagePlan& stage) {
    json out = {{"steps", stage.steps},
                {"guidance", stage.guidance},
                {"width", stage.width},
                {"height", stage.height},
                {"frames", stage.frames},
                {"noise_level", stage.noiseLevel},
                {"strength", stage.strength},
                {"first_steps", stage.firstSteps},
                {"first_guidance", stage.firstGuidance},
                {"first_noise_level", stage.firstNoiseLevel},
                {"scheduler", stage.scheduler}};
    out["seed"] = stage.seed ? json(*stage.seed) : json(nullptr);
    return out;
}

Error badField(const std::string& name, const std::string& why) {
    return {ErrorCode::InvalidArgument, fmt::format("plan field \"{}\" {}", name, why), name};
}

Result<void> readInt(const json& value, const std::string& name, int low, int high, int& out) {
    if (!value.is_number_integer() || value < low || value > high)
        return badField(name, fmt::format("is {}; give a whole number from {} to {}", value.dump(), low, high));
    out = value.get<int>();
    return {};
}

Result<void> readNumber(const json& value, const std::string& name, double low, double high, double& out) {
    if (!value.is_number() || !(value.get<double>() >= low) || !(value.get<double>() <= high))
        return badField(name, fmt::format("is {}; give a number from {} to {}", value.dump(), low, high));
    out = value.get<double>();
    return {};
}

Result<void> readStage(const json& object, const std::string& prefix, StagePlan& stage) {
    if (!object.is_object())
        return badField(prefix, "must be an object");
    for (const auto& [key, value] : object.items()) {
        const std::string name = prefix + "." + key;
        if (key == "steps")
            S1_CHECK(readInt(value, name, 1, 1000, stage.steps));
        else if (key == "guidance")
            S1_CHECK(readNumber(value, name, 0, 100, stage.guidance));
        else if (key == "width")
            S1_CHECK(readInt(value, name, 1, 4096, stage.width));
        else if (key == "height")
            S1_CHECK(readInt(value, name, 1, 4096, stage.height));
        else if (key == "frames")
            S1_CHECK(readInt(value, name, 1, 1000, stage.frames));
        else if (key == "noise_level")
            S1_CHECK(readInt(value, name, 0, 999, stage.noiseLevel));
        else if (key == "strength")
            S1_CHECK(readNumber(value, name, 0.01, 1, stage.strength));
        else if (key == "first_steps")
            S1_CHECK(readInt(value, name, 0, 1000, stage.firstSteps));
        else if (key == "first_guidance")
            S1_CHECK(readNumber(value, name, 0, 100, stage.firstGuidance));
        else if (key == "first_noise_level")
            S1_CHECK(readInt(value, name, 0, 999, stage.firstNoiseLevel));
        else if (key == "seed") {
            if (value.is_null())
                stage.seed.reset();
            else if (value.is_number_unsigned())
                stage.seed = value.get<std::uint64_t>();
            else
                return badField(name, fmt::format("is {}; give a whole number from 0, or null", value.dump()));
        } else if (key == "scheduler") {
            if (!value.is_object())
                return badField(name, fmt::format("is {}; give an object of scheduler_config.json keys", value.dump()));
            stage.scheduler = value;
        } else {
            return badField(name, "is unknown; see `show1-cli generate … --save-job` for every field");
        }
    }
    return {};
}

} // namespace

json toJson(const CascadePlan& plan) {
    json stages = json::object();
    for (const StageId stage : kStages)
        stages[std::string(toString(stage))] = stageToJson(plan[stage]);
    return {{"schema", "show1.plan/1"}, {"fps", plan.fps}, {"stages", stages}};
}

Result<CascadePlan> planFromJson(const json& object, const CascadePlan& base) {
    if (!object.is_object())
        return Error{ErrorCode::InvalidArgument, "a plan must be a JSON object", "plan"};
    CascadePlan plan = base;
    for (const auto& [key, value] : object.items()) {
        if (key == "schema") {
            if (value != "show1.plan/1")
                return badField(key, fmt::format("is {}; this version reads \"show1.plan/1\"", value.dump()));
        } else if (key == "fps") {
            S1_CHECK(readNumber(value, key, 0.1, 240, plan.fps));
        } else if (key == "stages") {
            if (!value.is_object())
                return badField(key, "must be an object with the stages by name");
            for (const auto& [name, stage] : value.items()) {
                const auto id = stageFromString(name);
                if (!id)
                    return badField("stages." + name, "is unknown; the stages are keyframes, interpolation, superres, "
                                                      "translation");
                S1_CHECK(readStage(stage, name, plan[*id]));
            }
        } else {
            return badField(key, "is unknown; a plan has schema, fps and stages");
        }
    }
    return plan;
}

} // namespace s1
