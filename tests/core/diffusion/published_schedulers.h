#pragma once

#include "diffusion/sampler.h"

#include <gtest/gtest.h>

namespace s1::diffusion {

using nlohmann::json;

inline SchedulerConfig configOf(const json& object) {
    auto config = SchedulerConfig::fromJson(object, "scheduler_config.json");
    EXPECT_TRUE(config) << (config ? "" : config.error().message);
    return config ? *config : SchedulerConfig{};
}

// Stages A, C0 and D of show1.md 5.1.
inline json stageA() {
    return {{"_class_name", "DPMSolverMultistepScheduler"}, {"beta_schedule", "squaredcos_cap_v2"}, {"thresholding", true},
            {"dynamic_thresholding_ratio", 0.95}, {"sample_max_value", 1.5}, {"lambda_min_clipped", -5.1}, {"solver_type", "midpoint"}};
}
inline json stageC() {
    json object = stageA();
    object["lambda_min_clipped"] = "-Infinity";
    object["sample_max_value"] = 1.0;
    return object;
}
inline json stageD() {
    return {{"_class_name", "DPMSolverMultistepScheduler"}, {"beta_schedule", "scaled_linear"}, {"beta_start", 0.00085}, {"beta_end", 0.012}};
}
inline json stageC0() {
    return {{"_class_name", "DDPMScheduler"}, {"beta_schedule", "squaredcos_cap_v2"}, {"variance_type", "learned_range"},
            {"thresholding", true}, {"dynamic_thresholding_ratio", 0.95}, {"sample_max_value", 1.0}, {"timestep_spacing", "leading"}};
}
inline json ddim() { return {{"_class_name", "DDIMScheduler"}, {"beta_schedule", "scaled_linear"}, {"beta_start", 0.00085}, {"beta_end", 0.012}, {"clip_sample", false}}; }

inline std::unique_ptr<Sampler> samplerOf(const json& object, int steps) {
    auto sampler = makeSampler(configOf(object), steps);
    EXPECT_TRUE(sampler);
    return std::move(*sampler);
}

} // namespace s1::diffusion
