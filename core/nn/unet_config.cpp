#include "nn/unet_config.h"

#include <fmt/format.h>

namespace s1::nn {

using nlohmann::json;

namespace {

Error bad(const std::string& file, const std::string& key, const std::string& why) {
    return {ErrorCode::Unsupported, fmt::format("{}: {} {}", file, key, why), key};
}

// Present and not null.
const json* find(const json& object, const char* key) {
    const auto it = object.find(key);
    return it == object.end() || it->is_null() ? nullptr : &*it;
}

class Reader {
public:
    Reader(const json& object, const std::string& file) : m_object(object), m_file(file) {}

    Result<void> integer(const char* key, std::int64_t& out, std::int64_t low = 0) const {
        if (const json* value = find(m_object, key)) {
            if (!value->is_number_integer() || value->get<std::int64_t>() < low || value->get<std::int64_t>() > kMost)
                return bad(m_file, key, fmt::format("is {}; expected a whole number from {} to {}", value->dump(), low, kMost));
            out = value->get<std::int64_t>();
        }
        return {};
    }

    Result<void> number(const char* key, double& out) const {
        if (const json* value = find(m_object, key)) {
            if (!value->is_number())
                return bad(m_file, key, fmt::format("is {}; expected a number", value->dump()));
            out = value->get<double>();
        }
        return {};
    }

    Result<void> boolean(const char* key, bool& out) const {
        if (const json* value = find(m_object, key)) {
            if (!value->is_boolean())
                return bad(m_file, key, fmt::format("is {}; expected true or false", value->dump()));
            out = value->get<bool>();
        }
        return {};
    }

    // A list, or one number for every level.
    Result<void> perLevel(const char* key, std::size_t levels, std::int64_t most, std::vector<std::int64_t>& out) const {
        const json* value = find(m_object, key);
        if (!value)
            return bad(m_file, key, "is missing");
        const json list = value->is_array() ? *value : json(std::vector<json>(levels, *value));
        if (list.size() != levels)
            return bad(m_file, key, fmt::format("has {} entries, the network has {} levels", list.size(), levels));
        out.clear();
        for (const json& item : list) {
            if (!item.is_number_integer() || item.get<std::int64_t>() < 1 || item.get<std::int64_t>() > most)
                return bad(m_file, key, fmt::format("holds {}; expected whole numbers from 1 to {}", item.dump(), most));
            out.push_back(item.get<std::int64_t>());
        }
        return {};
    }

    Result<void> activation(const char* key, Activation& out) const {
        const json* value = find(m_object, key);
        if (!value)
            return {};
        if (*value == "silu" || *value == "swish")
            out = Activation::Silu;
        else if (*value == "gelu")
            out = Activation::Gelu;
        else
            return bad(m_file, key, fmt::format("is {}; known are silu, swish, gelu", value->dump()));
        return {};
    }

    // A key whose only supported value is the published one.
    Result<void> only(const char* key, const json& published) const {
        const json* value = find(m_object, key);
        if (value && *value != published)
            return bad(m_file, key, fmt::format("is {}; only {} is supported", value->dump(), published.dump()));
        return {};
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
        return bad(m_file, "block type", fmt::format("{} is unknown; known are {}", name.dump(), names));
    }

