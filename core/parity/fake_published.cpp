#include "parity/fake_published.h"

#include "base/files.h"
#include "cascade/model_set.h"
#include "text/text_encoder.h"
#include "weights/load.h"

#include <fmt/format.h>

namespace s1::parity {

namespace fs = std::filesystem;

namespace {

Result<void> writeWeights(const fs::path& file, const torch::nn::Module& network, at::ScalarType type) {
    weights::TensorMap shapes;
    std::map<std::string, std::uint32_t> numbers; // in the order of the sorted names, as fillDeterministic counts
    for (const auto& [name, tensor] : weights::stateDict(network)) {
        shapes[name] = at::zeros({1}, type).expand(tensor.sizes());
        numbers.emplace(name, static_cast<std::uint32_t>(numbers.size()));
    }
    return weights::writeSafetensors(file, shapes, [&](const std::string& name) {
        return weights::deterministicWeight(name, shapes.at(name).sizes(), numbers.at(name)).to(type);
    });
}

template <typename Network, typename Config>
Result<std::shared_ptr<torch::nn::Module>> built(const fs::path& folder) {
    S1_TRY(const std::shared_ptr<torch::nn::Module> network, (weights::buildNetwork<Network, Config>(folder)));
    return network;
}

// What stands in folder/config.json.
Result<std::shared_ptr<torch::nn::Module>> build(const fs::path& folder, const std::string& component) {
    if (component == "unet")
        return built<nn::UNet, nn::UNetConfig>(folder);
    if (component == "vae")
        return built<nn::Vae, nn::VaeConfig>(folder);
    if (folder.parent_path().filename() == cascade::toString(cascade::Part::Translation))
        return built<text::ClipEncoder, text::ClipConfig>(folder);
    return built<text::T5Encoder, text::T5Config>(folder);
}

// Every byte a token of its own, and the two of CLIP where they are.
Result<void> writeClipTokenizer(const fs::path& folder) {
    nlohmann::json vocabulary = {{"<|startoftext|>", 49406}, {"<|endoftext|>", 49407}};
    int next = 0;
    for (char c = '!'; c <= '~'; ++c)
        for (const char* end : {"", "</w>"})
            vocabulary[std::string(1, c) + end] = next++;
    S1_CHECK(writeFileAtomically(folder / "vocab.json", vocabulary.dump()));
    return writeFileAtomically(folder / "merges.txt", "#version: 0.2\n");
}

} // namespace

Result<void> writeFakePublished(const fs::path& resources, const fs::path& target, const std::string& dtype,
                                const std::function<void(const fs::path&)>& onFile) {
    const std::map<std::string, at::ScalarType> types = {{"f16", at::kHalf}, {"bf16", at::kBFloat16}, {"f32", at::kFloat}};
    const auto known = types.find(dtype);
    if (known == types.end())
        return Error{ErrorCode::InvalidArgument, fmt::format("there is no type \"{}\"; use f16, bf16 or f32", dtype), "--type"};
    const at::ScalarType type = known->second;
    std::error_code ec;
    for (const cascade::Part part : cascade::kParts) {
        const fs::path folder = target / cascade::toString(part);
        fs::create_directories(folder, ec);
        fs::copy(resources / "published" / cascade::toString(part), folder, fs::copy_options::recursive | fs::copy_options::overwrite_existing, ec);
        if (ec)
            return Error{ErrorCode::CannotCreate, fmt::format("cannot write {} ({}); choose another place", folder.string(), ec.message()), folder.string()};
        for (const char* component : {"text_encoder", "unet", "vae"}) {
            if (!fs::exists(folder / component, ec))
                continue;
            S1_TRY(const auto network, build(folder / component, component));
            const fs::path file = folder / component / (component == std::string("text_encoder") ? "model.safetensors" : "diffusion_pytorch_model.safetensors");
            if (onFile)
                onFile(file);
            S1_CHECK(writeWeights(file, *network, type));
        }
    }
    const fs::path clip = target / cascade::toString(cascade::Part::Translation) / "tokenizer", t5 = target / cascade::toString(cascade::Part::Base) / "tokenizer";
    fs::create_directories(clip, ec);
    S1_CHECK(writeClipTokenizer(clip));
    fs::create_directories(t5, ec);
    S1_TRY(const auto embedded, cascade::ModelSet::open(resources / "models" / "toyland"));
    S1_TRY(const auto base, embedded.folderOf(cascade::Part::Base));
    fs::copy_file(base / "tokenizer" / "spiece.model", t5 / "spiece.model", fs::copy_options::overwrite_existing, ec);
    if (ec)
        return Error{ErrorCode::Io, fmt::format("cannot copy the tokenizer to {} ({}); free some space", t5.string(), ec.message()), t5.string()};
    return {};
}

} // namespace s1::parity
