#pragma once

#include "base/result.h"
#include "nn/layers.h"

#include <nlohmann/json.hpp>

namespace s1::text {

struct T5Config {
    std::int64_t vocabulary = 32128, width = 512, feedForward = 1024, headDim = 64, layers = 6, heads = 8;
    std::int64_t buckets = 32, maxDistance = 128;
    double eps = 1e-6;

    static Result<T5Config> fromJson(const nlohmann::json& json, const std::string& file);
};

// T5EncoderModel v1.1 (gated GELU, no biases, no attention scale): show1.md 2.1.3.
class T5Encoder : public nn::Module {
public:
    explicit T5Encoder(const T5Config& config);
    // ids, mask [B, L] int64 -> [B, L, width]
    at::Tensor forward(const at::Tensor& ids, const at::Tensor& mask) const;
    const T5Config& config() const { return m_config; }

private:
    class RmsNorm;
    class SelfAttention;
    class AttentionLayer;
    class FeedForward;
    class FeedForwardLayer;
    class Block;
    class Stack;

    T5Config m_config;
    std::shared_ptr<nn::Embedding> m_shared;
    std::shared_ptr<Stack> m_encoder;
};

} // namespace s1::text