    Result<void> families(const char* key, std::size_t levels, bool temporal, const char* role,
                          std::vector<BlockFamily>& out) const {
        const json* value = find(m_object, key);
        if (!value || !value->is_array() || value->size() != levels)
            return bad(m_file, key, fmt::format("must list {} block types", levels));
        out.resize(levels);
        for (std::size_t i = 0; i < levels; ++i)
            S1_CHECK(family((*value)[i], temporal, role, out[i]));
        return {};
    }

private:
    static constexpr std::int64_t kMost = 1 << 20;
    const json& m_object;
    const std::string& m_file;
};

} // namespace

Result<UNetConfig> UNetConfig::fromJson(const json& object, const std::string& file) {
    const json* className = object.is_object() ? find(object, "_class_name") : nullptr;
    UNetConfig config;
    if (className && *className == "UNet2DConditionModel")
        config.temporal = false;
    else if (!className || *className != "UNet3DConditionModel")
        return bad(file, "_class_name",
                   fmt::format("is {}; known are UNet3DConditionModel, UNet2DConditionModel", className ? className->dump() : "missing"));
    const Reader reader(object, file);
    S1_CHECK(reader.integer("in_channels", config.inChannels, 1));
    S1_CHECK(reader.integer("out_channels", config.outChannels, 1));
    const json* widths = find(object, "block_out_channels");
    if (!widths || !widths->is_array() || widths->empty() || widths->size() > 16)
        return bad(file, "block_out_channels", "must list 1 to 16 widths");
    const std::size_t levels = widths->size();
    S1_CHECK(reader.perLevel("block_out_channels", levels, 8192, config.blockOutChannels));
    S1_CHECK(reader.perLevel("layers_per_block", levels, 16, config.layersPerBlock));
    S1_CHECK(reader.perLevel("attention_head_dim", levels, 1024, config.attentionHeadDim));
    S1_CHECK(reader.families("down_block_types", levels, config.temporal, "Down", config.downBlocks));
    S1_CHECK(reader.families("up_block_types", levels, config.temporal, "Up", config.upBlocks));
    const json* mid = find(object, "mid_block_type");
    if (!mid)
        return bad(file, "mid_block_type", "is missing");
    S1_CHECK(reader.family(*mid, config.temporal, "Mid", config.midBlock));
    S1_CHECK(reader.activation("act_fn", config.activation));
    S1_CHECK(reader.integer("cross_attention_dim", config.crossAttentionDim, 1));
    S1_CHECK(reader.only("cross_attention_norm", "group_norm"));
    config.crossAttentionNorm = find(object, "cross_attention_norm") != nullptr;
    S1_CHECK(reader.only("encoder_hid_dim_type", "text_proj"));
    S1_CHECK(reader.integer("encoder_hid_dim", config.encoderHidDim, 1));
    S1_CHECK(reader.only("addition_embed_type", "text"));
    config.additionText = find(object, "addition_embed_type") != nullptr;
    S1_CHECK(reader.integer("addition_embed_type_num_heads", config.additionHeads, 1));
    S1_CHECK(reader.only("class_embed_type", "timestep"));
    config.classTimestep = find(object, "class_embed_type") != nullptr;
    config.timeEmbeddingDim = 4 * config.blockOutChannels[0];
    S1_CHECK(reader.integer("time_embedding_dim", config.timeEmbeddingDim, 1));
    S1_CHECK(reader.activation("time_embedding_act_fn", config.timeEmbeddingActivation));
    if (const json* shift = find(object, "resnet_time_scale_shift")) {
        if (*shift != "default" && *shift != "scale_shift")
            return bad(file, "resnet_time_scale_shift", fmt::format("is {}; known are default, scale_shift", shift->dump()));
        config.scaleShift = *shift == "scale_shift";
    }
    S1_CHECK(reader.boolean("resnet_skip_time_act", config.skipTimeAct));
    S1_CHECK(reader.number("resnet_out_scale_factor", config.resnetOutScale));
    S1_CHECK(reader.number("mid_block_scale_factor", config.midBlockScale));
    S1_CHECK(reader.boolean("transfromer_in_opt", config.transformerIn)); // the published spelling
    S1_CHECK(reader.integer("norm_num_groups", config.normGroups, 1));
    S1_CHECK(reader.number("norm_eps", config.normEps));
    S1_CHECK(reader.integer("downsample_padding", config.downsamplePadding));
    S1_CHECK(reader.boolean("flip_sin_to_cos", config.flipSinToCos));
    S1_CHECK(reader.number("freq_shift", config.freqShift));
    for (const auto& [key, published] : std::initializer_list<std::pair<const char*, json>>{
             {"center_input_sample", false}, {"dual_cross_attention", false}, {"only_cross_attention", false},
             {"mid_block_only_cross_attention", false}, {"class_embeddings_concat", false}, {"upcast_attention", false},
             {"conv_in_kernel", 3}, {"conv_out_kernel", 3}, {"transformer_layers_per_block", 1},
             {"time_embedding_type", "positional"}})
        S1_CHECK(reader.only(key, published));
    for (const char* key : {"timestep_post_act", "time_cond_proj_dim", "num_class_embeds", "projection_class_embeddings_input_dim"})
        if (find(object, key))
            return bad(file, key, "is set; no published network uses it");
    for (const std::int64_t width : config.blockOutChannels)
        if (width % config.normGroups != 0)
            return bad(file, "block_out_channels", fmt::format("holds {}, which norm_num_groups {} does not divide", width, config.normGroups));
    const auto attends = [](BlockFamily family) { return family == BlockFamily::SimpleCross || family == BlockFamily::CrossAttn; };
    for (std::size_t i = 0; i < levels; ++i) {
        const bool used = attends(config.downBlocks[i]) || attends(config.upBlocks[levels - 1 - i]) || (i + 1 == levels && attends(config.midBlock));
        if (used && config.blockOutChannels[i] % config.attentionHeadDim[i] != 0)
            return bad(file, "attention_head_dim", fmt::format("holds {}, which does not divide the width {}", config.attentionHeadDim[i], config.blockOutChannels[i]));
    }
    return config;
}

} // namespace s1::nn
