#include "model_folder.h"

#include "base/json.h"
#include "library/catalogue.h"
#include "library/find_parts.h"
#include "weights/summary.h"

#include <algorithm>

namespace s1::cli {

namespace fs = std::filesystem;

namespace {

std::string classOf(const fs::path& folder) {
    const auto config = readJson(folder / "config.json");
    if (!config || !config->is_object())
        return {};
    if (const auto it = config->find("_class_name"); it != config->end() && it->is_string())
        return it->get<std::string>();
    const auto it = config->find("architectures"); // a text encoder's
    return it != config->end() && it->is_array() && !it->empty() && it->front().is_string() ? it->front().get<std::string>() : "";
}

FolderComponent componentAt(const fs::path& folder, std::string name) {
    FolderComponent component{.name = std::move(name), .className = classOf(folder)};
    if (const auto summary = weights::summarizeComponent(folder)) {
        component.tensors = summary->tensors;
        component.parameters = summary->parameters;
        component.storedBytes = summary->storedBytes;
        component.f32Bytes = summary->f32Bytes;
    } else {
        component.error = summary.error();
    }
    return component;
}

bool hasConfig(const fs::path& folder) {
    std::error_code ec;
    return fs::exists(folder / "config.json", ec);
}

// A network's folder, or one with several that lacks its model_index.json.
ModelFolder looseNetworks(const fs::path& folder) {
    ModelFolder found;
    if (hasConfig(folder)) {
        found.components.push_back(componentAt(folder, "."));
    } else {
        std::error_code ec;
        for (const auto& entry : fs::directory_iterator(folder, ec))
            if (hasConfig(entry.path()))
                found.components.push_back(componentAt(entry.path(), entry.path().filename().string()));
        std::ranges::sort(found.components, {}, &FolderComponent::name);
        found.missing.push_back("model_index.json");
    }
    for (const FolderComponent& component : found.components)
        if (component.error && component.error->code == ErrorCode::NotFound)
            found.missing.push_back(component.name + ": weights");
    return found;
}

} // namespace

Result<ModelFolder> inspectModelFolder(const fs::path& folder) {
    const auto parts = library::findParts(folder);
    if (!parts) {
        if (auto loose = looseNetworks(folder); parts.error().code == ErrorCode::NotFound && !loose.components.empty())
            return loose;
        return parts.error();
    }
    ModelFolder found;
    for (const library::Repository& repository : library::repositories()) {
        const std::string name(repository.name());
        const auto part = std::ranges::find(*parts, repository.id, &library::ModelPart::repository);
        if (part == parts->end()) {
            if (parts->size() > 1) // a set that lacks it, not a repository alone
                found.missing.push_back(name);
            continue;
        }
        for (const std::string& file : part->missing)
            found.missing.push_back(name + "/" + file);
        for (const std::string_view network : repository.networks)
            if (fs::exists(part->folder / network))
                found.components.push_back(componentAt(part->folder / network, name + "/" + std::string(network)));
    }
    return found;
}

} // namespace s1::cli
