#pragma once

#include "train/task.h"

namespace s1::train {

// The autoencoder of stage d on crops of full-size renders: L1, L1 of the gradients, and a small pull to a normal latent.
Result<std::unique_ptr<TrainingTask>> makeVaeTask(const TrainOptions& options);

} // namespace s1::train
