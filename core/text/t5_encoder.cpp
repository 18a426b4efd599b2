#include "text/t5_encoder.h"

#include "base/config_reader.h"
#include "text/transformers_keys.h"

#include <cmath>

namespace s1::text {

using at::Tensor;
using nn::Bias;
using nn::Embedding;
using nn::Linear;

namespace {

// Bidirectional bucket of a key's distance from the query: exact up to 8, then logarithmic (f32 logarithm).
std::int64_t relativeBucket(std::int64_t distance, std::int64_t buckets, std::int64_t maxDistance) {
    const std::int64_t half = buckets / 2, exact = half / 2;
    const std::int64_t base = distance > 0 ? half : 0;
    const std::int64_t a = std::abs(distance);
    if (a < exact)
        return base + a;
    const float share = std::log(static_cast<float>(a) / static_cast<float>(exact)) /
                        static_cast<float>(std::log(static_cast<double>(maxDistance) / static_cast<double>(exact)));
    return base + std::min(half - 1, exact + static_cast<std::int64_t>(share * static_cast<float>(half - exact)));
}

} // namespace

class T5Encoder::RmsNorm : public nn::Module {
public:
    RmsNorm(std::int64_t width, double eps) : m_weight(register_parameter("weight", at::empty({width}))), m_eps(eps) {}
    Tensor forward(const Tensor& h) const {
        const Tensor variance = h.to(at::kFloat).square().mean(-1, true);
        return m_weight * (h * at::rsqrt(variance + m_eps)).to(m_weight.scalar_type());
    }

private:
    Tensor m_weight;
    double m_eps;
};

class T5Encoder::SelfAttention : public nn::Module {
public:
    SelfAttention(const T5Config& config, bool hasBias) : m_config(config) {
        const auto inner = config.heads * config.headDim;
        m_q = add<Linear>("q", config.width, inner, Bias::No);
        m_k = add<Linear>("k", config.width, inner, Bias::No);
        m_v = add<Linear>("v", config.width, inner, Bias::No);
        m_o = add<Linear>("o", inner, config.width, Bias::No);
        if (hasBias)
            m_bias = add<Embedding>("relative_attention_bias", config.buckets, config.heads);
    }

    // [1, heads, L, L], only in the first block; the others share it.
    Tensor positionBias(std::int64_t length) const {
        std::vector<std::int64_t> buckets;
        for (std::int64_t query = 0; query < length; ++query)
            for (std::int64_t key = 0; key < length; ++key)
                buckets.push_back(relativeBucket(key - query, m_config.buckets, m_config.maxDistance));
        const Tensor index = at::tensor(buckets, at::kLong);
        return m_bias->forward(index).view({1, length, length, -1}).permute({0, 3, 1, 2});
    }

    Tensor forward(const Tensor& x, const Tensor& bias) const {
        const auto split = [&](const Linear& layer) {
            return layer.forward(x).view({x.size(0), x.size(1), m_config.heads, m_config.headDim}).transpose(1, 2);
        };
        const Tensor scores = at::matmul(split(*m_q), split(*m_k).transpose(-1, -2)) + bias;
        const Tensor o = at::matmul(at::softmax(scores.to(at::kFloat), -1).to(scores.scalar_type()), split(*m_v));
        return m_o->forward(o.transpose(1, 2).reshape({x.size(0), x.size(1), -1}));
    }

private:
    T5Config m_config;
    std::shared_ptr<Linear> m_q, m_k, m_v, m_o;
    std::shared_ptr<Embedding> m_bias;
};

class T5Encoder::AttentionLayer : public nn::Module {
public:
    AttentionLayer(const T5Config& config, bool hasBias)
        : attention(add<SelfAttention>("SelfAttention", config, hasBias)),
          norm(add<RmsNorm>("layer_norm", config.width, config.eps)) {}
    std::shared_ptr<SelfAttention> attention;
    std::shared_ptr<RmsNorm> norm;
};

class T5Encoder::FeedForward : public nn::Module {
public:
    explicit FeedForward(const T5Config& config)
        : m_wi0(add<Linear>("wi_0", config.width, config.feedForward, Bias::No)),
          m_wi1(add<Linear>("wi_1", config.width, config.feedForward, Bias::No)),
          m_wo(add<Linear>("wo", config.feedForward, config.width, Bias::No)) {}
    Tensor forward(const Tensor& x) const { return m_wo->forward(at::gelu(m_wi0->forward(x), "tanh") * m_wi1->forward(x)); }

private:
    std::shared_ptr<Linear> m_wi0, m_wi1, m_wo;
};

class T5Encoder::FeedForwardLayer : public nn::Module {
public:
    explicit FeedForwardLayer(const T5Config& config)
        : feedForward(add<FeedForward>("DenseReluDense", config)), norm(add<RmsNorm>("layer_norm", config.width, config.eps)) {}
    std::shared_ptr<FeedForward> feedForward;
    std::shared_ptr<RmsNorm> norm;
};

class T5Encoder::Block : public nn::Module {
public:
    Block(const T5Config& config, bool hasBias) {
        // "layer.0" and "layer.1" are of two kinds.
        class Layers : public nn::Module {
        public:
            Layers(const T5Config& config, bool hasBias)
                : attention(add<AttentionLayer>("0", config, hasBias)), feedForward(add<FeedForwardLayer>("1", config)) {}
            std::shared_ptr<AttentionLayer> attention;
            std::shared_ptr<FeedForwardLayer> feedForward;
        };
        const auto layers = add<Layers>("layer", config, hasBias);
        attention = layers->attention;
        feedForward = layers->feedForward;
    }

