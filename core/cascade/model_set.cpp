#include "cascade/model_set.h"

#include "base/abandonable.h"
#include "base/config_reader.h"
#include "base/json.h"
#include "base/process_memory.h"
#include "library/catalogue.h"
#include "weights/contained_file.h"
#include "weights/load.h"

#include <fmt/format.h>

#include <cmath>
#include <set>
#include <utility>

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
    const library::Repository* repository = library::repositoryOfClass(className);
    for (const Part part : kParts)
        if (repository && toString(part) == repository->name())
            return part;
    return std::nullopt;
}

// Channels of a part's input: the picture and what it is made from (show1.md 1). Translation's are those of its VAE.
std::int64_t inputChannels(Part part) {
    switch (part) {
    case Part::Base: return 3;
    case Part::Interpolation: return 3 + 3 + 1; // two keyframes blended, and where they are
    case Part::FirstFrame:
    case Part::Superres: return 3 + 3;
    case Part::Translation: break;
    }
    return 4;
}

// The part a folder says it is, none for another pipeline. Nothing is made of the names of its components, yet one that
// leads out of the folder shows what the file is for.
Result<std::optional<Part>> partOf(const nlohmann::json& json, const std::string& file) {
    std::string className;
    if (const auto* value = ConfigReader(json, file).find("_class_name"); value && value->is_string())
        className = value->get<std::string>();
    const auto part = partOfPipeline(className);
    const auto leadsOut = [](const nlohmann::json& value) {
        const std::string name = value.is_string() ? value.get<std::string>() : "";
        return name.find_first_of("/\\") != name.npos || name == "..";
    };
    if (part)
        for (const auto& [component, value] : json.items()) {
            bool out = leadsOut(component) || (!component.starts_with("_") && leadsOut(value)); // _name_or_path is a path
            for (const auto& item : value.is_array() ? value : nlohmann::json::array())
                out = out || leadsOut(item);
            if (out)
                return Error{ErrorCode::Corrupt,
                             fmt::format("{} gives \"{}\" a name with a path in it; get the model from another place", file, component), file};
        }
    return part;
}

// model_index.json lies in the part's folder, its child, or the snapshot of a hub cache.
Result<void> lookForParts(const fs::path& folder, int depth, std::map<Part, fs::path>& found) {
    std::error_code ec;
    if (fs::exists(folder / "model_index.json", ec)) {
        const auto json = readJson(folder / "model_index.json");
        if (!json)
            return {}; // another program's, perhaps
        S1_TRY(const auto part, partOf(*json, (folder / "model_index.json").string()));
        if (part)
            found.try_emplace(*part, folder);
        return {};
    }
    if (depth == 0)
        return {};
    std::set<fs::path> children; // in name order, so that the choice does not depend on the file system
    for (const auto& entry : fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, ec))
        if (entry.is_directory(ec))
            children.insert(entry.path());
    for (const auto& child : children)
        S1_CHECK(lookForParts(child, depth - 1, found));
    return {};
}

Result<std::map<Part, fs::path>> findParts(const fs::path& folder) {
    std::map<Part, fs::path> found;
    S1_CHECK(lookForParts(folder, 3, found));
    return found;
}

Result<nlohmann::json> configOf(const fs::path& folder) {
    return runAbandonably([folder] { return weights::readComponentConfig(folder); });
}

// Where the text encoder's config is there, its width.
Result<std::optional<std::int64_t>> textWidth(const fs::path& folder) {
    std::error_code ec;
    if (!fs::exists(folder / "config.json", ec))
        return std::optional<std::int64_t>();
    S1_TRY(const nlohmann::json json, configOf(folder));
    const std::string file = (folder / "config.json").string();
    const ConfigReader reader(json, file);
    std::int64_t width = 0;
    S1_CHECK(reader.integer(reader.find("d_model") ? "d_model" : "hidden_size", width, 1, 16384)); // T5, CLIP
    return width ? std::optional(width) : std::nullopt;
}

} // namespace

