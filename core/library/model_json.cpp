#include "library/model_json.h"

#include "library/catalogue.h"
#include "library/file_hash.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace s1::library {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char* kSchema = "show1.models/1";

// Nothing where the value is not of the kind it has to be.
template <typename T>
std::optional<T> get(const json& object, const char* key, json::value_t type) {
    const auto it = object.is_object() ? object.find(key) : object.end();
    return it == object.end() || it->type() != type ? std::nullopt : std::optional(it->get<T>());
}

std::string text(const json& object, const char* key) {
    return get<std::string>(object, key, json::value_t::string).value_or("");
}

json list(const json& object, const char* key) {
    return get<json>(object, key, json::value_t::array).value_or(json(nullptr));
}

bool staysBelow(const std::string& path) {
    const fs::path relative(path);
    return !path.empty() && relative.is_relative() &&
           std::none_of(relative.begin(), relative.end(), [](const fs::path& part) { return part == ".."; });
}

std::optional<ModelFile> fileFrom(const json& object) {
    const auto size = get<std::uint64_t>(object, "size", json::value_t::number_unsigned);
    ModelFile file{text(object, "path"), size.value_or(0), text(object, "hash"),
                   get<bool>(object, "downloaded", json::value_t::boolean).value_or(false)};
    if (!size || !staysBelow(file.path) || (!file.hash.empty() && !isBlobName(file.hash)))
        return std::nullopt;
    return file;
}

std::optional<ModelPart> partFrom(const json& object) {
    ModelPart part{text(object, "repository"), text(object, "folder")};
    const json files = list(object, "files"), missing = list(object, "missing");
    if (!findRepository(part.repository) || !part.folder.is_absolute() || files.is_null() || missing.is_null())
        return std::nullopt;
    for (const json& item : files) {
        const auto file = fileFrom(item);
        if (!file)
            return std::nullopt;
        part.files.push_back(*file);
    }
    for (const json& item : missing) {
        part.missing.push_back(item.is_string() ? item.get<std::string>() : "");
        if (!staysBelow(part.missing.back()))
            return std::nullopt;
    }
    return part;
}

std::optional<RegisteredModel> modelFrom(const json& object) {
    RegisteredModel model{text(object, "name"), text(object, "marker")};
    const json parts = list(object, "parts");
    if (!isModelName(model.name) || parts.is_null())
        return std::nullopt;
    for (const json& item : parts) {
        auto part = partFrom(item);
        if (!part)
            return std::nullopt;
        model.put(std::move(*part));
    }
    return model;
}

json toJson(const ModelPart& part) {
    json files = json::array();
    for (const ModelFile& file : part.files)
        files.push_back(
            {{"path", file.path}, {"size", file.size}, {"hash", file.hash}, {"downloaded", file.downloaded}});
    return {
        {"repository", part.repository}, {"folder", part.folder.string()}, {"files", files}, {"missing", part.missing}};
}

} // namespace

json toJson(const std::vector<RegisteredModel>& models) {
    json list = json::array();
    for (const RegisteredModel& model : models) {
        json parts = json::array();
        for (const ModelPart& part : model.parts)
            parts.push_back(toJson(part));
        list.push_back({{"name", model.name}, {"marker", model.marker.string()}, {"parts", parts}});
    }
    return {{"schema", kSchema}, {"models", list}};
}

Result<std::vector<RegisteredModel>> modelsFromJson(const json& root, const std::string& file) {
    const Error wrong{ErrorCode::Corrupt,
                      fmt::format("{} is not as this version writes it; remove it and add the models again", file),
                      file};
    const json items = list(root, "models");
    if (text(root, "schema") != kSchema || items.is_null())
        return wrong;
    std::vector<RegisteredModel> models;
    for (const json& item : items) {
        auto model = modelFrom(item);
        if (!model || findModel(models, model->name))
            return wrong;
        models.push_back(std::move(*model));
    }
    return models;
}

} // namespace s1::library
