#pragma once

#include "text/t5_tokenizer.h"
#include "train/task.h"

namespace s1::train {

// SentencePiece model from the caption grammar, then the encoder on telling every factor a caption names, before
// anything sees a picture (motion-and-quality.md 3.5: the largest help to obeying colours).
Result<std::unique_ptr<TrainingTask>> makeTextTask(const TrainOptions& options);

// An encoder that goes on, for key frames that stay as they are: what they make of a caption in the grammar's newer words and
// sentences is to be what they made of the plain one before. Both from --init.
Result<std::unique_ptr<TrainingTask>> makeWordingTask(const TrainOptions& options);

// Captions first, first + 1… of a seed's endless list; and texts as both trainings show them to the encoder.
std::vector<std::string> drawCaptions(std::uint64_t seed, std::int64_t first, int count);
struct TokenBatch {
    at::Tensor ids, mask; // [B, 77]
};
TokenBatch tokensOf(const text::T5Tokenizer& tokenizer, const std::vector<std::string>& texts);

// What the encoder learned, f16, with its config.
Result<void> writeEncoder(const std::filesystem::path& root, const weights::TensorMap& tensors, std::int64_t vocabulary, const std::string& recipe);

} // namespace s1::train
