#include "text/clip_encoder.h"

#include "base/config_reader.h"
#include "nn/attention.h"
#include "text/transformers_keys.h"

#include <fmt/format.h>

#include <cmath>

namespace s1::text {

using at::Tensor;
using nn::Embedding;
using nn::LayerNorm;
using nn::Linear;

namespace {

class Embeddings : public nn::Module {
public:
    explicit Embeddings(const ClipConfig& config)
        : token(add<Embedding>("token_embedding", config.vocabulary, config.width)),
          position(add<Embedding>("position_embedding", config.positions, config.width)) {}
    std::shared_ptr<Embedding> token, position;
};

class SelfAttention : public nn::Module {
public:
    SelfAttention(std::int64_t width, std::int64_t heads)
        : m_heads(heads), m_q(add<Linear>("q_proj", width, width)), m_k(add<Linear>("k_proj", width, width)),
          m_v(add<Linear>("v_proj", width, width)), m_out(add<Linear>("out_proj", width, width)) {}

    Tensor forward(const Tensor& x) const {
        const auto headDim = x.size(2) / m_heads;
        const auto split = [&](const Tensor& t) { return t.view({x.size(0), x.size(1), m_heads, headDim}).transpose(1, 2); };
        const Tensor q = split(m_q->forward(x) * (1 / std::sqrt(static_cast<double>(headDim))));
        const Tensor later = at::ones({x.size(1), x.size(1)}, x.options().dtype(at::kBool)).triu(1);
        const Tensor scores = at::matmul(q, split(m_k->forward(x)).transpose(-1, -2)).masked_fill(later, -65504.0);
        const Tensor o = at::matmul(at::softmax(scores, -1), split(m_v->forward(x)));
        return m_out->forward(o.transpose(1, 2).reshape(x.sizes()));
    }

private:
    std::int64_t m_heads;
    std::shared_ptr<Linear> m_q, m_k, m_v, m_out;
};

class Mlp : public nn::Module {
public:
    explicit Mlp(const ClipConfig& config)
        : m_quick(config.quickGelu), m_fc1(add<Linear>("fc1", config.width, config.feedForward)),
          m_fc2(add<Linear>("fc2", config.feedForward, config.width)) {}
    Tensor forward(const Tensor& x) const {
        const Tensor h = m_fc1->forward(x);
        return m_fc2->forward(m_quick ? h * at::sigmoid(1.702 * h) : at::gelu(h));
    }

private:
    bool m_quick;
    std::shared_ptr<Linear> m_fc1, m_fc2;
};

class Layer : public nn::Module {
public:
    explicit Layer(const ClipConfig& config)
        : m_attention(add<SelfAttention>("self_attn", config.width, config.heads)),
          m_norm1(add<LayerNorm>("layer_norm1", config.width, config.eps)), m_mlp(add<Mlp>("mlp", config)),
          m_norm2(add<LayerNorm>("layer_norm2", config.width, config.eps)) {}
    Tensor forward(const Tensor& x) const {
        const Tensor h = x + m_attention->forward(m_norm1->forward(x));
        return h + m_mlp->forward(m_norm2->forward(h));
    }

private:
    std::shared_ptr<SelfAttention> m_attention;
    std::shared_ptr<LayerNorm> m_norm1;
    std::shared_ptr<Mlp> m_mlp;
    std::shared_ptr<LayerNorm> m_norm2;
};

class Stack : public nn::Module {
public:
    explicit Stack(const ClipConfig& config) : layers(add<nn::ModuleList<Layer>>("layers")) {
        for (std::int64_t i = 0; i < config.layers; ++i)
            layers->append(config);
    }
    std::shared_ptr<nn::ModuleList<Layer>> layers;
};

} // namespace

class ClipEncoder::TextModel : public nn::Module {
public:
    explicit TextModel(const ClipConfig& config)
        : embeddings(add<Embeddings>("embeddings", config)), encoder(add<Stack>("encoder", config)),
          norm(add<LayerNorm>("final_layer_norm", config.width, config.eps)) {}
    std::shared_ptr<Embeddings> embeddings;
    std::shared_ptr<Stack> encoder;
    std::shared_ptr<LayerNorm> norm;
};

Result<ClipConfig> ClipConfig::fromJson(const nlohmann::json& json, const std::string& file) {
    const ConfigReader reader(json, file);
    ClipConfig config;
    S1_CHECK(reader.require({"vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads"}));
    S1_CHECK(reader.integer("vocab_size", config.vocabulary, 1, 1 << 20));
    S1_CHECK(reader.integer("hidden_size", config.width, 1, 16384));
    S1_CHECK(reader.integer("intermediate_size", config.feedForward, 1, 65536));
    S1_CHECK(reader.integer("num_hidden_layers", config.layers, 1, 256));
    S1_CHECK(reader.integer("num_attention_heads", config.heads, 1, 1024));
    S1_CHECK(reader.integer("max_position_embeddings", config.positions, 77, 65536)); // a prompt is 77 tokens
    S1_CHECK(reader.number("layer_norm_eps", config.eps, 0, 1));
    S1_CHECK(reader.choice<bool>("hidden_act", {{"gelu", false}, {"quick_gelu", true}}, config.quickGelu));
    if (config.width % config.heads != 0)
        return reader.bad("hidden_size", fmt::format("is {}, which {} heads do not divide", config.width, config.heads));
    reader.noticeUnknown(kTransformersKeys);
    return config;
}

ClipEncoder::ClipEncoder(const ClipConfig& config) : m_config(config), m_textModel(add<TextModel>("text_model", config)) {}

Tensor ClipEncoder::forward(const Tensor& ids) const {
    const auto& model = *m_textModel;
    Tensor h = model.embeddings->token->forward(ids) + model.embeddings->position->forward(at::arange(ids.size(1)));
    for (const auto& layer : *model.encoder->layers)
        h = layer->forward(h);
    return model.norm->forward(h);
}

} // namespace s1::text
