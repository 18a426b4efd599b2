#include "weights/weight_memory.h"

#include "base/process_memory.h"

#include <fmt/format.h>

#include <algorithm>

namespace s1::weights {

Result<WeightMemory> weightMemory(const std::string& dtype, double maxRamGiB) {
    const std::map<std::string, std::optional<at::ScalarType>> types = {{"auto", {}}, {"f32", {}}, {"bf16", at::kBFloat16}, {"f16", at::kHalf}};
    const auto type = types.find(dtype);
    if (type == types.end())
        return Error{ErrorCode::InvalidArgument, fmt::format("there is no dtype \"{}\"; use auto, f32, bf16 or f16", dtype), "--dtype"};
    if (!(maxRamGiB >= 0 && maxRamGiB < 1e6))
        return Error{ErrorCode::InvalidArgument, fmt::format("{} GiB is no amount of memory; use 1 or more", maxRamGiB), "--max-ram"};
    WeightMemory memory{.storage = type->second};
    if (maxRamGiB > 0)
        memory.bytes = static_cast<std::uint64_t>(maxRamGiB * (1u << 30));
    return memory;
}

std::map<std::string, Keep> choosePlaces(const TensorFile& file, const WeightMemory& memory) {
    const std::uint64_t budget = memory.bytes.value_or(machineMemory() / 2);
    struct Size {
        std::uint64_t computed = 0, kept = 0;
    };
    std::map<std::string, Size> sizes;
    Size all, largest;
    for (const auto& [name, info] : file.tensors()) {
        const auto values = static_cast<std::uint64_t>(c10::multiply_integers(info.shape));
        const bool vector = info.shape.size() < 2;
        const Size size{4 * values, vector ? 4 * values : values * c10::elementSize(memory.storage.value_or(info.dtype))};
        all = {all.computed + size.computed, all.kept + size.kept};
        largest = {std::max(largest.computed, size.computed), std::max(largest.kept, size.kept)};
        if (!vector)
            sizes[name] = size;
    }
    std::map<std::string, Keep> places;
    const bool computed = all.computed <= budget, kept = all.kept + largest.computed <= budget;
    // One tensor at a time is on its way: as read, and as computed with.
    const std::uint64_t passing = largest.computed + largest.kept;
    std::uint64_t left = budget - std::min(budget, passing);
    for (const auto& [name, info] : file.tensors()) {
        const auto it = sizes.find(name);
        places[name] = Keep::Computed;
        if (computed || it == sizes.end())
            continue;
        const bool fits = kept || it->second.kept <= left;
        places[name] = fits ? Keep::AsStored : Keep::OnDisk;
        if (fits && !kept)
            left -= it->second.kept;
    }
    return places;
}

} // namespace s1::weights
