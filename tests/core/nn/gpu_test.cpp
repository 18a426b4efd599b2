// On a machine with a GPU: ctest -L gpu.

#include "nn/device.h"
#include "nn/gpu_layers.h"
#include "nn/group_norm_kernel.h"
#include "nn/initialize.h"
#include "nn/temporal_attention_kernel.h"
#include "nn/unet.h"
#include "train/toyland_files.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>

namespace s1::nn {
namespace {

at::Device gpu() {
    const auto device = openDevice("cuda");
    if (!device)
        throw std::runtime_error(device.error().message);
    return *device;
}

void expectClose(const Tensor& found, const Tensor& expected, double bound, const char* what) {
    EXPECT_LT(((found.cpu() - expected).norm() / expected.norm()).item<double>(), bound) << what;
}

// f of leaves that are there, and their gradients of a sum weighted unevenly.
std::vector<Tensor> valueAndSlopes(const std::function<Tensor(const std::vector<Tensor>&)>& f, const std::vector<Tensor>& inputs, at::Device device) {
    std::vector<Tensor> leaves;
    for (const Tensor& input : inputs)
        leaves.push_back(input.to(device).detach().requires_grad_());
    const Tensor value = f(leaves);
    auto generator = at::make_generator<at::CPUGeneratorImpl>(5);
    (value * at::randn(value.sizes(), generator).to(device)).sum().backward();
    std::vector<Tensor> all{value.detach()};
    for (const Tensor& leaf : leaves)
        all.push_back(leaf.grad());
    return all;
}

TEST(Gpu, GroupNormAgreesWithTheProcessors) {
    for (const bool perPicture : {false, true}) {
        const Tensor x = (at::randn({6, 48, 20, 32}) * 2 + 0.7).contiguous(at::MemoryFormat::ChannelsLast);
        const auto affine = perPicture ? std::vector<std::int64_t>{6, 48} : std::vector<std::int64_t>{48};
        const std::vector<Tensor> inputs{x, at::randn(affine) + 1, at::randn(affine)};
        const auto here = valueAndSlopes([](const auto& in) { return groupNormChannelsLast(in[0], in[1], in[2], 8, 1e-5, true); }, inputs, at::kCPU);
        const auto there = valueAndSlopes([](const auto& in) { return gpuGroupNorm(in[0], in[1], in[2], 8, 1e-5, true, at::kFloat); }, inputs, gpu());
        for (std::size_t i = 0; i < here.size(); ++i)
            expectClose(there[i], here[i], 1e-5, "group norm");
    }
}

TEST(Gpu, TemporalAttentionAgreesWithTheProcessors) {
    const std::vector<Tensor> inputs{at::randn({2, 8, 40, 48}), at::randn({2, 8, 40, 48}), at::randn({2, 8, 40, 48})};
    const auto here = valueAndSlopes([](const auto& in) { return temporalAttention(in[0], in[1], in[2], 8); }, inputs, at::kCPU);
    const auto there = valueAndSlopes([](const auto& in) { return gpuTemporalAttention(in[0], in[1], in[2], 8); }, inputs, gpu());
    for (std::size_t i = 0; i < here.size(); ++i)
        expectClose(there[i], here[i], 1e-5, "temporal attention");
}

TEST(Gpu, AWholeNetworkAgreesWithTheProcessors) {
    const auto config = UNetConfig::fromJson(train::unetConfig(train::ToylandNetwork::Keyframes), "");
    ASSERT_TRUE(config);
    UNet network(*config);
    initialize(network, at::make_generator<at::CPUGeneratorImpl>(1));
    const Tensor clip = at::randn({2, 3, 8, 40, 64}), time = at::tensor({900, 100}, at::kLong), text = at::randn({2, 77, config->textWidth()});
    torch::NoGradGuard noGrad;
    const Tensor here = network.forward(clip, time, text);
    const at::Device device = gpu();
    network.to(device);
    expectClose(network.forward(clip.to(device), time.to(device), text.to(device)), here, 2e-3, "network"); // its convolutions round to tf32
}

} // namespace
} // namespace s1::nn
