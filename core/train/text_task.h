#pragma once

#include "train/task.h"

namespace s1::train {

// SentencePiece model from the caption grammar, then the encoder on telling every factor a caption names, before
// anything sees a picture (motion-and-quality.md 3.5: the largest help to obeying colours).
Result<std::unique_ptr<TrainingTask>> makeTextTask(const TrainOptions& options);

} // namespace s1::train
