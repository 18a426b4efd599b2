#pragma once

#include "base/result.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace s1::library {

// A file the cascade reads, as it was when it was found or downloaded.
struct ModelFile {
    std::string path; // inside the part's folder
    std::uint64_t size = 0;
    std::string hash;        // a blob's name: SHA-256, of small files Git's SHA-1; empty: nobody said it
    bool downloaded = false; // by us, so that remove --delete may delete it
};

// One published repository of a model.
struct ModelPart {
    std::string repository; // "showlab/show-1-base"
    std::filesystem::path folder;
    std::vector<ModelFile> files;
    std::vector<std::string> missing; // looked for and not found
};

struct RegisteredModel {
    std::string name;
    std::filesystem::path marker; // toyland.json of a model like the embedded one; empty: a published one
    std::vector<ModelPart> parts;

    ModelPart* find(std::string_view repository);
    const ModelPart* find(std::string_view repository) const;
    void put(ModelPart part); // in place of the same repository's
};

bool isModelName(std::string_view name);

// The models somebody registered: models.json, and for each model a folder models/<name> with a link per part, which is
// what the loader opens. Nothing is copied. Reading it looks at no model folder.
class ModelStore {
public:
    explicit ModelStore(std::filesystem::path dataFolder) : m_folder(std::move(dataFolder)) {}

    Result<std::vector<RegisteredModel>> load() const;
    std::filesystem::path folderOf(const std::string& name) const { return m_folder / "models" / name; }

    using Change = std::function<Result<void>(std::vector<RegisteredModel>&)>;
    Result<void> update(const Change& change) const; // alone: other processes wait

private:
    Result<void> makeLinks(const RegisteredModel& model) const;
    Result<void> removeLinks(const std::string& name) const;

    std::filesystem::path m_folder;
};

RegisteredModel* findModel(std::vector<RegisteredModel>& models, std::string_view name);

// Files that are not there now, by "show-1-base/unet/config.json"; of a part that is not there, its name. A stat for
// each.
std::vector<std::string> missingFiles(const RegisteredModel& model);

} // namespace s1::library
