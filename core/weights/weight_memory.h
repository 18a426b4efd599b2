#pragma once

#include "weights/tensor_file.h"

#include <cstdint>
#include <optional>

namespace s1::weights {

// How much memory the weights of one network may take, in what type they are kept, and where.
struct WeightMemory {
    std::optional<at::ScalarType> storage;  // matrices and kernels are rounded to it; none: the file's values
    std::optional<std::uint64_t> bytes;     // none: what half of this machine holds
    at::Device device = at::kCPU;           // where their values are computed with
};

enum class Keep { Computed, AsStored, OnDisk };

// Where each tensor of the file goes: everything in f32 when there is room, else in the type it is kept in, and what
// finds no room even so stays in the file. Vectors are small and always computed. The choice changes no value.
std::map<std::string, Keep> choosePlaces(const TensorFile& file, const WeightMemory& memory);

// From --dtype ("auto", "f32": the file's own values; "bf16", "f16") and --max-ram; 0: no limit. Computing is in f32.
Result<WeightMemory> weightMemory(const std::string& dtype, double maxRamGiB);

} // namespace s1::weights
