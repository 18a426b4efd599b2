#pragma once

#include "base/result.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace s1 {

// The four stages of Show-1 (paper section 3), in order.
enum class StageId { Keyframes, Interpolation, Superres, Translation };
inline constexpr std::array kStages{StageId::Keyframes, StageId::Interpolation, StageId::Superres,
                                    StageId::Translation};

std::string_view toString(StageId stage); // "keyframes", "interpolation", "superres", "translation"
std::optional<StageId> stageFromString(std::string_view name);
std::vector<std::string> stageNames(); // all of them, in order

// What one stage does. Sizes are pixels of the stage's result.
struct StagePlan {
    int steps = 20;
    double guidance = 1.0;             // classifier-free guidance scale; <= 1 runs no unconditional half
    int guidanceFrom = 0;              // timestep below which it is 1: guidance decides what is shown, and then only coarsens it
    std::optional<std::uint64_t> seed; // unset: the run's seed
    int width = 64;
    int height = 40;
    int frames = 8;
    int noiseLevel = 0;    // superres: augmentation of the low-resolution condition, 0…999
    double strength = 1.0; // translation: share of the steps that run, from a partly noised start
    int firstSteps = 0;    // superres: steps of the first-frame image model; 0 where the model has none
    double firstGuidance = 1.0;
    int firstNoiseLevel = 0;
    // Share of the noise's variance that all frames have in common: the more, the stiller, and what the prompt leaves open is the
    // same in all, but less is averaged away and less moves. As published each frame has its own.
    double sharedNoise = 0;
    nlohmann::json scheduler = nlohmann::json::object(); // overrides of scheduler_config.json, by key

    double stepsThatRun() const; // steps times strength; one at least, for an autoencoder runs in any case; 0 for no steps

    bool operator==(const StagePlan&) const = default;
};

// The whole of a run but its text, seed and model ("show1.plan/1").
struct CascadePlan {
    std::array<StagePlan, kStages.size()> stages;
    double fps = 8.0;

    StagePlan& operator[](StageId id) { return stages[static_cast<std::size_t>(id)]; }
    const StagePlan& operator[](StageId id) const { return stages[static_cast<std::size_t>(id)]; }
    bool operator==(const CascadePlan&) const = default;
};

enum class Preset { Draft, Standard, Paper, Script };
std::string_view toString(Preset preset);
std::optional<Preset> presetFromString(std::string_view name);

// Paper and Script are the published schedules (show1.md 1.1); Draft and Standard suit the kind of model.
enum class ModelKind { Embedded, Published };
inline constexpr std::string_view kEmbeddedMarker = "toyland.json"; // lies in the folder of an embedded model
ModelKind modelKindOf(const std::filesystem::path& modelFolder);
CascadePlan makePlan(Preset preset, ModelKind kind);

// Every field by name. Reading starts from base, so a file may name only what it changes; an unknown field or a
// value out of range is InvalidArgument and says which.
nlohmann::json toJson(const CascadePlan& plan);
Result<CascadePlan> planFromJson(const nlohmann::json& json, const CascadePlan& base);

} // namespace s1
