#include "filled_network.h"
#include "nn/vae.h"

#include "base/notice.h"
#include "support/peak_memory.h"

#include <gtest/gtest.h>

#include <cmath>

// Rows M21 to M23 of reliability.md 3.1: network configs that are empty, of the wrong kind, or out of every range.
namespace s1::nn {
namespace {

using nlohmann::json;

template <typename Config>
void expectRefused(const json& object, const std::string& words) {
    SCOPED_TRACE(object.dump().substr(0, 200));
    const test::PeakMemory memory;
    const auto config = Config::fromJson(object, "x/config.json");
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().code, ErrorCode::Unsupported);
    EXPECT_EQ(config.error().message.rfind("x/config.json: ", 0), 0u) << config.error().message;
    EXPECT_NE(config.error().message.find(words), std::string::npos) << config.error().message;
    EXPECT_LT(memory.growth(), 4 << 20); // code read for the first time counts too
}
template <typename Config>
void expectEachRefused(const std::string& name, const std::string& key, const std::vector<json>& values) {
    for (const json& value : values) {
        json object = configJson(name);
        object[key] = value;
        expectRefused<Config>(object, key);
    }
}

TEST(ConfigRows, M21_EmptyOrOfTheWrongKind) {
    for (const json& object : {json::object(), json::array(), json(), json(7), json("UNet3DConditionModel")}) {
        expectRefused<UNetConfig>(object, "_class_name is missing");
        expectRefused<VaeConfig>(object, "_class_name is missing");
    }
    for (const char* key : {"block_out_channels", "_class_name"}) {
        json unet = configJson("a"), vae = configJson("vae");
        unet.erase(key);
        vae.erase(key);
        expectRefused<UNetConfig>(unet, key);
        expectRefused<VaeConfig>(vae, key);
    }
    json unet = configJson("a");
    unet.erase("cross_attention_dim");
    expectRefused<UNetConfig>(unet, "cross_attention_dim is missing");
    for (const char* key : {"in_channels", "out_channels", "latent_channels", "layers_per_block", "norm_num_groups",
                            "scaling_factor", "block_out_channels", "act_fn", "_class_name"})
        expectEachRefused<VaeConfig>("vae", key, {json("4"), json::object({{"a", 1}}), json(true), json::array({"x"})});
}

TEST(ConfigRows, M22_UnknownClassesListTheKnownOnes) {
    for (const json& name : {json("AutoencoderTiny"), json("../../x"), json(5), json::array({"AutoencoderKL"})}) {
        json object = configJson("vae");
        object["_class_name"] = name;
        expectRefused<VaeConfig>(object, "only \"AutoencoderKL\"");
        object["_class_name"] = "AutoencoderKL";
        object["act_fn"] = name;
        expectRefused<VaeConfig>(object, "only \"silu\"");
    }
    json object = configJson("a");
    object["_class_name"] = std::string(1'000'000, 'x');
    expectRefused<UNetConfig>(object, "known are UNet3DConditionModel, UNet2DConditionModel");
    EXPECT_LT(UNetConfig::fromJson(object, "x").error().message.size(), 500u) << "the value is cut short";
}

TEST(ConfigRows, M22_UnknownBlocksOfTheAutoencoder) {
    for (const char* key : {"down_block_types", "up_block_types"}) {
        json object = configJson("vae");
        object[key][2] = "AttnDownEncoderBlock2D";
        expectRefused<VaeConfig>(object, key);
        object[key] = json::array();
        expectRefused<VaeConfig>(object, key);
    }
    expectEachRefused<VaeConfig>("vae", "mid_block_add_attention", {false, 1});
}

TEST(ConfigRows, UnknownKeysAreNoticedOnceAndThoseOfPublishedFilesNever) {
    std::vector<std::string> heard;
    const NoticeScope scope([&](const std::string& sentence) { heard.push_back(sentence); });
    for (const char* name : {"a", "b", "c", "c0", "d", "d_odd"})
        EXPECT_TRUE(UNetConfig::fromJson(configJson(name), "x/config.json"));
    EXPECT_TRUE(VaeConfig::fromJson(configJson("vae"), "x/config.json"));
    EXPECT_TRUE(heard.empty()) << heard[0];
    json unet = configJson("a"), vae = configJson("vae");
    unet.update({{"reverse_transformer_layers", true}, {"_name_or_path", "/home/x"}});
    vae["latents_mean"] = 0.5;
    EXPECT_TRUE(UNetConfig::fromJson(unet, "x/config.json"));
    EXPECT_TRUE(VaeConfig::fromJson(vae, "x/config.json"));
    ASSERT_EQ(heard.size(), 2u);
    EXPECT_NE(heard[0].find("x/config.json has settings this version does not know and leaves out: \"reverse_"), std::string::npos)
        << heard[0];
    EXPECT_NE(heard[1].find("latents_mean"), std::string::npos) << heard[1];
}

TEST(ConfigRows, M23_NumbersOutOfRangeSizeNothing) {
    const std::vector<json> sizes{-1,   0,  1'000'000'000, 2147483647, std::int64_t(1) << 62, 18446744073709551615u,
                                  1e30, 2.5};
    for (const char* key : {"in_channels", "out_channels", "latent_channels", "layers_per_block", "norm_num_groups"})
        expectEachRefused<VaeConfig>("vae", key, sizes);
    for (const char* key :
         {"in_channels", "out_channels", "layers_per_block", "attention_head_dim", "cross_attention_dim",
          "encoder_hid_dim", "addition_embed_type_num_heads", "time_embedding_dim", "norm_num_groups"})
        expectEachRefused<UNetConfig>("a", key, sizes);
    for (const char* name : {"a", "vae"}) {
        json object = configJson(name);
        for (const json& widths : {json::array({2147483647}), json::array({-32, 32, 32, 32}), json::array({1.5}),
                                   json::array(), json(std::vector<int>(1000, 32)), json(32)}) {
            object["block_out_channels"] = widths;
            name == std::string("a") ? expectRefused<UNetConfig>(object, "block_out_channels")
                                     : expectRefused<VaeConfig>(object, "block_out_channels");
        }
    }
    json vae = configJson("vae");
    vae["norm_num_groups"] = 7;
    expectRefused<VaeConfig>(vae, "norm_num_groups 7 does not divide");
    expectEachRefused<VaeConfig>("vae", "scaling_factor", {0, -1, NAN, INFINITY, 1e9});
    for (const char* key : {"norm_eps", "resnet_out_scale_factor", "mid_block_scale_factor", "freq_shift"})
        expectEachRefused<UNetConfig>("d", key, {NAN, INFINITY, -1e9, "1"});
    expectEachRefused<UNetConfig>("a", "addition_embed_type_num_heads", {5}); // does not divide the text's width
    expectEachRefused<UNetConfig>("a", "downsample_padding", {-1, 2, 1'000'000});
}

} // namespace
} // namespace s1::nn
