#pragma once

#include "engine/engine.h"
#include "library/model_store.h"

namespace s1 {

// Which models there are and where: the embedded one, and those that models.json registers. Reads that file and looks
// whether the files it names are there; walks no folder. const use from any thread.
class ModelRegistry {
public:
    // resourceFolder holds models/toyland, dataFolder models.json.
    explicit ModelRegistry(std::filesystem::path resourceFolder);
    ModelRegistry(std::filesystem::path resourceFolder, std::filesystem::path dataFolder);

    std::vector<ModelInfo> models() const;
    const library::ModelStore& store() const { return m_store; }
    // A registered name, else a folder; empty: the embedded model. NotFound names it.
    Result<std::filesystem::path> resolve(const std::string& model) const;
    ModelKind kindOf(const std::string& model) const;

private:
    std::filesystem::path m_embedded;
    library::ModelStore m_store;
};

// What is there of a model and what is not: a stat for each file.
ModelInfo describeModel(const library::RegisteredModel& model, const std::filesystem::path& folder);

// Beside the executable or in the source tree, whichever has models/.
std::filesystem::path findResourceFolder(const std::filesystem::path& wished);

// Changes when any weight or config file of the folder does: names, sizes and times, hashed.
std::string fingerprint(const std::filesystem::path& modelFolder);

} // namespace s1
