#pragma once

#include "cascade/model_set.h"
#include "weights/tensor_file.h"

#include <filesystem>
#include <optional>

namespace s1::cascade {

// A learned motion: tuned tensors by state-dict key, and how much of the way to them.
struct MotionWeights {
    weights::TensorMap tuned;
    double strength = 1.0;
    std::string base; // motionBase of the network it was learned on; empty: not known
};

// What learnMotion saved, at strength 1. Unsupported for a file of a version this program does not know, naming it.
Result<MotionWeights> readMotion(const std::filesystem::path& path);

// Says of which base's tensors a motion is a change: SHA-256 over the base's own tensors of the same names, as f16.
std::string motionBase(const nn::UNet& base, const weights::TensorMap& tuned);

// The base network with a motion in it; strength 0 gives the base itself. InvalidArgument for a motion of another base.
Result<std::shared_ptr<nn::UNet>> networkWithMotion(ModelSet& models, const std::optional<MotionWeights>& motion,
                                                    std::uint64_t activations = 0);

} // namespace s1::cascade
