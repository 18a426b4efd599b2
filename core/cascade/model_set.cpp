#include "cascade/model_set.h"

#include "base/json.h"
#include "weights/load.h"

#include <fmt/format.h>

#include <set>

namespace s1::cascade {

namespace fs = std::filesystem;

std::string_view toString(Part part) {
    switch (part) {
    case Part::Base: return "show-1-base";
    case Part::Interpolation: return "show-1-interpolation";
    case Part::FirstFrame: return "IF-II-L-v1.0";
    case Part::Superres: return "show-1-sr1";
    case Part::Translation: return "show-1-sr2";
    }
    return "";
}

namespace {

std::optional<Part> partOfPipeline(const std::string& className) {
    if (className == "TextToVideoIFPipeline")
        return Part::Base;
    if (className == "TextToVideoIFInterpPipeline")
        return Part::Interpolation;
    if (className == "IFSuperResolutionPipeline")
        return Part::FirstFrame;
    if (className == "TextToVideoIFSuperResolutionPipeline_Cond")
        return Part::Superres;
    if (className == "VideoToVideoSDPipeline")
        return Part::Translation;
    return std::nullopt;
}

// model_index.json lies in the part's folder, its child, or the snapshot of a hub cache.
void findParts(const fs::path& folder, int depth, std::map<Part, fs::path>& found) {
    std::error_code ec;
    if (fs::exists(folder / "model_index.json", ec)) {
        const auto json = readJson(folder / "model_index.json");
        if (!json || !json->contains("_class_name") || !json->at("_class_name").is_string())
            return;
        if (const auto part = partOfPipeline(json->at("_class_name").get<std::string>()))
            found.try_emplace(*part, folder);
        return;
    }
    if (depth == 0)
        return;
    std::set<fs::path> children; // in name order, so that the choice does not depend on the file system
    for (const auto& entry : fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, ec))
        if (entry.is_directory(ec))
            children.insert(entry.path());
    for (const auto& child : children)
        findParts(child, depth - 1, found);
}

} // namespace

Result<ModelSet> ModelSet::open(const fs::path& folder) {
    std::error_code ec;
    if (!fs::is_directory(folder, ec))
        return Error{ErrorCode::NotFound, fmt::format("there is no model folder {}; check the path", folder.string()), folder.string()};
    ModelSet set;
    set.m_root = folder;
    findParts(folder, 3, set.m_folders);
    if (set.m_folders.empty())
        return Error{ErrorCode::NotFound,
                     fmt::format("{} holds no Show-1 model; expected folders with a model_index.json, such as show-1-base",
                                 folder.string()),
                     folder.string()};
    set.m_kind = modelKindOf(folder);
    set.m_keep = set.m_kind == ModelKind::Embedded;
    return set;
}

Result<fs::path> ModelSet::folderOf(Part part) const {
    const auto it = m_folders.find(part);
    if (it == m_folders.end())
        return Error{ErrorCode::NotFound,
                     fmt::format("{} lacks the part {}; add its folder", m_root.string(), toString(part)), std::string(toString(part))};
    return it->second;
}

Result<std::shared_ptr<nn::UNet>> loadUNet(const fs::path& folder) { return weights::loadNetwork<nn::UNet, nn::UNetConfig>(folder); }

Result<std::shared_ptr<nn::Vae>> loadVae(const fs::path& folder) { return weights::loadNetwork<nn::Vae, nn::VaeConfig>(folder); }

Result<std::shared_ptr<nn::UNet>> ModelSet::unet(Part part) {
    if (const auto it = m_unets.find(part); it != m_unets.end())
        return it->second;
    S1_TRY(const fs::path folder, folderOf(part));
    S1_TRY(auto network, loadUNet(folder / "unet"));
    if (m_keep)
        m_unets[part] = network;
    return network;
}

Result<std::shared_ptr<nn::Vae>> ModelSet::vae() {
    if (m_vae)
        return m_vae;
    S1_TRY(const fs::path folder, folderOf(Part::Translation));
    S1_TRY(auto network, loadVae(folder / "vae"));
    if (m_keep)
        m_vae = network;
    return network;
}

Result<std::shared_ptr<text::TextEncoder>> ModelSet::textEncoder(Part part) {
    if (const auto it = m_texts.find(part); it != m_texts.end())
        return it->second;
    S1_TRY(const fs::path folder, folderOf(part));
    S1_TRY(auto loaded, text::TextEncoder::load(folder));
    auto encoder = std::make_shared<text::TextEncoder>(std::move(loaded));
    if (m_keep)
        m_texts[part] = encoder;
    return encoder;
}

Result<nlohmann::json> ModelSet::schedulerJson(Part part, const char* name) const {
    S1_TRY(const fs::path folder, folderOf(part));
    return readJson(folder / name / "scheduler_config.json");
}

Result<diffusion::SchedulerConfig> ModelSet::scheduler(Part part, const char* name) const {
    S1_TRY(const nlohmann::json json, schedulerJson(part, name));
    return diffusion::SchedulerConfig::fromJson(json, (m_folders.at(part) / name / "scheduler_config.json").string());
}

} // namespace s1::cascade
