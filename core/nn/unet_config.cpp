#include "nn/unet_config.h"

#include "base/config_reader.h"

#include <fmt/format.h>

namespace s1::nn {

using nlohmann::json;

namespace {

constexpr std::string_view kHarmless[] = {"sample_size", "use_linear_projection" /* the weights' shapes say it */};
constexpr std::int64_t kMostChannels = 1024, kMostWidth = 8192, kMostDim = 65536;

class Reader : public ConfigReader {
public:
    using ConfigReader::ConfigReader;

    // A list, or one number for every level.
    Result<void> perLevel(const char* key, std::size_t levels, std::int64_t most, std::vector<std::int64_t>& out) const {
        const json* value = find(key);
        if (!value)
            return bad(key, "is missing");
        if (!value->is_array()) {
            std::int64_t same = 0;
            S1_CHECK(integer(key, same, 1, most));
            out.assign(levels, same);
            return {};
        }
        if (value->size() != levels)
            return bad(key, fmt::format("has {} entries, the network has {} levels", value->size(), levels));
        return integers(key, levels, 1, most, out);
    }

    Result<void> activation(const char* key, Activation& out) const {
        return choice<Activation>(key, {{"silu", Activation::Silu}, {"swish", Activation::Silu}, {"gelu", Activation::Gelu}}, out);
    }

    Result<void> family(const json& name, bool temporal, const char* role, BlockFamily& out) const {
        const std::string dimension = temporal ? "3D" : "2D";
        const std::pair<std::string, BlockFamily> known[] = {
            {fmt::format("Resnet{}sampleBlock{}", role, dimension), BlockFamily::Resnet},
            {fmt::format("SimpleCrossAttn{}Block{}", role, dimension), BlockFamily::SimpleCross},
            {fmt::format("{}Block{}", role, dimension), BlockFamily::Plain},
            {fmt::format("CrossAttn{}Block{}", role, dimension), BlockFamily::CrossAttn},
            {fmt::format("UNetMidBlock{}SimpleCrossAttn", dimension), BlockFamily::SimpleCross},
            {fmt::format("UNetMidBlock{}CrossAttn", dimension), BlockFamily::CrossAttn}};
        std::string names;
        for (const auto& [knownName, value] : known) {
            if (name == knownName) {
                out = value;
                return {};
            }
            names += (names.empty() ? "" : ", ") + knownName;
        }
        return bad("block type", fmt::format("{} is unknown; known are {}", shown(name), names));
    }

