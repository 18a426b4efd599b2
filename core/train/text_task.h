#pragma once

#include "text/t5_tokenizer.h"
#include "toyland/captions.h"
#include "train/task.h"

namespace s1::train {

// SentencePiece model from the caption grammar, then the encoder on telling every factor a caption names, before
// anything sees a picture (motion-and-quality.md 3.5: the largest help to obeying colours).
Result<std::unique_ptr<TrainingTask>> makeTextTask(const TrainOptions& options);

// An encoder and its pieces anew, for networks that stay as they are (both of --init): what they make of a caption in any of the
// grammar's words is to be what they made of the plain one before.
Result<std::unique_ptr<TrainingTask>> makeWordingTask(const TrainOptions& options);

// SentencePiece model of the grammar's captions, in folder.
Result<void> trainPieces(const std::filesystem::path& folder, std::uint64_t seed);

// Captions first, first + 1… of a seed's endless list with what they say, and texts as both trainings show them to the encoder.
std::vector<toyland::Caption> drawCaptions(std::uint64_t seed, std::int64_t first, int count);
std::vector<std::string> textsOf(const std::vector<toyland::Caption>& captions);
struct TokenBatch {
    at::Tensor ids, mask; // [B, 77]
};
TokenBatch tokensOf(const text::T5Tokenizer& tokenizer, const std::vector<std::string>& texts);

// What the encoder learned, f16, with its config.
Result<void> writeEncoder(const std::filesystem::path& root, const weights::TensorMap& tensors, std::int64_t vocabulary, const std::string& recipe);

} // namespace s1::train
