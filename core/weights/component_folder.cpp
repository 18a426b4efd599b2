#include "weights/tensor_file.h"

#include "base/json.h"

#include <torch/torch.h>

#include <fmt/format.h>

#include <set>

namespace s1::weights {

namespace fs = std::filesystem;

namespace {

// Several shards behind one index file.
class ShardedFile final : public TensorFile {
public:
    static Result<TensorFilePtr> open(const fs::path& index) {
        S1_TRY(const nlohmann::json json, readJson(index));
        if (!json.contains("weight_map") || !json["weight_map"].is_object())
            return Error{ErrorCode::Corrupt, fmt::format("{} has no weight_map; get the file again", index.string()),
                         index.string()};
        auto file = std::make_unique<ShardedFile>();
        std::map<std::string, std::size_t> opened;
        for (const auto& [key, shard] : json["weight_map"].items()) {
            const std::string name = shard.is_string() ? shard.get<std::string>() : "";
            // Only siblings, and no index: it must not reach elsewhere on the disk, nor itself.
            if (name.empty() || name.find('/') != std::string::npos || name.find('\\') != std::string::npos ||
                name.ends_with(".index.json"))
                return Error{ErrorCode::Corrupt, fmt::format("{} names the shard {} for {}", index.string(), shard.dump(), key),
                             index.string()};
            if (!opened.contains(name)) {
                S1_TRY(TensorFilePtr part, openTensorFile(index.parent_path() / name));
                opened[name] = file->m_shards.size();
                file->m_shards.push_back(std::move(part));
            }
            const auto& part = *file->m_shards[opened[name]];
            const auto info = part.tensors().find(key);
            if (info == part.tensors().end())
                return Error{ErrorCode::Corrupt, fmt::format("{} promises {} in {}, which lacks it", index.string(), key, name), key};
            file->m_tensors[key] = info->second;
            file->m_home[key] = opened[name];
        }
        return TensorFilePtr(std::move(file));
    }

    Result<at::Tensor> read(const std::string& name) const override {
        const auto it = m_home.find(name);
        if (it == m_home.end())
            return Error{ErrorCode::NotFound, fmt::format("tensor {} is in no shard", name), name};
        return m_shards[it->second]->read(name);
    }

private:
    std::vector<TensorFilePtr> m_shards;
    std::map<std::string, std::size_t> m_home;
};

} // namespace

Result<TensorFilePtr> openTensorFile(const fs::path& path) {
    const std::string name = path.filename().string();
    if (name.ends_with(".index.json"))
        return ShardedFile::open(path);
    if (name.ends_with(".safetensors"))
        return openSafetensors(path);
    return openTorchZip(path);
}

Result<TensorFilePtr> openComponentWeights(const fs::path& folder) {
    std::string tried;
    for (const char* stem : {"diffusion_pytorch_model", "model", "pytorch_model"}) {
        for (const char* variant : {"", ".fp16"}) {
            for (const char* ending : {".safetensors", ".bin", ".safetensors.index.json", ".bin.index.json"}) {
                const fs::path path = folder / fmt::format("{}{}{}", stem, variant, ending);
                std::error_code ec;
                if (fs::exists(path, ec))
                    return openTensorFile(path);
            }
        }
    }
    return Error{ErrorCode::NotFound,
                 fmt::format("no weights in {}; expected diffusion_pytorch_model.safetensors, .bin or the like", folder.string()),
                 folder.string()};
}

Result<TensorMap> readAll(const TensorFile& file) {
    TensorMap tensors;
    for (const auto& [name, info] : file.tensors()) {
        S1_TRY(tensors[name], file.read(name));
    }
    return tensors;
}

Result<TensorMap> readSafetensors(const fs::path& path) {
    S1_TRY(const TensorFilePtr file, openSafetensors(path));
    return readAll(*file);
}

} // namespace s1::weights
