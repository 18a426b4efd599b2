#include "nn/attention.h"

#include "nn/gpu_layers.h"
#include "nn/spatial_attention_kernel.h"
#include "nn/temporal_attention_kernel.h"
#include "nn/work.h"

#include <cmath>

namespace s1::nn {

Tensor scaledDotProduct(const Tensor& q, const Tensor& k, const Tensor& v) {
    countWork(4 * q.numel() * k.size(-2));
    return at::scaled_dot_product_attention(q, k, v);
}

AddedKvAttention::AddedKvAttention(const AddedKvOptions& options)
    : m_options(options), m_groupNorm(add<GroupNorm>("group_norm", options.groups, options.channels, options.eps)),
      m_q(add<Linear>("to_q", options.channels, options.channels)),
      m_k(add<Linear>("to_k", options.channels, options.channels)),
      m_v(add<Linear>("to_v", options.channels, options.channels)),
      m_addK(add<Linear>("add_k_proj", options.textDim, options.channels)),
      m_addV(add<Linear>("add_v_proj", options.textDim, options.channels)), m_out(add<ModuleList<Linear>>("to_out")) {
    if (options.textNorm)
        m_normCross = add<GroupNorm>("norm_cross", options.groups, options.textDim, 1e-5);
    m_out->append(options.channels, options.channels);
}

Tensor AddedKvAttention::forward(const Tensor& x, const Tensor& text) const {
    const Tensor context = m_normCross ? m_normCross->forward(text.transpose(1, 2)).transpose(1, 2) : text;
    const auto repeats = x.size(0) / text.size(0); // frames share their clip's text
    const Tensor h = toTokens(m_groupNorm->forward(x)); // [N, HW, C]
    const auto joined = [&](const Linear& added, const Linear& own) {
        return at::cat({added.forward(context).repeat_interleave(repeats, 0), own.forward(h)}, 1);
    };
    const Tensor o = attend(m_q->forward(h), joined(*m_addK, *m_k), joined(*m_addV, *m_v));
    const Tensor out = (*m_out)[0].forward(o);
    return fromTokens(out, x.size(2), x.size(3)) + x;
}

Tensor AddedKvAttention::attend(const Tensor& q, const Tensor& k, const Tensor& v) const {
    const auto heads = q.size(2) / m_options.headDim;
    if (m_options.fused && q.is_cpu() && q.scalar_type() == at::kFloat)
        return spatialAttention(q, k, v, heads);
    const auto split = [&](const Tensor& t) { return t.view({t.size(0), t.size(1), heads, m_options.headDim}).transpose(1, 2); }; // [N, heads, L, d]
    return scaledDotProduct(split(q), split(k), split(v)).transpose(1, 2).reshape(q.sizes());
}

Attention::Attention(std::int64_t queryDim, std::int64_t contextDim, std::int64_t heads, std::int64_t headDim)
    : m_heads(heads), m_headDim(headDim), m_q(add<Linear>("to_q", queryDim, heads * headDim, Bias::No)),
      m_k(add<Linear>("to_k", contextDim, heads * headDim, Bias::No)),
      m_v(add<Linear>("to_v", contextDim, heads * headDim, Bias::No)), m_out(add<ModuleList<Linear>>("to_out")) {
    m_out->append(heads * headDim, queryDim);
}

Tensor Attention::spatial(const Tensor& x, const Tensor& context) const {
    const auto split = [&](const Tensor& t) { return t.view({t.size(0), t.size(1), m_heads, m_headDim}).transpose(1, 2); };
    Tensor k, v;
    if (context.defined()) {
        const auto repeats = x.size(0) / context.size(0);
        k = split(m_k->forward(context).repeat_interleave(repeats, 0));
        v = split(m_v->forward(context).repeat_interleave(repeats, 0));
    } else {
        k = split(m_k->forward(x));
        v = split(m_v->forward(x));
    }
    const Tensor o = scaledDotProduct(split(m_q->forward(x)), k, v);
    return (*m_out)[0].forward(o.transpose(1, 2).reshape({x.size(0), x.size(1), m_heads * m_headDim}));
}

Tensor Attention::temporal(const Tensor& x) const {
    if (x.is_cpu() && x.scalar_type() == at::kFloat && x.size(1) <= kMostFrames)
        return (*m_out)[0].forward(temporalAttention(m_q->forward(x), m_k->forward(x), m_v->forward(x), m_heads));
    if (hasGpuKernels(x) && x.size(1) <= kMostFrames)
        return (*m_out)[0].forward(gpuTemporalAttention(m_q->forward(x), m_k->forward(x), m_v->forward(x), m_heads));
    const auto split = [&](const Linear& layer) { // [B, F, P, C] -> [B*P, heads, F, d]
        return layer.forward(x)
            .view({x.size(0), x.size(1), x.size(2), m_heads, m_headDim})
            .permute({0, 2, 3, 1, 4})
            .reshape({x.size(0) * x.size(2), m_heads, x.size(1), m_headDim});
    };
    const Tensor o = scaledDotProduct(split(*m_q), split(*m_k), split(*m_v));
    return (*m_out)[0].forward(o.view({x.size(0), x.size(2), m_heads, x.size(1), m_headDim})
                                   .permute({0, 3, 1, 2, 4})
                                   .reshape({x.size(0), x.size(1), x.size(2), m_heads * m_headDim}));
}

FeedForward::Gate::Gate(std::int64_t channels) : m_proj(add<Linear>("proj", channels, 8 * channels)) {}

Tensor FeedForward::Gate::forward(const Tensor& x) const {
    const auto parts = m_proj->forward(x).chunk(2, -1);
    return parts[0] * at::gelu(parts[1]);
}

FeedForward::Net::Net(std::int64_t channels)
    : gate(add<Gate>("0", channels)), out(add<Linear>("2", 4 * channels, channels)) {}

FeedForward::FeedForward(std::int64_t channels) : m_net(add<Net>("net", channels)) {}

Tensor FeedForward::forward(const Tensor& x) const {
    constexpr std::int64_t kRows = 16384; // the gate is eight times as wide as x: stage D's tokens at once would be 2 GB
    const auto rows = [&](const Tensor& part) { return m_net->out->forward(m_net->gate->forward(part)); };
    const Tensor all = x.reshape({-1, x.size(-1)});
    if (all.size(0) <= kRows || !x.is_cpu())
        return rows(x);
    std::vector<Tensor> parts;
    for (const Tensor& part : all.split(kRows))
        parts.push_back(rows(part));
    return at::cat(parts).view(x.sizes());
}

} // namespace s1::nn
