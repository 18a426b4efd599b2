#include "plan/plan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

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

std::vector<std::string> stageNames() {
    std::vector<std::string> names;
    for (const StageId stage : kStages)
        names.emplace_back(toString(stage));
    return names;
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

double StagePlan::stepsThatRun() const { return steps > 0 ? std::max(1.0, steps * strength) : 0; }

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
    // Guided below that, things come out no more as told, only with more grain.
    plan[StageId::Keyframes] = {.steps = draft ? 6 : 20, .guidance = 2.5, .guidanceFrom = 300, .width = 64, .height = 40, .frames = 8};
    // What these two make is mostly in their condition: the first answer is the best by PSNR on true clips (toyland probe).
    plan[StageId::Interpolation] = {.steps = 1, .guidance = 1.0, .width = 64, .height = 40, .frames = 29, .sharedNoise = 1};
    plan[StageId::Superres] = {.steps = 1, .guidance = 1.0, .width = 256, .height = 160, .frames = 29, .sharedNoise = 1};
    plan[StageId::Translation] = {.steps = 20, .guidance = 1.0, .width = 576, .height = 320, .frames = 29,
                                  .strength = 0.05, .sharedNoise = 1};
    return plan;
}

namespace {

// The numbers of a stage by their names in a file, each with the range it may have.
struct IntField {
    const char* name;
    int StagePlan::*member;
    int low, high;
};
constexpr IntField kIntFields[] = {
    {"steps", &StagePlan::steps, 1, 1000},
    {"guidance_from", &StagePlan::guidanceFrom, 0, 1000},
    {"width", &StagePlan::width, 1, 4096},
    {"height", &StagePlan::height, 1, 4096},
    {"frames", &StagePlan::frames, 1, 1000},
    {"noise_level", &StagePlan::noiseLevel, 0, 999},
    {"first_steps", &StagePlan::firstSteps, 0, 1000},
    {"first_noise_level", &StagePlan::firstNoiseLevel, 0, 999},
};
struct NumberField {
    const char* name;
    double StagePlan::*member;
    double low, high;
};
constexpr NumberField kNumberFields[] = {
    {"guidance", &StagePlan::guidance, 0, 100},
    {"strength", &StagePlan::strength, 0.01, 1},
    {"first_guidance", &StagePlan::firstGuidance, 0, 100},
    {"shared_noise", &StagePlan::sharedNoise, 0, 1},
};

json stageToJson(const StagePlan& stage) {
    json out = {{"scheduler", stage.scheduler}, {"seed", stage.seed ? json(*stage.seed) : json(nullptr)}};
    for (const IntField& field : kIntFields)
        out[field.name] = stage.*field.member;
    for (const NumberField& field : kNumberFields)
        out[field.name] = stage.*field.member;
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

Result<void> readField(const std::string& key, const json& value, const std::string& name, StagePlan& stage) {
    for (const IntField& field : kIntFields)
        if (key == field.name)
            return readInt(value, name, field.low, field.high, stage.*field.member);
    for (const NumberField& field : kNumberFields)
        if (key == field.name)
            return readNumber(value, name, field.low, field.high, stage.*field.member);
    if (key == "seed") {
        if (!value.is_null() && !value.is_number_unsigned())
            return badField(name, fmt::format("is {}; give a whole number from 0, or null", value.dump()));
        stage.seed = value.is_null() ? std::nullopt : std::optional(value.get<std::uint64_t>());
        return {};
    }
    if (key == "scheduler") {
        if (!value.is_object())
            return badField(name, fmt::format("is {}; give an object of scheduler_config.json keys", value.dump()));
        stage.scheduler = value;
        return {};
    }
    return badField(name, "is unknown; see `show1-cli generate … --save-job` for every field");
}

Result<void> readStage(const json& object, const std::string& prefix, StagePlan& stage) {
    if (!object.is_object())
        return badField(prefix, "must be an object");
    for (const auto& [key, value] : object.items())
        S1_CHECK(readField(key, value, prefix + "." + key, stage));
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
                    return badField("stages." + name,
                                    fmt::format("is unknown; the stages are {}", fmt::join(stageNames(), ", ")));
                S1_CHECK(readStage(stage, name, plan[*id]));
            }
        } else {
            return badField(key, "is unknown; a plan has schema, fps and stages");
        }
    }
    return plan;
}

} // namespace s1
