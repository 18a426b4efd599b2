#pragma once

#include "diffusion/schedule.h"
#include "nn/unet.h"
#include "nn/vae.h"
#include "plan/plan.h"
#include "text/text_encoder.h"
#include "weights/weight_memory.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>

namespace s1::cascade {

// The five networks of the cascade; each is one folder in diffusers layout.
enum class Part { Base, Interpolation, FirstFrame, Superres, Translation };
inline constexpr std::array kParts{Part::Base, Part::Interpolation, Part::FirstFrame, Part::Superres, Part::Translation};
std::string_view toString(Part part); // published repository names: "show-1-base", …

// What a folder holds, found out from each model_index.json, not from names: published repositories, a hub cache, or
// the embedded model. Loading is lazy; with keepLoaded every network stays, else it goes with its last user, so that
// one stage is resident at a time. Threads that ask for a network share one copy, which none of them may change. Each
// notice about a file is given once. A StopScope ends loading, even from a disk that does not answer.
class ModelSet {
public:
    // folder: one that holds the parts as sub-folders (or hub snapshots), or is a part itself. NotFound if none is there.
    static Result<ModelSet> open(const std::filesystem::path& folder);

    bool has(Part part) const { return m_folders.contains(part); }
    const std::filesystem::path& root() const { return m_root; }
    const std::map<Part, std::filesystem::path>& folders() const { return m_folders; }
    ModelKind kind() const { return m_kind; }
    void keepLoaded(bool keep) { m_keep = keep; }
    // For networks loaded from now on. memory.bytes: of the whole process; none: weights get half of the machine. memory.device:
    // of all but the text's, which are the processor's.
    void setMemory(const weights::WeightMemory& memory) { m_memory = memory; }

    // NotFound names the missing part and where it was looked for.
    // activations: what a step takes beside the weights, see activationBytes.
    Result<std::shared_ptr<nn::UNet>> unet(Part part, std::uint64_t activations = 0);
    Result<std::shared_ptr<nn::UNet>> ownUNet(Part part, std::uint64_t activations = 0); // a copy to change
    Result<std::shared_ptr<nn::Vae>> vae();
    Result<std::shared_ptr<text::TextEncoder>> textEncoder(Part part);
    Result<diffusion::SchedulerConfig> scheduler(Part part, const char* name = "scheduler") const;
    Result<nlohmann::json> schedulerJson(Part part, const char* name = "scheduler") const;
    Result<std::filesystem::path> folderOf(Part part) const;

    // Corrupt, naming both, where the network takes other channels or another text than the rest of the set makes.
    Result<void> checkFit(Part part, const nn::UNetConfig& unet) const;

private:
    template <typename Network>
    struct Copy {
        std::shared_ptr<Network> kept;
        std::weak_ptr<Network> used;
    };
    template <typename Network>
    using Loaded = std::map<Part, Copy<Network>>;
    template <typename Network>
    using Load = std::function<Result<std::shared_ptr<Network>>(const std::filesystem::path& folder)>;
    template <typename Network>
    Result<std::shared_ptr<Network>> shared(Loaded<Network>& loaded, Part part, const Load<Network>& load);

    weights::WeightMemory memoryBeside(std::uint64_t activations) const;

    struct Alone {
        std::mutex mutex;
        std::set<std::string> noticed;
    };

    std::filesystem::path m_root;
    ModelKind m_kind = ModelKind::Published;
    bool m_keep = false;
    weights::WeightMemory m_memory;
    std::map<Part, std::filesystem::path> m_folders;
    Loaded<nn::UNet> m_unets;
    Loaded<text::TextEncoder> m_texts;
    Loaded<nn::Vae> m_vaes;
    std::unique_ptr<Alone> m_alone = std::make_unique<Alone>();
};

// About what one sample's step of this size takes in f32 beside the weights, guidance halves in turn.
std::uint64_t activationBytes(Part part, const StagePlan& size);

// One network folder (config.json + weights), frozen and in eval mode.
Result<std::shared_ptr<nn::UNet>> loadUNet(const std::filesystem::path& folder, const weights::WeightMemory& memory = {});
Result<std::shared_ptr<nn::Vae>> loadVae(const std::filesystem::path& folder, const weights::WeightMemory& memory = {});

} // namespace s1::cascade
