#pragma once

#include "engine/engine.h"

namespace s1 {

// Which models there are and where. Reads folder names and sizes only. const use from any thread.
class ModelRegistry {
public:
    // resourceFolder holds models/toyland.
    explicit ModelRegistry(std::filesystem::path resourceFolder);

    std::vector<ModelInfo> models() const;
    // A registered name or a folder; empty: the embedded model. NotFound names it.
    Result<std::filesystem::path> resolve(const std::string& model) const;
    ModelKind kindOf(const std::string& model) const;

private:
    std::filesystem::path m_embedded;
};

// Beside the executable or in the source tree, whichever has models/.
std::filesystem::path findResourceFolder(const std::filesystem::path& wished);

// Changes when any weight or config file of the folder does: names, sizes and times, hashed.
std::string fingerprint(const std::filesystem::path& modelFolder);

} // namespace s1