Result<ModelSet> ModelSet::open(const fs::path& folder) {
    std::error_code ec;
    if (!fs::is_directory(folder, ec))
        return Error{ErrorCode::NotFound, fmt::format("there is no model folder {}; check the path", folder.string()), folder.string()};
    ModelSet set;
    set.m_root = folder;
    S1_TRY(set.m_folders, runAbandonably([folder] { return findParts(folder); }));
    if (set.m_folders.empty())
        return Error{ErrorCode::NotFound,
                     fmt::format("{} holds no Show-1 model; expected folders with a model_index.json, such as show-1-base; the folder {}",
                                 folder.string(), weights::contentsOf(folder)),
                     folder.string()};
    set.m_kind = modelKindOf(folder);
    set.m_keep = set.m_kind == ModelKind::Embedded;
    return set;
}

Result<fs::path> ModelSet::folderOf(Part part) const {
    const auto it = m_folders.find(part);
    if (it != m_folders.end())
        return it->second;
    std::string present;
    for (const auto& [other, folder] : m_folders)
        present += (present.empty() ? "" : ", ") + std::string(toString(other));
    return Error{ErrorCode::NotFound,
                 fmt::format("{} lacks the part {}; it has {}; add its folder", m_root.string(), toString(part), present),
                 std::string(toString(part))};
}

Result<void> ModelSet::checkFit(Part part, const nn::UNetConfig& unet) const {
    const fs::path folder = m_folders.at(part);
    const auto misfit = [&](const std::string& why) {
        return Error{ErrorCode::Corrupt, fmt::format("{} {}; get both from one model", (folder / "unet").string(), why), folder.string()};
    };
    std::int64_t channels = inputChannels(part);
    std::string from = fmt::format("{} needs", toString(part));
    std::error_code ec;
    if (part == Part::Translation && fs::exists(folder / "vae/config.json", ec)) {
        S1_TRY(const nlohmann::json json, configOf(folder / "vae"));
        S1_TRY(const auto vae, nn::VaeConfig::fromJson(json, (folder / "vae/config.json").string()));
        channels = vae.latentChannels;
        from = fmt::format("{} makes", (folder / "vae").string());
    }
    if (unet.inChannels != channels)
        return misfit(fmt::format("takes {} channels, {} {}", unet.inChannels, from, channels));
    // The pixel parts share the text of the first.
    const fs::path text = (part != Part::Translation && has(Part::Base) ? m_folders.at(Part::Base) : folder) / "text_encoder";
    S1_TRY(const auto width, textWidth(text));
    if (width && *width != unet.textWidth())
        return misfit(fmt::format("takes text of width {}, {} makes {}", unet.textWidth(), text.string(), *width));
    return {};
}

Result<std::shared_ptr<nn::UNet>> loadUNet(const fs::path& folder, const weights::WeightMemory& memory) {
    return runAbandonably([=] { return weights::loadNetwork<nn::UNet, nn::UNetConfig>(folder, memory); });
}

Result<std::shared_ptr<nn::Vae>> loadVae(const fs::path& folder, const weights::WeightMemory& memory) {
    return runAbandonably([=] { return weights::loadNetwork<nn::Vae, nn::VaeConfig>(folder, memory); });
}

namespace {
constexpr std::uint64_t kProgram = 500u << 20; // libraries, text, results
}

