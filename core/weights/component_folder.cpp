#include "weights/tensor_file.h"

#include "base/input_file.h"
#include "base/json.h"
#include "weights/contained_file.h"
#include "weights/load.h"
#include "weights/tensor_rules.h"

#include <torch/torch.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace s1::weights {

namespace fs = std::filesystem;

namespace {

// "model-00001-of-00002.safetensors" beside "model.safetensors.index.json".
bool isShardOf(const std::string& name, const fs::path& index) {
    const fs::path whole = index.stem().stem(); // model.safetensors
    return name.starts_with(whole.stem().string() + "-") && name.find("-of-") != name.npos &&
           name.ends_with(whole.extension().string());
}

// Several shards behind one index file.
class ShardedFile final : public TensorFile {
public:
    static Result<TensorFilePtr> open(const fs::path& index) {
        auto file = std::make_unique<ShardedFile>();
        file->m_name = index.string();
        S1_CHECK(file->readIndex(index));
        S1_CHECK(file->checkOthers(index));
        return TensorFilePtr(std::move(file));
    }

    Result<at::Tensor> read(const std::string& name) const override {
        const auto it = m_home.find(name);
        if (it == m_home.end())
            return Error{ErrorCode::NotFound, fmt::format("tensor {} is in no shard of {}", name, m_name), name};
        return m_shards.at(it->second)->read(name);
    }

private:
    Error corrupt(const std::string& why, const std::string& subject) const {
        return {ErrorCode::Corrupt, fmt::format("{} {}; get the files again", m_name, why), subject};
    }

    Result<void> readIndex(const fs::path& index) {
        S1_TRY(const nlohmann::json json, readJson(index));
        if (!json.contains("weight_map") || !json["weight_map"].is_object() || json["weight_map"].size() > kMostTensors)
            return corrupt("has no usable weight_map", m_name);
        for (const auto& [key, shard] : json["weight_map"].items()) {
            const std::string name = shard.is_string() ? shard.get<std::string>() : "";
            S1_TRY(const fs::path path, containedFile(index.parent_path(), name));
            if (name.ends_with(".index.json")) // it could name itself
                return corrupt(fmt::format("names the index {} as a shard", name), m_name);
            if (!m_shards.contains(name)) {
                S1_TRY(m_shards[name], openTensorFile(path));
            }
            const auto& tensors = m_shards[name]->tensors();
            const auto info = tensors.find(key);
            if (info == tensors.end())
                return corrupt(fmt::format("promises {} in {}, which lacks it", shownName(key), name), key);
            m_tensors[key] = info->second;
            m_home[key] = name;
        }
        return {};
    }

    // What the index leaves open: a tensor that is in two shards, a shard that it does not name.
    Result<void> checkOthers(const fs::path& index) const {
        for (const auto& [name, shard] : m_shards)
            for (const auto& [key, info] : shard->tensors())
                if (const auto home = m_home.find(key); home != m_home.end() && home->second != name)
                    return corrupt(fmt::format("has {} in {}, but {} holds it too", key, home->second, name), key);
        std::error_code ec;
        for (const auto& entry : fs::directory_iterator(index.parent_path(), ec))
            if (const std::string name = entry.path().filename().string();
                isShardOf(name, index) && !m_shards.contains(name))
                return corrupt(fmt::format("does not name the shard {} beside it", shownName(name)), name);
        return {};
    }

    std::map<std::string, TensorFilePtr> m_shards;
    std::map<std::string, std::string> m_home;
};

// The file's place in the folder if something is there, a dangling link included. None if nothing is.
Result<std::optional<fs::path>> present(const fs::path& folder, const std::string& name) {
    std::error_code ec;
    const auto status = fs::symlink_status(folder / name, ec);
    if (status.type() == fs::file_type::not_found)
        return std::optional<fs::path>();
    if (ec)
        return Error{ErrorCode::Io,
                     fmt::format("cannot look into {} ({}); check its permissions", folder.string(), ec.message()),
                     folder.string()};
    S1_TRY(const fs::path path, containedFile(folder, name));
    return std::optional(path);
}

Result<std::optional<fs::path>> findWeights(const fs::path& folder) {
    for (const char* stem : {"diffusion_pytorch_model", "model", "pytorch_model"})
        for (const char* variant : {"", ".fp16"})
            for (const char* ending : {".safetensors", ".bin", ".safetensors.index.json", ".bin.index.json"}) {
                S1_TRY(const auto path, present(folder, fmt::format("{}{}{}", stem, variant, ending)));
                if (path)
                    return path;
            }
    return std::optional<fs::path>();
}

Error incomplete(const fs::path& folder, bool hasConfig, bool hasWeights) {
    return {ErrorCode::NotFound,
            fmt::format("no {} in {}: config.json is {}, weights such as diffusion_pytorch_model.safetensors or .bin "
                        "are {}; the folder {}; "
                        "add the missing file",
                        hasConfig ? "weights" : "config.json", folder.string(), hasConfig ? "present" : "missing",
                        hasWeights ? "present" : "missing", contentsOf(folder)),
            folder.string()};
}

} // namespace

Result<TensorFilePtr> openTensorFile(const fs::path& path) {
    if (path.filename().string().ends_with(".index.json"))
        return ShardedFile::open(path);
    S1_TRY(const InputFile file, InputFile::open(path));
    char head[4] = {};
    S1_TRY(const std::size_t size, file.readUpTo(0, head, sizeof head));
    // Never by extension: people rename files, and so do attackers.
    if (std::string_view(head, size) == "PK\3\4")
        return openTorchZip(path);
    return openSafetensors(path);
}

Result<TensorFilePtr> openComponentWeights(const fs::path& folder) {
    S1_TRY(const auto weights, findWeights(folder));
    if (weights)
        return openTensorFile(*weights);
    S1_TRY(const auto config, present(folder, "config.json"));
    return incomplete(folder, config.has_value(), false);
}

Result<nlohmann::json> readComponentConfig(const fs::path& folder) {
    S1_TRY(const auto config, present(folder, "config.json"));
    if (config)
        return readJson(*config);
    S1_TRY(const auto weights, findWeights(folder));
    return incomplete(folder, false, weights.has_value());
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
