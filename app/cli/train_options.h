#pragma once

#include "train/train.h"

#include <CLI/CLI.hpp>

namespace s1::cli {

// The options of one stage's training, on a verb or a program of its own.
void addTrainOptions(CLI::App& verb, train::TrainOptions& options);

// auto, f32 and bf16; anything else is refused.
Result<void> setTrainDtype(const std::string& dtype, train::TrainOptions& options);

std::string progressLine(const train::TrainProgress& progress, bool json);

} // namespace s1::cli
