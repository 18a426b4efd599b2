#pragma once

#include "weights/tensor_file.h"

#include <optional>
#include <string>
#include <string_view>

// What every format must keep to (reliability.md 2.1), so that a file of either kind can neither exhaust memory nor
// overflow a size.
namespace s1::weights {

inline constexpr std::size_t kMostTensors = 100'000;
inline constexpr std::size_t kMostRank = 8;
inline constexpr std::size_t kMostNameBytes = 512;

// Why a tensor may not be called so; empty where it may.
std::string whyNotAName(std::string_view name);

// Bytes of a contiguous tensor. None where the rank is too high, an axis negative, or a size or stride past 63 bits.
std::optional<std::uint64_t> byteSize(const TensorInfo& info);

// For messages: at most the first 100 bytes, with what cannot be printed replaced.
std::string shownName(std::string_view name);

// An empty tensor of that kind, or OutOfMemory.
Result<at::Tensor> allocate(const std::string& name, const TensorInfo& info);

// A byte that is neither 0 nor 1 is no bool, and undefined behaviour to look at.
Result<void> checkBooleans(const std::string& name, const at::Tensor& tensor);

// What a file is that is neither safetensors nor a torch archive, told by how it begins; nothing where it is unknown.
std::optional<Error> foreignFormat(std::string_view head, const std::string& file);

} // namespace s1::weights
