#include "library/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <regex>

namespace s1::library {

namespace {

constexpr const char* kT5Tokenizer = "tokenizer/spiece.model";

using Names = std::string_view[];

constexpr Names kBaseFiles = {"model_index.json", "scheduler/scheduler_config.json", "text_encoder/config.json",
                              "tokenizer/spiece.model", "unet/config.json"};
constexpr Names kPlainFiles = {"model_index.json", "scheduler/scheduler_config.json", "unet/config.json"};
constexpr Names kNoisedFiles = {"model_index.json", "image_noising_scheduler/scheduler_config.json",
                                "scheduler/scheduler_config.json", "unet/config.json"};
constexpr Names kTranslationFiles = {"model_index.json",         "scheduler/scheduler_config.json",
                                     "text_encoder/config.json", "tokenizer/merges.txt",
                                     "tokenizer/vocab.json",     "unet/config.json",
                                     "vae/config.json"};
constexpr Names kUNet = {"unet"};
constexpr Names kTextAndUNet = {"text_encoder", "unet"};
constexpr Names kTranslationNetworks = {"text_encoder", "unet", "vae"};
constexpr std::string_view kShow1 = "CC BY-NC 4.0", kDeepFloyd = "DeepFloyd IF research licence";

// The text encoders of the later repositories are the first one's again, 10 GB each: the cascade encodes once.
constexpr std::array kRepositories{
    Repository{"showlab/show-1-base", "TextToVideoIFPipeline", kShow1, kBaseFiles, kTextAndUNet},
    Repository{"showlab/show-1-interpolation", "TextToVideoIFInterpPipeline", kShow1, kPlainFiles, kUNet},
    Repository{"DeepFloyd/IF-II-L-v1.0", "IFSuperResolutionPipeline", kDeepFloyd, kNoisedFiles, kUNet},
    Repository{"showlab/show-1-sr1", "TextToVideoIFSuperResolutionPipeline_Cond", kShow1, kNoisedFiles, kUNet},
    Repository{"showlab/show-1-sr2", "VideoToVideoSDPipeline", kShow1, kTranslationFiles, kTranslationNetworks},
};

// The shards beside an index: "model-00001-of-00002.bin". Nothing when one of them is not there.
std::vector<std::string> shardsOf(const std::string& stem, const std::string& ending,
                                  const std::set<std::string>& available) {
    static const std::regex kShard("-([0-9]{5})-of-([0-9]{5})");
    std::vector<std::string> shards;
    int count = 0;
    for (auto it = available.lower_bound(stem + "-"); it != available.end() && it->starts_with(stem + "-"); ++it) {
        std::smatch match;
        if (!it->ends_with(ending) || it->size() < stem.size() + ending.size())
            continue;
        const std::string middle = it->substr(stem.size(), it->size() - stem.size() - ending.size());
        if (!std::regex_match(middle, match, kShard))
            continue;
        count = std::stoi(match[2]);
        shards.push_back(*it);
    }
    return static_cast<int>(shards.size()) == count ? shards : std::vector<std::string>();
}

std::vector<std::string> weightsOf(const std::string& network, const std::set<std::string>& available,
                                   WeightOrder order) {
    const std::array<const char*, 2> variants =
        order == WeightOrder::AsLoaded ? std::array{"", ".fp16"} : std::array{".fp16", ""};
    for (const char* name : {"diffusion_pytorch_model", "model", "pytorch_model"})
        for (const char* variant : variants) {
            const std::string stem = fmt::format("{}/{}{}", network, name, variant);
            for (const char* ending : {".safetensors", ".bin"})
                if (available.contains(stem + ending))
                    return {stem + ending};
            for (const char* ending : {".safetensors", ".bin"}) {
                const std::string index = stem + ending + ".index.json";
                if (!available.contains(index))
                    continue;
                if (auto files = shardsOf(stem, ending, available); !files.empty()) {
                    files.insert(files.begin(), index);
                    return files;
                }
            }
        }
    return {};
}

} // namespace

std::span<const Repository> repositories() {
    return kRepositories;
}

const Repository* findRepository(std::string_view idOrName) {
    const auto it = std::find_if(kRepositories.begin(), kRepositories.end(), [&](const Repository& repository) {
        return repository.id == idOrName || repository.name() == idOrName;
    });
    return it == kRepositories.end() ? nullptr : &*it;
}

const Repository* repositoryOfClass(std::string_view className) {
    const auto it = std::find_if(kRepositories.begin(), kRepositories.end(),
                                 [&](const Repository& repository) { return repository.className == className; });
    return it == kRepositories.end() ? nullptr : &*it;
}

FileChoice chooseFiles(const Repository& repository, const std::set<std::string>& available, WeightOrder order) {
    FileChoice choice;
    for (const std::string_view file : repository.files) {
        // A model like the embedded one has T5 in its last part, too.
        const bool other = file.starts_with("tokenizer/") && available.contains(kT5Tokenizer);
        const std::string wanted(other ? std::string_view(kT5Tokenizer) : file);
        auto& list = available.contains(wanted) ? choice.files : choice.missing;
        if (std::find(list.begin(), list.end(), wanted) == list.end())
            list.push_back(wanted);
    }
    for (const std::string_view network : repository.networks) {
        const auto weights = weightsOf(std::string(network), available, order);
        choice.files.insert(choice.files.end(), weights.begin(), weights.end());
        if (weights.empty())
            choice.missing.push_back(fmt::format("{}/{}.safetensors", network,
                                                 network == "text_encoder" ? "model" : "diffusion_pytorch_model"));
    }
    return choice;
}

} // namespace s1::library
