#pragma once

#include "nn/layers.h"

namespace s1::nn {

// softmax(q k' / sqrt(d)) v over the next-to-last axis of [..., heads, length, d].
Tensor scaledDotProduct(const Tensor& q, const Tensor& k, const Tensor& v);

struct AddedKvOptions {
    std::int64_t channels = 0;
    std::int64_t headDim = 64;
    std::int64_t textDim = 0;
    std::int64_t groups = 32;
    double eps = 1e-5;
    bool textNorm = true; // norm_cross
    bool fused = false;   // spatial_attention_kernel.h instead of the library's, which rounds as the original does
};

// Attention of the SimpleCrossAttn blocks (show1.md 3.5): pixels attend to text and pixels at once, text keys first.
class AddedKvAttention : public Module {
public:
    explicit AddedKvAttention(const AddedKvOptions& options);
    // x [B*F, C, H, W], text [B, L, D] -> [B*F, C, H, W]
    Tensor forward(const Tensor& x, const Tensor& text) const;

private:
    Tensor attend(const Tensor& q, const Tensor& k, const Tensor& v) const; // [N, L, C], [N, S, C], [N, S, C] -> [N, L, C]

    AddedKvOptions m_options;
    std::shared_ptr<GroupNorm> m_groupNorm, m_normCross;
    std::shared_ptr<Linear> m_q, m_k, m_v, m_addK, m_addV;
    std::shared_ptr<ModuleList<Linear>> m_out;
};

// Multi-head attention without bias on q, k, v, as in both kinds of transformer block.
class Attention : public Module {
public:
    Attention(std::int64_t queryDim, std::int64_t contextDim, std::int64_t heads, std::int64_t headDim);
    // x [N, L, C]; context [B, S, D] with N a multiple of B (one row for several frames), undefined: x itself.
    Tensor spatial(const Tensor& x, const Tensor& context) const;
    // x [B, F, P, C]: every pixel attends over its own frames.
    Tensor temporal(const Tensor& x) const;

private:
    std::int64_t m_heads, m_headDim;
    std::shared_ptr<Linear> m_q, m_k, m_v;
    std::shared_ptr<ModuleList<Linear>> m_out;
};

// Linear C -> 8C split into (a, g), a * gelu(g), Linear 4C -> C.
class FeedForward : public Module {
public:
    explicit FeedForward(std::int64_t channels);
    Tensor forward(const Tensor& x) const;

private:
    class Gate : public Module {
    public:
        explicit Gate(std::int64_t channels);
        Tensor forward(const Tensor& x) const;

    private:
        std::shared_ptr<Linear> m_proj;
    };
    class Net : public Module {
    public:
        explicit Net(std::int64_t channels);
        std::shared_ptr<Gate> gate;  // "0"
        std::shared_ptr<Linear> out; // "2"
    };
    std::shared_ptr<Net> m_net;
};

} // namespace s1::nn
