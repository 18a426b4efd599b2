#include "weights/load.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

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

Result<void> loadInto(torch::nn::Module& module, const TensorFile& file) {
    torch::NoGradGuard noGrad;
    std::string firstMissing;
    std::size_t missing = 0;
    for (auto& [name, tensor] : stateDict(module)) {
        const std::string stored = storedName(name, file);
        if (stored.empty()) {
            if (missing++ == 0)
                firstMissing = name;
            continue;
        }
        const auto& shape = file.tensors().at(stored).shape;
        // Old VAE files hold the attention projections as 1x1 convolutions in some conversions; same numbers.
        const bool sameCount = c10::multiply_integers(shape) == tensor.numel();
        std::vector<std::int64_t> trimmed = shape;
        while (trimmed.size() > static_cast<std::size_t>(tensor.dim()) && trimmed.back() == 1)
            trimmed.pop_back();
        if (!sameCount || tensor.sizes() != at::IntArrayRef(trimmed))
            return Error{ErrorCode::Corrupt,
                         fmt::format("tensor {} has shape [{}], the config asks for [{}]; config.json and weights do not "
                                     "belong together",
                                     name, fmt::join(shape, ","), fmt::join(tensor.sizes(), ",")),
                         name};
        S1_TRY(const at::Tensor value, file.read(stored));
        tensor.copy_(value.view(tensor.sizes()));
    }
    if (missing > 0)
        return Error{ErrorCode::Corrupt,
                     fmt::format("{} of the network's tensors are missing in the weights, the first is {}; get the file again",
                                 missing, firstMissing),
                     firstMissing};
    return {};
}

at::Tensor deterministicUniform(at::IntArrayRef shape, std::uint32_t k) {
    at::Tensor values = at::empty(shape, at::kFloat);
    float* data = values.data_ptr<float>();
    const std::uint32_t start = k * 0x9E3779B1u;
    for (std::int64_t i = 0; i < values.numel(); ++i)
        data[i] = static_cast<float>(mix(static_cast<std::uint32_t>(i) + start) / 4294967296.0 * 2 - 1);
    return values;
}

void fillDeterministic(torch::nn::Module& module) {
    torch::NoGradGuard noGrad;
    std::uint32_t k = 0;
    for (auto& [name, tensor] : stateDict(module)) { // std::map: sorted as bytes
        at::Tensor value = deterministicUniform(tensor.sizes(), k++);
        if (tensor.dim() >= 2) {
            value = value * std::sqrt(3.0 / static_cast<double>(tensor.numel() / tensor.size(0)));
        } else {
            value = name.ends_with(".bias") ? 0.1 * value : 1 + 0.1 * value;
        }
        tensor.copy_(value);
    }
}

} // namespace s1::weights
