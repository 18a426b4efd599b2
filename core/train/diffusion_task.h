#pragma once

#include "train/task.h"
#include "train/toyland_files.h"

namespace s1::train {

// Denoising stages: images, keyframes, interpolation, superres, translation. Each starts from the network before it,
// as the paper's stages do: temporal layers join an image model whose spatial layers then move slowly.
Result<std::unique_ptr<TrainingTask>> makeDiffusionTask(const TrainOptions& options, ToylandNetwork network);

} // namespace s1::train