    Tensor forward(const Tensor& input, const Tensor& bias) const {
        const Tensor h = input + attention->attention->forward(attention->norm->forward(input), bias);
        return h + feedForward->feedForward->forward(feedForward->norm->forward(h));
    }

    std::shared_ptr<AttentionLayer> attention;
    std::shared_ptr<FeedForwardLayer> feedForward;
};

class T5Encoder::Stack : public nn::Module {
public:
    explicit Stack(const T5Config& config) : blocks(add<nn::ModuleList<Block>>("block")) {
        for (std::int64_t i = 0; i < config.layers; ++i)
            blocks->append(config, i == 0);
        norm = add<RmsNorm>("final_layer_norm", config.width, config.eps);
    }
    std::shared_ptr<nn::ModuleList<Block>> blocks;
    std::shared_ptr<RmsNorm> norm;
};

Result<T5Config> T5Config::fromJson(const nlohmann::json& json, const std::string& file) {
    const ConfigReader reader(json, file);
    T5Config config;
    S1_CHECK(reader.require({"vocab_size", "d_model", "d_ff", "d_kv", "num_layers", "num_heads"}));
    S1_CHECK(reader.integer("vocab_size", config.vocabulary, 1, 1 << 20));
    S1_CHECK(reader.integer("d_model", config.width, 1, 16384));
    S1_CHECK(reader.integer("d_ff", config.feedForward, 1, 65536));
    S1_CHECK(reader.integer("d_kv", config.headDim, 1, 1024));
    S1_CHECK(reader.integer("num_layers", config.layers, 1, 256));
    S1_CHECK(reader.integer("num_heads", config.heads, 1, 1024));
    S1_CHECK(reader.integer("relative_attention_num_buckets", config.buckets, 4, 1024)); // less has no exact ones
    S1_CHECK(reader.integer("relative_attention_max_distance", config.maxDistance, config.buckets, 1 << 20));
    S1_CHECK(reader.number("layer_norm_epsilon", config.eps, 0, 1));
    S1_CHECK(reader.only("feed_forward_proj", "gated-gelu")); // T5 v1.1
    S1_CHECK(reader.only("dense_act_fn", "gelu_new"));        // what transformers makes of it, written beside it
    S1_CHECK(reader.only("is_gated_act", true));
    reader.noticeUnknown(kTransformersKeys);
    return config;
}

T5Encoder::T5Encoder(const T5Config& config)
    : m_config(config), m_shared(add<Embedding>("shared", config.vocabulary, config.width)),
      m_encoder(add<Stack>("encoder", config)) {}

Tensor T5Encoder::forward(const Tensor& ids, const Tensor& mask) const {
    Tensor h = m_shared->forward(ids);
    const auto& blocks = *m_encoder->blocks;
    const Tensor masked = (1 - mask.to(h.scalar_type())) * -65504.0;
    const Tensor bias = blocks[0].attention->attention->positionBias(ids.size(1)) + masked.unsqueeze(1).unsqueeze(1);
    for (const auto& block : blocks)
        h = block->forward(h, bias);
    return m_encoder->norm->forward(h);
}

} // namespace s1::text
