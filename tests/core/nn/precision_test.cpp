#include "nn/layers.h"
#include "nn/precision.h"
#include "weights/load.h"

#include <gtest/gtest.h>

#include <thread>

namespace s1::nn {
namespace {

double relative(const Tensor& found, const Tensor& expected) { return ((found - expected).norm() / expected.norm()).item<double>(); }

// The value and the gradients for the input and the weights.
template <typename Layer>
std::vector<Tensor> run(const Layer& layer, const Tensor& input, bool bf16) {
    const Bf16Products products(bf16);
    const Tensor x = input.detach().clone().requires_grad_();
    const Tensor y = layer.forward(x);
    EXPECT_EQ(y.scalar_type(), at::kFloat);
    std::vector<Tensor> wanted{x};
    for (const auto& parameter : layer.parameters())
        wanted.push_back(parameter);
    auto found = torch::autograd::grad({y.square().sum()}, wanted);
    found.push_back(y.detach());
    return found;
}

template <typename Layer>
void expectRounded(Layer&& layer, const Tensor& input) {
    weights::fillDeterministic(layer);
    const auto exact = run(layer, input, false), rounded = run(layer, input, true);
    for (std::size_t i = 0; i < exact.size(); ++i) {
        EXPECT_EQ(rounded[i].scalar_type(), at::kFloat);
        EXPECT_LT(relative(rounded[i], exact[i]), 0.02) << i;
    }
    EXPECT_GT(relative(rounded.back(), exact.back()), 1e-4) << "not rounded at all";
    EXPECT_TRUE(at::equal(run(layer, input, false).back(), exact.back())) << "f32 afterwards";
}

TEST(Bf16Products, OfEachLayerAreNearTheirF32AndSoAreTheirGradients) {
    at::manual_seed(5);
    expectRounded(Linear(48, 32), at::randn({4, 10, 48}));
    expectRounded(Linear(48, 32, Bias::No), at::randn({4, 10, 48}));
    expectRounded(Conv2d(16, 24), at::randn({2, 16, 8, 12}).contiguous(at::MemoryFormat::ChannelsLast));
    expectRounded(TemporalConv(16), at::randn({2, 16, 5, 12}).contiguous(at::MemoryFormat::ChannelsLast));
    expectRounded(TemporalConv(16), at::randn({2, 16, 1, 12}).contiguous(at::MemoryFormat::ChannelsLast));
}

TEST(Bf16Products, OfOneThreadAreNotAnothers) {
    const Bf16Products products(true);
    bool other = true;
    std::thread([&] { other = productsInBf16(); }).join();
    EXPECT_TRUE(productsInBf16());
    EXPECT_FALSE(other);
    {
        const Bf16Products exact(false);
        EXPECT_FALSE(productsInBf16());
    }
    EXPECT_TRUE(productsInBf16());
}

} // namespace
} // namespace s1::nn
