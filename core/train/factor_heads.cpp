#include "train/factor_heads.h"

#include <optional>

namespace s1::train {

using at::Tensor;

namespace {

constexpr std::int64_t kSizes[] = {1 + toyland::kObjects, 1 + toyland::kColors, 1 + toyland::kMotions, 1 + toyland::kBackgroundKinds, 1 + toyland::kColors};

template <typename Value>
std::int64_t label(const std::optional<Value>& value) {
    return value ? 1 + static_cast<std::int64_t>(*value) : 0;
}

} // namespace

Tensor factorsOf(const std::vector<toyland::Caption>& captions) {
    std::vector<std::int64_t> labels;
    for (const auto& [text, named] : captions)
        labels.insert(labels.end(), {label(named.object), label(named.color), label(named.motion), label(named.background), label(named.backgroundColor)});
    return at::tensor(labels, at::kLong).view({std::ssize(captions), std::ssize(kSizes)});
}

FactorHeads::FactorHeads(std::int64_t width)
    : m_query(add<nn::Linear>("query", width, std::ssize(kSizes))), m_heads(add<nn::ModuleList<nn::Linear>>("heads")),
      m_meanHeads(add<nn::ModuleList<nn::Linear>>("mean_heads")) {
    for (const auto size : kSizes) {
        m_heads->append(width, size);
        m_meanHeads->append(width, size);
    }
}

std::vector<Tensor> FactorHeads::logits(const Tensor& encoded, const Tensor& mask) const {
    const Tensor scores = m_query->forward(encoded).masked_fill(mask.unsqueeze(-1) == 0, -1e4).softmax(1);
    const Tensor pooled = at::matmul(scores.transpose(1, 2), encoded); // [B, factors, D]
    std::vector<Tensor> all;
    for (std::size_t i = 0; i < m_heads->size(); ++i)
        all.push_back((*m_heads)[i].forward(pooled.select(1, static_cast<std::int64_t>(i))));
    const Tensor mean = encoded.mean(1);
    for (std::size_t i = 0; i < m_meanHeads->size(); ++i)
        all.push_back((*m_meanHeads)[i].forward(mean));
    return all;
}

FactorHeads::Judged FactorHeads::judge(const Tensor& encoded, const Tensor& mask, const Tensor& factors) const {
    const auto all = logits(encoded, mask);
    Tensor loss, right;
    for (std::size_t k = 0; k < all.size(); ++k) {
        const Tensor wanted = factors.select(1, static_cast<std::int64_t>(k % std::size(kSizes)));
        const Tensor one = at::cross_entropy_loss(all[k], wanted);
        loss = loss.defined() ? loss + one : one;
        const Tensor hit = all[k].argmax(1) == wanted;
        right = right.defined() ? right & hit : hit;
    }
    return {loss, right.to(at::kDouble).mean().item<double>()};
}

} // namespace s1::train
