#include "engine/model_registry.h"

#include "base/files.h"
#include "library/catalogue.h"
#include "library/hub_settings.h"

#include <fmt/format.h>

#include <algorithm>

namespace s1 {

namespace fs = std::filesystem;

namespace {

const char* const kEmbeddedFiles[] = {"base/unet/diffusion_pytorch_model.safetensors", "base/text_encoder/model.safetensors",
                                      "base/tokenizer/spiece.model", "interpolation/unet/diffusion_pytorch_model.safetensors",
                                      "sr1/unet/diffusion_pytorch_model.safetensors", "sr2/unet/diffusion_pytorch_model.safetensors",
                                      "sr2/vae/diffusion_pytorch_model.safetensors"};

ModelPartInfo describePart(const library::Repository& repository, const library::ModelPart* part,
                           const std::vector<std::string>& missing) {
    ModelPartInfo info{.name = std::string(repository.name()), .licence = std::string(repository.licence)};
    const std::string prefix = info.name + "/";
    for (const std::string& file : missing)
        if (file.starts_with(prefix))
            info.missing.push_back(file.substr(prefix.size()));
    if (!part)
        return info;
    info.folder = part->folder;
    for (const library::ModelFile& file : part->files)
        if (std::find(info.missing.begin(), info.missing.end(), file.path) == info.missing.end())
            info.bytes += file.size;
    return info;
}

} // namespace

ModelInfo describeModel(const library::RegisteredModel& model, const fs::path& folder) {
    ModelInfo info{.name = model.name,
                   .title = model.name == library::kPublishedModel ? "Show-1" : model.name,
                   .folder = folder,
                   .kind = model.marker.empty() ? ModelKind::Published : ModelKind::Embedded};
    info.missing = library::missingFiles(model);
    info.complete = info.missing.empty();
    for (const library::Repository& repository : library::repositories()) {
        const library::ModelPart* const part = model.find(repository.id);
        const std::string name(repository.name());
        if (part || std::find(info.missing.begin(), info.missing.end(), name) != info.missing.end())
            info.parts.push_back(describePart(repository, part, info.missing));
    }
    return info;
}

ModelRegistry::ModelRegistry(fs::path resourceFolder) : ModelRegistry(std::move(resourceFolder), library::dataFolder()) {}

ModelRegistry::ModelRegistry(fs::path resourceFolder, fs::path dataFolder)
    : m_embedded(resourceFolder / "models" / "toyland"), m_store(std::move(dataFolder)) {}

std::vector<ModelInfo> ModelRegistry::models() const {
    ModelInfo toyland{.name = "toyland", .title = "Embedded model (Toyland)", .folder = m_embedded, .kind = ModelKind::Embedded};
    std::error_code ec;
    for (const char* file : kEmbeddedFiles)
        if (!fs::exists(m_embedded / file, ec))
            toyland.missing.emplace_back(file);
    toyland.complete = toyland.missing.empty();
    std::vector<ModelInfo> models{toyland};
    const auto registered = m_store.load();
    if (!registered) // a damaged list is said by the verbs that change it
        return models;
    for (const library::RegisteredModel& model : *registered) {
        ModelInfo info = describeModel(model, m_store.folderOf(model.name));
        info.registered = true;
        models.push_back(std::move(info));
    }
    return models;
}

Result<fs::path> ModelRegistry::resolve(const std::string& model) const {
    std::error_code ec;
    if (model.empty() || model == "toyland") {
        if (!fs::is_directory(m_embedded, ec))
            return Error{ErrorCode::NotFound, fmt::format("the embedded model is not at {}; install the program again", m_embedded.string()), m_embedded.string()};
        return m_embedded;
    }
    if (library::isModelName(model) && fs::is_directory(m_store.folderOf(model), ec))
        return m_store.folderOf(model);
    if (fs::is_directory(model, ec))
        return fs::path(model);
    return Error{ErrorCode::NotFound, fmt::format("there is no model \"{}\"; give a name of `show1-cli models list` or a folder with the published repositories", model), model};
}

ModelKind ModelRegistry::kindOf(const std::string& model) const {
    if (model.empty() || model == "toyland") // also where its weights are missing
        return ModelKind::Embedded;
    const auto folder = resolve(model);
    return folder ? modelKindOf(*folder) : ModelKind::Published;
}

fs::path findResourceFolder(const fs::path& wished) {
    if (!wished.empty())
        return wished;
    std::error_code ec;
    const fs::path program = fs::read_symlink("/proc/self/exe", ec).parent_path();
    for (const fs::path& candidate : {program / "../share/show1-studio", program / "resources", fs::path(S1_SOURCE_RESOURCES)})
        if (fs::is_directory(candidate / "models", ec))
            return candidate;
    return S1_SOURCE_RESOURCES;
}

std::string fingerprint(const fs::path& modelFolder) {
    std::vector<std::string> lines;
    std::error_code ec;
    for (const auto& entry : fs::recursive_directory_iterator(modelFolder, fs::directory_options::follow_directory_symlink, ec)) {
        if (!entry.is_regular_file(ec))
            continue;
        const auto time = entry.last_write_time(ec).time_since_epoch().count();
        lines.push_back(fmt::format("{} {} {}", fs::relative(entry.path(), modelFolder, ec).string(), entry.file_size(ec), time));
    }
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (const auto& line : lines)
        all += line + "\n";
    return sha256(all);
}

} // namespace s1