std::uint64_t activationBytes(Part part, const StagePlan& size) {
    // Bytes for each pixel of the step's input and output (a latent for translation), by `show1-cli bench`.
    constexpr std::array kPerPixel{50'000, 50'000, 20'000, 13'000, 25'000};
    const std::uint64_t pixels = std::uint64_t(size.width) * std::uint64_t(size.height) * std::uint64_t(size.frames) / (part == Part::Translation ? 64 : 1);
    return pixels * std::uint64_t(kPerPixel[static_cast<std::size_t>(part)]);
}

weights::WeightMemory ModelSet::memoryBeside(std::uint64_t activations) const {
    weights::WeightMemory memory = m_memory;
    if (memory.bytes)
        memory.bytes = *memory.bytes - std::min(*memory.bytes, activations + kProgram);
    setFreedBlocks(m_kind == ModelKind::Embedded ? FreedBlocks::Kept : FreedBlocks::GivenBack);
    return memory;
}

template <typename Network>
Result<std::shared_ptr<Network>> ModelSet::shared(Loaded<Network>& loaded, Part part, const Load<Network>& load) {
    const std::lock_guard lock(m_alone->mutex);
    auto& [kept, used] = loaded[part];
    auto network = used.lock();
    if (!network) {
        const NoticeScope notices([&, listener = currentNoticeSink()](const std::string& sentence) {
            if (m_alone->noticed.insert(sentence).second)
                listener(sentence);
        });
        S1_TRY(const fs::path folder, folderOf(part));
        S1_TRY(network, load(folder));
        used = network;
    }
    if (m_keep)
        kept = network;
    return network;
}

Result<std::shared_ptr<nn::UNet>> ModelSet::unet(Part part, std::uint64_t activations) {
    return shared<nn::UNet>(m_unets, part, [&](const fs::path&) { return ownUNet(part, activations); });
}

Result<std::shared_ptr<nn::UNet>> ModelSet::ownUNet(Part part, std::uint64_t activations) {
    S1_TRY(const fs::path folder, folderOf(part));
    constexpr std::uint64_t kPassing = 300u << 20; // the largest kernel, read and converted
    constexpr double kGiB = 1u << 30;
    if (const auto least = activations + kProgram + kPassing; m_memory.bytes && *m_memory.bytes < least)
        return Error{ErrorCode::OutOfMemory,
                     fmt::format("{} takes at least {:.1f} GiB for this plan, {:.1f} are allowed; raise {} or choose fewer frames or a smaller size",
                                 toString(part), std::ceil(static_cast<double>(least) / kGiB * 10) / 10, static_cast<double>(*m_memory.bytes) / kGiB, m_memory.device.is_cpu() ? "--max-ram" : "--max-vram"),
                     std::string(toString(part))};
    S1_TRY(const auto network, loadUNet(folder / "unet", memoryBeside(activations)));
    S1_CHECK(checkFit(part, network->config()));
    return network;
}

Result<std::shared_ptr<nn::Vae>> ModelSet::vae() {
    return shared<nn::Vae>(m_vaes, Part::Translation, [&](const fs::path& folder) { return loadVae(folder / "vae", memoryBeside(0)); });
}

Result<std::shared_ptr<text::TextEncoder>> ModelSet::textEncoder(Part part) {
    constexpr std::uint64_t kActivations = 200u << 20;
    return shared<text::TextEncoder>(m_texts, part, [&](const fs::path& folder) -> Result<std::shared_ptr<text::TextEncoder>> {
        weights::WeightMemory memory = memoryBeside(kActivations);
        if (!std::exchange(memory.device, at::kCPU).is_cpu())
            memory.bytes.reset(); // that was the GPU's
        S1_TRY(auto loaded, runAbandonably([folder, memory] { return text::TextEncoder::load(folder, memory); }));
        return std::make_shared<text::TextEncoder>(std::move(loaded));
    });
}

Result<nlohmann::json> ModelSet::schedulerJson(Part part, const char* name) const {
    S1_TRY(const fs::path folder, folderOf(part));
    return runAbandonably([file = folder / name / "scheduler_config.json"] { return readJson(file); });
}

Result<diffusion::SchedulerConfig> ModelSet::scheduler(Part part, const char* name) const {
    S1_TRY(const nlohmann::json json, schedulerJson(part, name));
    return diffusion::SchedulerConfig::fromJson(json, (m_folders.at(part) / name / "scheduler_config.json").string());
}

} // namespace s1::cascade
