#include "weights/load.h"

#include "base/listing.h"
#include "base/notice.h"
#include "base/process_memory.h"
#include "weights/guard.h"
#include "weights/value_scan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <set>

namespace s1::weights {

namespace {

struct Rename {
    std::string_view now, before;
};
constexpr Rename kOldVaeNames[] = {{".to_q.", ".query."}, {".to_k.", ".key."}, {".to_v.", ".value."}, {".to_out.0.", ".proj_attn."}};

std::string oldName(const std::string& name) {
    for (const auto& [now, before] : kOldVaeNames)
        if (const auto at = name.find(now); at != std::string::npos)
            return name.substr(0, at) + std::string(before) + name.substr(at + now.size());
    return {};
}

// T5 stores its embedding under two tied names.
std::string storedName(const std::string& name, const TensorFile& file) {
    if (file.tensors().contains(name))
        return name;
    if (const std::string old = oldName(name); !old.empty() && file.tensors().contains(old))
        return old;
    if (name == "shared.weight" && file.tensors().contains("encoder.embed_tokens.weight"))
        return "encoder.embed_tokens.weight";
    return {};
}

// The stored name of each tensor of the module. Where some are missing, the file is of another model: both sides of the
// difference say which.
Result<std::map<std::string, std::string>> findSources(const TensorMap& state, const TensorFile& file) {
    std::map<std::string, std::string> sources;
    std::set<std::string> used;
    std::vector<std::string> missing, extra;
    for (const auto& [name, tensor] : state) {
        const std::string stored = storedName(name, file);
        if (stored.empty())
            missing.push_back(name);
        sources[name] = stored;
        used.insert(stored);
    }
    if (missing.empty())
        return sources;
    for (const auto& [name, info] : file.tensors())
        if (!used.contains(name))
            extra.push_back(name);
    return Error{ErrorCode::Corrupt,
                 fmt::format("{} of the network's {} tensors are missing in {} ({}){}; get the weights that belong to its config.json",
                             missing.size(), state.size(), file.name(), firstOf(missing),
                             extra.empty() ? "" : fmt::format(", and {} there belong to another ({})", extra.size(), firstOf(extra))),
                 missing[0]};
}

// The stored shape may end in axes of 1: old VAE files hold the attention projections as 1x1 convolutions in some
// conversions; same numbers.
Result<void> checkShapes(const TensorMap& state, const std::map<std::string, std::string>& sources, const TensorFile& file) {
    for (const auto& [name, tensor] : state) {
        const auto& shape = file.tensors().at(sources.at(name)).shape;
        std::vector<std::int64_t> trimmed = shape;
        while (trimmed.size() > static_cast<std::size_t>(tensor.dim()) && trimmed.back() == 1)
            trimmed.pop_back();
        if (tensor.sizes() != at::IntArrayRef(trimmed))
            return Error{ErrorCode::Corrupt,
                         fmt::format("tensor {} of {} has shape [{}], the config asks for [{}]; config.json and weights do not "
                                     "belong together",
                                     name, file.name(), fmt::join(shape, ","), fmt::join(tensor.sizes(), ",")),
                         name};
    }
    return {};
}

// Published files hold f32, or f16 where their name says fp16. Others are used, too, but their values are not these.
void noticeOtherType(const std::map<std::string, std::string>& sources, const TensorFile& file) {
    const bool half = file.name().find(".fp16.") != std::string::npos;
    std::map<std::string_view, int> others;
    for (const auto& [name, stored] : sources)
        if (const auto type = file.tensors().at(stored).dtype; type != at::kHalf && (half || type != at::kFloat))
            ++others[c10::toString(type)];
    std::string counts;
    for (const auto& [type, count] : others)
        counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", count, type);
    if (!counts.empty())
        notice(fmt::format("{} holds other number types than published files do ({} of {} tensors); they were converted", file.name(),
                           counts, sources.size()));
}

std::uint32_t mix(std::uint32_t x) {
    x ^= x >> 16;
    x *= 0x7feb352du;
    x ^= x >> 15;
    x *= 0x846ca68bu;
    return x ^ (x >> 16);
}

} // namespace

TensorMap stateDict(const torch::nn::Module& module) {
    TensorMap tensors;
    for (const auto& item : module.named_parameters())
        tensors[item.key()] = item.value();
    for (const auto& item : module.named_buffers())
        tensors[item.key()] = item.value();
    return tensors;
}

namespace {

bool hasMemory(const at::Tensor& parameter) { return parameter.storage().nbytes() >= parameter.nbytes(); }

// Sizes and type as the network keeps it.
at::Tensor asKept(const at::Tensor& stored, at::IntArrayRef sizes, const WeightMemory& memory) {
    const at::Tensor value = stored.view(sizes);
    if (sizes.size() < 2 || value.scalar_type() == at::kDouble)
        return value.to(at::kFloat); // f64 may leave f32's range
    return memory.storage ? value.to(*memory.storage) : value;
}

std::function<at::Tensor()> reader(const std::shared_ptr<const TensorFile>& file, const std::string& name, at::IntArrayRef sizes, const WeightMemory& memory) {
    return [=, shape = sizes.vec()] {
        auto stored = file->read(name);
        if (!stored)
            throw ReadFailed(stored.error());
        return asKept(*stored, shape, memory).to(memory.device);
    };
}

Result<ValueScan> checkFinite(const at::Tensor& value, const std::string& stored, const TensorFile& file) {
    const ValueScan scan = scanValues(value);
    if (scan.notFinite == 0)
        return scan;
    return Error{ErrorCode::Corrupt,
                 fmt::format("tensor {} of {} holds {} values that are NaN or infinite; get the file again", stored, file.name(), scan.notFinite),
                 stored};
}

Result<void> load(torch::nn::Module& module, const TensorFile& file, const std::shared_ptr<const TensorFile>& shared, const WeightMemory& memory,
                  const std::map<std::string, Keep>& places) {
    torch::NoGradGuard noGrad;
    TensorMap state = stateDict(module);
    S1_TRY(const auto sources, findSources(state, file));
    S1_CHECK(checkShapes(state, sources, file));
    ValueScan all;
    std::vector<std::string> empty;
    for (auto& [name, tensor] : state) {
        const std::string& source = sources.at(name);
        S1_TRY(const at::Tensor stored, file.read(source));
        const at::Tensor kept = asKept(stored, tensor.sizes(), memory);
        S1_TRY(const ValueScan scan, checkFinite(kept, source, file));
        all.values += scan.values;
        all.huge += scan.huge;
        if (tensor.dim() > 1 && scan.zero == scan.values) // a bias may well be
            empty.push_back(source);
        const auto place = places.find(source);
        const Keep keep = place == places.end() ? Keep::Computed : place->second;
        if (hasMemory(tensor)) // learns, or is not from newParameter(), so that nobody asks valueOf() for it
            tensor.copy_(kept);
        else if (keep == Keep::OnDisk)
            leaveOnDisk(tensor, memory.device, reader(shared, source, tensor.sizes(), memory));
        else if (keep == Keep::AsStored)
            setParameter(tensor, kept.to(memory.device));
        else
            setParameter(tensor, kept.to(memory.device, tensor.scalar_type()));
    }
    if (all.huge > all.values / 100)
        return Error{ErrorCode::Corrupt,
                     fmt::format("{} of the {} values in {} are beyond 10000, as if its bytes were swapped; get the file again", all.huge,
                                 all.values, file.name()),
                     file.name()};
    noticeOtherType(sources, file);
    if (!empty.empty())
        notice(fmt::format("{} of the {} tensors in {} hold nothing but zeros ({}), as if they were never trained", empty.size(), state.size(),
                           file.name(), firstOf(empty)));
    return {};
}

} // namespace

Result<void> loadInto(torch::nn::Module& module, const TensorFile& file) { return load(module, file, {}, {}, {}); }

Result<void> loadInto(torch::nn::Module& module, const std::shared_ptr<const TensorFile>& file, const WeightMemory& memory) {
    return load(module, *file, file, memory, choosePlaces(*file, memory));
}

Result<void> checkMemoryFor(const TensorFile& file, const WeightMemory& memory) {
    if (memory.bytes)
        return {};
    double needed = 0;
    for (const auto& [name, info] : file.tensors())
        needed += static_cast<double>(c10::multiply_integers(info.shape)) * static_cast<double>(c10::elementSize(memory.storage.value_or(info.dtype)));
    const auto machine = static_cast<double>(machineMemory());
    if (needed <= machine)
        return {};
    constexpr double kGiB = 1u << 30;
    return Error{ErrorCode::OutOfMemory,
                 fmt::format("{} needs {:.1f} GiB of memory, this machine has {:.1f}; --max-ram {:.0f} leaves it on disk, or choose a smaller model",
                             file.name(), needed / kGiB, machine / kGiB, std::floor(machine / kGiB / 2)),
                 file.name()};
}

Error cannotBuild(const std::filesystem::path& folder, const std::exception& why) {
    const auto* error = dynamic_cast<const c10::Error*>(&why);
    const std::string text = error ? error->what_without_backtrace() : why.what();
    return {ErrorCode::OutOfMemory,
            fmt::format("{} asks for a network that cannot be made ({}); get the file again", (folder / "config.json").string(),
                        firstLine(text)),
            folder.string()};
}

at::Tensor deterministicUniform(at::IntArrayRef shape, std::uint32_t k) {
    at::Tensor values = at::empty(shape, at::kFloat);
    float* data = values.data_ptr<float>();
    const std::uint32_t start = k * 0x9E3779B1u;
    for (std::int64_t i = 0; i < values.numel(); ++i)
        data[i] = static_cast<float>(mix(static_cast<std::uint32_t>(i) + start) / 4294967296.0 * 2 - 1);
    return values;
}

at::Tensor deterministicWeight(const std::string& name, at::IntArrayRef shape, std::uint32_t k) {
    const at::Tensor value = deterministicUniform(shape, k);
    if (shape.size() >= 2)
        return value * std::sqrt(3.0 / static_cast<double>(c10::multiply_integers(shape.slice(1))));
    return name.ends_with(".bias") ? 0.1 * value : 1 + 0.1 * value;
}

void fillDeterministic(torch::nn::Module& module, const WeightMemory& memory) {
    torch::NoGradGuard noGrad;
    std::uint32_t k = 0;
    for (auto& [name, tensor] : stateDict(module)) { // std::map: sorted as bytes
        const at::Tensor value = asKept(deterministicWeight(name, tensor.sizes(), k++), tensor.sizes(), memory).to(at::kFloat);
        if (hasMemory(tensor))
            tensor.copy_(value);
        else
            setParameter(tensor, value);
    }
}

} // namespace s1::weights
