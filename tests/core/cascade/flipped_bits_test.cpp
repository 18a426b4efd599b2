#include "cascade/model_set.h"

#include "base/notice.h"
#include "support/pickle_program.h"
#include "support/stored_zip.h"
#include "support/temporary_folder.h"
#include "tiny_networks.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <random>

// Row M43 of reliability.md 3.1: single flipped bits in a whole model folder. S1_BIT_FLIPS=10000 is the full row.
namespace s1::cascade {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// As torch.save writes a state dict.
std::string archive(const weights::TensorMap& state) {
    std::vector<std::pair<std::string, std::string>> files{{"archive/data.pkl", ""}};
    std::vector<std::pair<std::string, test::pickle::Tensor>> items;
    for (const auto& [name, tensor] : state) {
        const std::string key = std::to_string(items.size());
        items.push_back({name, {.key = key, .elements = tensor.numel(), .shape = tensor.sizes().vec(), .stride = tensor.strides().vec()}});
        files.emplace_back("archive/data/" + key, std::string(static_cast<const char*>(tensor.const_data_ptr()), tensor.nbytes()));
    }
    files[0].second = test::pickle::stateDict(items);
    return test::storedZip(files);
}

// Two parts with every kind of file a model has: safetensors whole and in shards, a torch archive, the configs, both
// tokenizers.
void putModel(const fs::path& folder) {
    const json scheduler{{"_class_name", "DDPMScheduler"}, {"beta_schedule", "squaredcos_cap_v2"}, {"trained_betas", nullptr}};
    const fs::path base = folder / "base", sr2 = folder / "sr2", data = fs::path(S1_TEST_DATA) / "golden/models";
    tiny::put(base / "model_index.json", R"({"_class_name": "TextToVideoIFPipeline", "unet": ["diffusers", "UNet3DConditionModel"]})");
    tiny::put(sr2 / "model_index.json", R"({"_class_name": "VideoToVideoSDPipeline"})");
    for (const fs::path& part : {base, sr2})
        tiny::put(part / "scheduler/scheduler_config.json", scheduler.dump());
    tiny::put(base / "tokenizer/spiece.model", *readFile(data / "show-1-base/tokenizer/spiece.model"));
    tiny::put(sr2 / "tokenizer/vocab.json", R"({"<|startoftext|>": 0, "<|endoftext|>": 1, "a</w>": 2, "b": 3})");
    tiny::put(sr2 / "tokenizer/merges.txt", "#version: 0.2\na b\n");
    tiny::put(base / "unet/diffusion_pytorch_model.bin",
              archive(tiny::putConfig<nn::UNet, nn::UNetConfig>(base / "unet", tiny::unetConfig(3, 16))));
    const json t5{{"model_type", "t5"}, {"vocab_size", 32100}, {"d_model", 16}, {"d_ff", 16}, {"d_kv", 4}, {"num_layers", 1}, {"num_heads", 2}};
    auto text = tiny::putConfig<text::T5Encoder, text::T5Config>(base / "text_encoder", t5);
    for (auto& [name, tensor] : text)
        tensor = tensor.detach().to(at::kHalf);
    ASSERT_TRUE(weights::writeSafetensors(base / "text_encoder/model.fp16.safetensors", text));
    const auto unet = tiny::putConfig<nn::UNet, nn::UNetConfig>(sr2 / "unet", tiny::unetConfig(4, 16));
    json index;
    std::map<int, weights::TensorMap> shards;
    for (const auto& [name, tensor] : unet) {
        const int shard = static_cast<int>(index["weight_map"].size() % 2) + 1;
        index["weight_map"][name] = fmt::format("diffusion_pytorch_model-0000{}-of-00002.safetensors", shard);
        shards[shard][name] = tensor;
    }
    for (const auto& [number, tensors] : shards)
        ASSERT_TRUE(weights::writeSafetensors(sr2 / fmt::format("unet/diffusion_pytorch_model-0000{}-of-00002.safetensors", number), tensors));
    tiny::put(sr2 / "unet/diffusion_pytorch_model.safetensors.index.json", index.dump());
    json vae = *readJson(tiny::kConfigs / "vae/config.json");
    vae.update({{"block_out_channels", {8, 8, 8, 8}}, {"norm_num_groups", 4}, {"layers_per_block", 1}});
    ASSERT_TRUE(weights::writeSafetensors(sr2 / "vae/diffusion_pytorch_model.safetensors", tiny::putConfig<nn::Vae, nn::VaeConfig>(sr2 / "vae", vae)));
    const json clip{{"model_type", "clip_text_model"}, {"vocab_size", 200}, {"hidden_size", 16}, {"intermediate_size", 16},
                    {"num_hidden_layers", 1}, {"num_attention_heads", 2}, {"max_position_embeddings", 77}};
    tiny::put(sr2 / "text_encoder/model.bin", archive(tiny::putConfig<text::ClipEncoder, text::ClipConfig>(sr2 / "text_encoder", clip)));
}

// Loads what a file belongs to, and says whether all of it could be.
Result<void> load(const fs::path& folder, const fs::path& file) {
    const fs::path inside = fs::relative(file, folder);
    const Part part = *inside.begin() == "base" ? Part::Base : Part::Translation;
    const std::string component = (*std::next(inside.begin())).string();
    S1_TRY(auto models, ModelSet::open(folder));
    if (component == "unet" || component == "model_index.json") {
        S1_TRY(const auto unet, models.unet(part));
    }
    if (component == "vae") {
        S1_TRY(const auto vae, models.vae());
    }
    if (component == "scheduler") {
        S1_TRY(const auto config, models.scheduler(part));
        const diffusion::NoiseSchedule schedule(config);
    }
    if (component == "tokenizer" || component == "text_encoder") {
        S1_TRY(const auto encoder, models.textEncoder(part));
        EXPECT_EQ(encoder->encode("a b").sizes(), (at::IntArrayRef{1, 77, 16}));
    }
    return {};
}

TEST(FlippedBits, M43_WholeFolder) {
    const test::TemporaryFolder folder;
    putModel(folder.path());
    const NoticeScope quiet([](const std::string&) {});
    std::vector<std::pair<fs::path, std::uint64_t>> files;
    std::uint64_t bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path()))
        if (entry.is_regular_file()) {
            files.emplace_back(entry.path(), entry.file_size());
            bytes += entry.file_size();
            const auto whole = load(folder.path(), entry.path());
            ASSERT_TRUE(whole) << whole.error().message;
        }
    EXPECT_GT(bytes, 1'000'000u);
    std::sort(files.begin(), files.end());
    const char* wanted = std::getenv("S1_BIT_FLIPS");
    const int flips = wanted ? std::atoi(wanted) : 300;
    std::mt19937_64 random(43);
    int refused = 0;
    double longest = 0;
    for (int i = 0; i < flips; ++i) {
        // Every other flip is anywhere; the small files, where each bit says something, get the rest.
        std::uint64_t at = random() % bytes;
        auto file = files.begin();
        if (i % 2 == 0) {
            for (; at >= file->second; ++file)
                at -= file->second;
        } else {
            file += static_cast<std::ptrdiff_t>(random() % files.size());
            at = random() % std::min<std::uint64_t>(file->second, 4096);
        }
        SCOPED_TRACE(fmt::format("bit {} of byte {} of {}", i % 8, at, file->first.string()));
        const auto flip = [&] {
            std::fstream stream(file->first, std::ios::in | std::ios::out | std::ios::binary);
            stream.seekg(static_cast<std::streamoff>(at));
            const char byte = static_cast<char>(stream.get() ^ (1 << (i % 8)));
            stream.seekp(static_cast<std::streamoff>(at));
            stream.put(byte);
        };
        flip();
        const auto start = std::chrono::steady_clock::now();
        if (const auto loaded = load(folder.path(), file->first); !loaded) {
            EXPECT_FALSE(loaded.error().message.empty());
            EXPECT_NE(loaded.error().code, ErrorCode::Internal) << loaded.error().message;
            ++refused;
        }
        longest = std::max(longest, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        flip();
    }
    RecordProperty("refused", refused);
    RecordProperty("longest_ms", static_cast<int>(1000 * longest));
    EXPECT_GT(refused, flips / 10);
    EXPECT_LT(longest, 2);
}

} // namespace
} // namespace s1::cascade
