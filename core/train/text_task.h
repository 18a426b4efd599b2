#pragma once

#include "train/task.h"

namespace s1::train {

// SentencePiece model from the caption grammar, then the encoder on telling every factor a caption names, before
// anything sees a picture (motion-and-quality.md 3.5: the largest help to obeying colours).
Result<std::unique_ptr<TrainingTask>> makeTextTask(const TrainOptions& options);

// An encoder that goes on, for key frames that stay as they are: what they make of a caption in the grammar's newer words and
// sentences is to be what they made of the plain one before. Both from --init.
Result<std::unique_ptr<TrainingTask>> makeWordingTask(const TrainOptions& options);

// What the encoder learned, f16, with its config.
Result<void> writeEncoder(const std::filesystem::path& root, const weights::TensorMap& tensors, std::int64_t vocabulary, const std::string& recipe);

} // namespace s1::train
