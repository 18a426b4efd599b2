#include "text/t5_encoder.h"

#include <fmt/format.h>

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
        const Tensor index = at::tensor(buckets, at::kLong).to(m_bias->weight.device());
        return m_bias->weight.index_select(0, index).view({1, length, length, -1}).permute({0, 3, 1, 2});
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
    const auto bad = [&](const std::string& why) { return Error{ErrorCode::Unsupported, fmt::format("{}: {}", file, why), file}; };
    T5Config config;
    try {
        config.vocabulary = json.at("vocab_size");
        config.width = json.at("d_model");
        config.feedForward = json.at("d_ff");
        config.headDim = json.at("d_kv");
        config.layers = json.at("num_layers");
        config.heads = json.at("num_heads");
        config.buckets = json.value("relative_attention_num_buckets", 32);
        config.maxDistance = json.value("relative_attention_max_distance", 128);
        config.eps = json.value("layer_norm_epsilon", 1e-6);
        const std::string projection = json.value("feed_forward_proj", "gated-gelu");
        if (projection != "gated-gelu")
            return bad(fmt::format("feed_forward_proj is {}; only gated-gelu (T5 v1.1) is supported", projection));
    } catch (const nlohmann::json::exception& e) {
        return bad(fmt::format("a key is missing or has the wrong type ({})", e.what()));
    }
    for (const auto value : {config.vocabulary, config.width, config.feedForward, config.headDim, config.layers, config.heads, config.buckets})
        if (value < 1 || value > (1 << 20))
            return bad(fmt::format("{} is not a usable size", value));
    return config;
}

T5Encoder::T5Encoder(const T5Config& config)
    : m_config(config), m_shared(add<Embedding>("shared", config.vocabulary, config.width)),
      m_encoder(add<Stack>("encoder", config)) {}

Tensor T5Encoder::forward(const Tensor& ids, const Tensor& mask) const {
    Tensor h = at::embedding(m_shared->weight, ids);
    const auto& blocks = *m_encoder->blocks;
    const Tensor masked = (1 - mask.to(h.scalar_type())) * -65504.0;
    const Tensor bias = blocks[0].attention->attention->positionBias(ids.size(1)) + masked.unsqueeze(1).unsqueeze(1);
    for (const auto& block : blocks)
        h = block->forward(h, bias);
    return m_encoder->norm->forward(h);
}

} // namespace s1::text
