#include "nn/spatial_attention_kernel.h"
#include "weights/load.h"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

namespace s1::nn {
namespace {

struct Sizes {
    std::int64_t pictures, queries, keys, heads, headDim;
};

at::Tensor reference(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, std::int64_t heads) {
    const auto split = [&](const at::Tensor& t) { return t.to(at::kDouble).view({t.size(0), t.size(1), heads, -1}).transpose(1, 2); };
    const auto weights = (at::matmul(split(q), split(k).transpose(2, 3)) / std::sqrt(static_cast<double>(q.size(2) / heads))).softmax(-1);
    return at::matmul(weights, split(v)).transpose(1, 2).reshape(q.sizes());
}

class SpatialAttention : public testing::TestWithParam<Sizes> {
protected:
    // Scores up to about spread², as after training.
    at::Tensor drawn(std::int64_t length, std::uint32_t number, double spread) const {
        const auto& s = GetParam();
        return (spread * weights::deterministicUniform({s.pictures, length, s.heads * s.headDim}, number)).clone().requires_grad_();
    }
};

TEST_P(SpatialAttention, EqualsTheFormulaForwardAndBackward) {
    const auto& s = GetParam();
    for (const double spread : {1.0, 6.0}) {
        const auto q = drawn(s.queries, 1, spread), k = drawn(s.keys, 2, spread), v = drawn(s.keys, 3, 1);
        const auto slope = weights::deterministicUniform({s.pictures, s.queries, s.heads * s.headDim}, 4);
        const auto out = spatialAttention(q, k, v, s.heads), wanted = reference(q, k, v, s.heads);
        EXPECT_LT((out.to(at::kDouble) - wanted).abs().max().item<double>(), 5e-6);
        const auto got = torch::autograd::grad({(out * slope).sum()}, {q, k, v});
        const auto expected = torch::autograd::grad({(wanted * slope).sum()}, {q, k, v});
        for (std::size_t i = 0; i < 3; ++i)
            EXPECT_LT((got[i] - expected[i]).abs().max().item<double>(), 2e-5 * (1 + expected[i].abs().max().item<double>())) << i;
    }
}

INSTANTIATE_TEST_SUITE_P(Shapes, SpatialAttention,
                         testing::Values(Sizes{2, 12, 21, 3, 8}, Sizes{1, 1, 1, 1, 8}, Sizes{3, 7, 8, 2, 6}, Sizes{1, 5, 77, 4, 16}, Sizes{2, 4, 3, 2, 5}));

TEST(SpatialAttention, SameBitsForEveryThreadCount) {
    const auto q = weights::deterministicUniform({4, 33, 24}, 1), k = weights::deterministicUniform({4, 40, 24}, 2);
    const int before = at::get_num_threads();
    at::set_num_threads(1);
    const auto one = spatialAttention(q, k, k, 3);
    at::set_num_threads(3);
    EXPECT_TRUE(at::equal(one, spatialAttention(q, k, k, 3)));
    at::set_num_threads(before);
}

TEST(SpatialAttention, LargeScoresDoNotOverflow) {
    const auto q = at::full({1, 4, 8}, 100.0f), k = at::cat({at::full({1, 1, 8}, -100.0f), at::full({1, 1, 8}, 100.0f)}, 1);
    const auto v = at::cat({at::full({1, 1, 8}, 7.0f), at::full({1, 1, 8}, 3.0f)}, 1);
    EXPECT_TRUE(at::allclose(spatialAttention(q, k, v, 1), at::full({1, 4, 8}, 3.0f)));
    // All scores far below zero, which the padding must not hide.
    const auto low = at::cat({at::full({1, 1, 8}, -100.0f), at::full({1, 1, 8}, -101.0f)}, 1);
    EXPECT_TRUE(at::allclose(spatialAttention(q, low, v, 1), at::full({1, 4, 8}, 7.0f)));
}

} // namespace
} // namespace s1::nn
