#include "text/text_encoder.h"

#include "base/files.h"
#include "base/json.h"
#include "base/notice.h"
#include "support/temporary_folder.h"
#include "weights/load.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

// Rows M21 to M23, M39 and M40 of reliability.md 3.1 for the text encoders.
namespace s1::text {
namespace {

using nlohmann::json;

const json kT5{{"model_type", "t5"}, {"vocab_size", 200}, {"d_model", 8},   {"d_ff", 16},
               {"d_kv", 4},          {"num_layers", 1},   {"num_heads", 2}, {"feed_forward_proj", "gated-gelu"}};
const json kClip{{"model_type", "clip_text_model"}, {"vocab_size", 200},      {"hidden_size", 8},
                 {"intermediate_size", 16},         {"num_hidden_layers", 1}, {"num_attention_heads", 2},
                 {"max_position_embeddings", 77}};

template <typename Config>
void expectRefused(const json& object, const std::string& words) {
    const auto config = Config::fromJson(object, "x/config.json");
    ASSERT_FALSE(config) << object;
    EXPECT_EQ(config.error().code, ErrorCode::Unsupported);
    EXPECT_EQ(config.error().message.rfind("x/config.json: ", 0), 0u) << config.error().message;
    EXPECT_NE(config.error().message.find(words), std::string::npos) << config.error().message;
}
template <typename Config>
void expectEachRefused(json object, const char* key, const std::vector<json>& values) {
    for (const json& value : values) {
        object[key] = value;
        expectRefused<Config>(object, key);
    }
}

TEST(EncoderRows, M21_M23_ConfigsOutOfRange) {
    ASSERT_TRUE(T5Config::fromJson(kT5, "x"));
    ASSERT_TRUE(ClipConfig::fromJson(kClip, "x"));
    for (const json& object : {json::object(), json::array(), json(), json(7)}) {
        expectRefused<T5Config>(object, "vocab_size is missing");
        expectRefused<ClipConfig>(object, "vocab_size is missing");
    }
    const std::vector<json> sizes{-1, 0, 1'000'000'000, std::int64_t(1) << 62, 1e9, 2.5, "8", true, json::array({8})};
    for (const char* key : {"vocab_size", "d_model", "d_ff", "d_kv", "num_layers", "num_heads",
                            "relative_attention_num_buckets", "relative_attention_max_distance"})
        expectEachRefused<T5Config>(kT5, key, sizes);
    for (const char* key : {"vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers",
                            "num_attention_heads", "max_position_embeddings"})
        expectEachRefused<ClipConfig>(kClip, key, sizes);
    expectEachRefused<T5Config>(kT5, "feed_forward_proj", {"relu", 5});
    expectEachRefused<ClipConfig>(kClip, "hidden_act", {"relu", 5, "../../x"});
    expectEachRefused<ClipConfig>(kClip, "hidden_size", {9});                   // two heads do not divide it
    expectEachRefused<T5Config>(kT5, "relative_attention_num_buckets", {1, 3}); // the table has no exact half
    expectEachRefused<T5Config>(kT5, "layer_norm_epsilon", {-1, 2, "x"});
}

TEST(EncoderRows, UnknownKeysAreNoticedAndThoseOfPublishedFilesNever) {
    std::vector<std::string> heard;
    const NoticeScope scope([&](const std::string& sentence) { heard.push_back(sentence); });
    json t5 = *readJson(std::filesystem::path(S1_TEST_DATA) / "golden/models/show-1-base/text_encoder/config.json");
    // As published with text-to-video-ms-1.7b, from which show-1-sr2 comes.
    json clip = kClip;
    clip.update({{"architectures", {"CLIPTextModel"}}, {"attention_dropout", 0.0}, {"bos_token_id", 0}, {"dropout", 0.0},
                 {"eos_token_id", 2}, {"initializer_factor", 1.0}, {"initializer_range", 0.02}, {"pad_token_id", 1},
                 {"projection_dim", 512}, {"torch_dtype", "float32"}, {"transformers_version", "4.28.0"}, {"_name_or_path", "x"}});
    EXPECT_TRUE(T5Config::fromJson(t5, "x"));
    EXPECT_TRUE(ClipConfig::fromJson(clip, "x"));
    EXPECT_TRUE(heard.empty()) << heard[0];
    t5["rope_theta"] = clip["rope_theta"] = 1e4;
    EXPECT_TRUE(T5Config::fromJson(t5, "x"));
    EXPECT_TRUE(ClipConfig::fromJson(clip, "x"));
    EXPECT_EQ(heard.size(), 2u);
    expectEachRefused<T5Config>(kT5, "dense_act_fn", {"relu"});
}

class EncoderFolder : public testing::Test {
protected:
    void SetUp() override {
        std::filesystem::create_directories(m_folder / "text_encoder");
        std::filesystem::create_directories(m_folder / "tokenizer");
        put("tokenizer/vocab.json", R"({"<|startoftext|>": 0, "<|endoftext|>": 1, "a": 199})");
        put("tokenizer/merges.txt", "#version: 0.2\na b\n");
    }
    void put(const std::string& name, const std::string& bytes) {
        ASSERT_TRUE(writeFileAtomically(m_folder / name, bytes));
    }
    void putWeights(const json& config) {
        put("text_encoder/config.json", config.dump());
        ClipEncoder network(*ClipConfig::fromJson(config, "x"));
        weights::fillDeterministic(network);
        ASSERT_TRUE(
            weights::writeSafetensors(m_folder / "text_encoder/model.safetensors", weights::stateDict(network)));
    }
    void expectRefused(const std::string& words) {
        const auto encoder = TextEncoder::load(m_folder.path());
        ASSERT_FALSE(encoder) << words;
        EXPECT_NE(encoder.error().message.find(words), std::string::npos) << encoder.error().message;
    }
    test::TemporaryFolder m_folder;
};

TEST_F(EncoderFolder, M20_M22_UnknownKindsAndMissingFiles) {
    expectRefused("config.json is missing");
    for (const char* type : {"\"bert\"", "5", "[\"t5\"]", "\"../../x\""}) {
        put("text_encoder/config.json", fmt::format(R"({{"model_type": {}}})", type));
        expectRefused("known are t5, clip_text_model");
    }
    put("text_encoder/config.json", "{}");
    expectRefused("model_type is missing");
    put("text_encoder/config.json", kClip.dump());
    expectRefused("weights such as");
}

TEST_F(EncoderFolder, M39_TokensTheNetworkHasNoRowFor) {
    putWeights(kClip);
    const auto encoder = TextEncoder::load(m_folder.path());
    ASSERT_TRUE(encoder) << encoder.error().message;
    EXPECT_EQ(encoder->encode("a").sizes(), (at::IntArrayRef{1, 77, 8}));
    put("tokenizer/vocab.json", R"({"<|startoftext|>": 0, "<|endoftext|>": 1, "a": 200})");
    expectRefused("has 201 tokens");
}

} // namespace
} // namespace s1::text
