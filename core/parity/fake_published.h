#pragma once

#include "base/result.h"

#include <filesystem>
#include <functional>
#include <string>

namespace s1::parity {

// The five published repositories at full size with random weights, for what can be measured without the real ones: file
// handling, memory, time. Layout, names, shapes and configs as published (show1.md 3.1), weights as safetensors of one
// type ("f16", "bf16", "f32"), values by weights::deterministicWeight. Tokenizers: the embedded model's SentencePiece file, and a CLIP
// vocabulary of single bytes. resources holds published/ and models/toyland. onFile is told each weight file's path.
Result<void> writeFakePublished(const std::filesystem::path& resources, const std::filesystem::path& target, const std::string& type,
                                const std::function<void(const std::filesystem::path&)>& onFile);

} // namespace s1::parity