    Result<void> families(const char* key, std::size_t levels, bool temporal, const char* role,
                          std::vector<BlockFamily>& out) const {
        const json* value = find(key);
        if (!value || !value->is_array() || value->size() != levels)
            return bad(key, fmt::format("must list {} block types", levels));
        out.resize(levels);
        for (std::size_t i = 0; i < levels; ++i)
            S1_CHECK(family((*value)[i], temporal, role, out[i]));
        return {};
    }
};

} // namespace

Result<UNetConfig> UNetConfig::fromJson(const json& object, const std::string& file) {
    const Reader reader(object, file);
    const auto find = [&](const char* key) { return reader.find(key); };
    UNetConfig config;
    S1_CHECK(reader.require({"_class_name", "block_out_channels", "mid_block_type"}));
    S1_CHECK(reader.choice<bool>("_class_name", {{"UNet3DConditionModel", true}, {"UNet2DConditionModel", false}}, config.temporal));
    S1_CHECK(reader.integer("in_channels", config.inChannels, 1, kMostChannels));
    S1_CHECK(reader.integer("out_channels", config.outChannels, 1, kMostChannels));
    S1_CHECK(reader.integers("block_out_channels", 16, 1, kMostWidth, config.blockOutChannels));
    const std::size_t levels = config.blockOutChannels.size();
    S1_CHECK(reader.perLevel("layers_per_block", levels, 16, config.layersPerBlock));
    S1_CHECK(reader.perLevel("attention_head_dim", levels, 1024, config.attentionHeadDim));
    S1_CHECK(reader.families("down_block_types", levels, config.temporal, "Down", config.downBlocks));
    S1_CHECK(reader.families("up_block_types", levels, config.temporal, "Up", config.upBlocks));
    S1_CHECK(reader.family(*find("mid_block_type"), config.temporal, "Mid", config.midBlock));
    S1_CHECK(reader.activation("act_fn", config.activation));
    S1_CHECK(reader.integer("cross_attention_dim", config.crossAttentionDim, 1, kMostDim));
    S1_CHECK(reader.only("cross_attention_norm", "group_norm"));
    config.crossAttentionNorm = find("cross_attention_norm") != nullptr;
    S1_CHECK(reader.only("encoder_hid_dim_type", "text_proj"));
    S1_CHECK(reader.integer("encoder_hid_dim", config.encoderHidDim, 1, kMostDim));
    S1_CHECK(reader.only("addition_embed_type", "text"));
    config.additionText = find("addition_embed_type") != nullptr;
    S1_CHECK(reader.integer("addition_embed_type_num_heads", config.additionHeads, 1, 1024));
    S1_CHECK(reader.only("class_embed_type", "timestep"));
    config.classTimestep = find("class_embed_type") != nullptr;
    config.timeEmbeddingDim = 4 * config.blockOutChannels[0];
    S1_CHECK(reader.integer("time_embedding_dim", config.timeEmbeddingDim, 1, kMostDim));
    S1_CHECK(reader.activation("time_embedding_act_fn", config.timeEmbeddingActivation));
    S1_CHECK(reader.choice<bool>("resnet_time_scale_shift", {{"default", false}, {"scale_shift", true}}, config.scaleShift));
    S1_CHECK(reader.boolean("resnet_skip_time_act", config.skipTimeAct));
    S1_CHECK(reader.number("resnet_out_scale_factor", config.resnetOutScale, 1e-3, 1e3));
    S1_CHECK(reader.number("mid_block_scale_factor", config.midBlockScale, 1e-3, 1e3));
    S1_CHECK(reader.boolean("fused_attention", config.fusedAttention));
    S1_CHECK(reader.boolean("frame_embedding", config.frameEmbedding));
    S1_CHECK(reader.boolean("place_embedding", config.placeEmbedding));
    S1_CHECK(reader.integer("frames_from", config.framesFrom, 0, 1000));
    S1_CHECK(reader.boolean("transfromer_in_opt", config.transformerIn)); // the published spelling
    S1_CHECK(reader.integer("norm_num_groups", config.normGroups, 1, kMostWidth));
    S1_CHECK(reader.number("norm_eps", config.normEps, 0, 1));
    S1_CHECK(reader.integer("downsample_padding", config.downsamplePadding, 0, 1));
    S1_CHECK(reader.boolean("flip_sin_to_cos", config.flipSinToCos));
    S1_CHECK(reader.number("freq_shift", config.freqShift, -1000, 1000));
    for (const auto& [key, published] : std::initializer_list<std::pair<const char*, json>>{
             {"center_input_sample", false}, {"dual_cross_attention", false}, {"only_cross_attention", false},
             {"mid_block_only_cross_attention", false}, {"class_embeddings_concat", false}, {"upcast_attention", false},
             {"conv_in_kernel", 3}, {"conv_out_kernel", 3}, {"transformer_layers_per_block", 1},
             {"time_embedding_type", "positional"}})
        S1_CHECK(reader.only(key, published));
    for (const char* key : {"timestep_post_act", "time_cond_proj_dim", "num_class_embeds", "projection_class_embeddings_input_dim"})
        if (find(key))
            return reader.bad(key, "is set; no published network uses it");
    for (const std::int64_t width : config.blockOutChannels)
        if (width % config.normGroups != 0)
            return reader.bad("block_out_channels", fmt::format("holds {}, which norm_num_groups {} does not divide", width, config.normGroups));
    const auto attends = [](BlockFamily family) { return family == BlockFamily::SimpleCross || family == BlockFamily::CrossAttn; };
    for (std::size_t i = 0; i < levels; ++i) {
        const bool used = attends(config.downBlocks[i]) || attends(config.upBlocks[levels - 1 - i]) || (i + 1 == levels && attends(config.midBlock));
        if (used && config.crossAttentionDim == 0)
            return reader.bad("cross_attention_dim", "is missing; the blocks attend to the text");
        if (used && config.blockOutChannels[i] % config.attentionHeadDim[i] != 0)
            return reader.bad("attention_head_dim", fmt::format("holds {}, which does not divide the width {}", config.attentionHeadDim[i], config.blockOutChannels[i]));
    }
    if (config.additionText && (config.textWidth() == 0 || config.textWidth() % config.additionHeads != 0))
        return reader.bad("addition_embed_type_num_heads", fmt::format("is {}, which does not divide the text's width {}", config.additionHeads, config.textWidth()));
    reader.noticeUnknown(kHarmless);
    return config;
}

} // namespace s1::nn
