#pragma once

#include "nn/layers.h"
#include "toyland/captions.h"

#include <vector>

namespace s1::train {

// What each caption names, [B, factors] int64: object, colour, motion, background and its colour; 0 says "not named".
at::Tensor factorsOf(const std::vector<toyland::Caption>& captions);

// Reads the factors twice: off the tokens that each factor looks for, as the networks' text attention can, and off the
// plain mean of all 77, as their time embedding does. For training the encoder; not kept.
class FactorHeads : public nn::Module {
public:
    explicit FactorHeads(std::int64_t width);

    struct Judged {
        at::Tensor loss;  // sum of the factors' cross entropies
        double right = 0; // share of the captions all factors of which are read right, both ways
    };
    // encoded [B, 77, width], mask [B, 77], factors as factorsOf()
    Judged judge(const at::Tensor& encoded, const at::Tensor& mask, const at::Tensor& factors) const;

private:
    std::vector<at::Tensor> logits(const at::Tensor& encoded, const at::Tensor& mask) const; // by attention, then by the mean

    std::shared_ptr<nn::Linear> m_query;
    std::shared_ptr<nn::ModuleList<nn::Linear>> m_heads, m_meanHeads;
};

} // namespace s1::train
