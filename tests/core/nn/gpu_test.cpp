// On a machine with a GPU: ctest -L gpu.

#include "nn/device.h"
#include "nn/gpu_layers.h"
#include "nn/group_norm_kernel.h"
#include "nn/initialize.h"
#include "nn/precision.h"
#include "nn/temporal_attention_kernel.h"
#include "nn/unet.h"
#include "train/recorded_losses.h"
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
    const at::Device device = gpu(); // before any tensor: LibTorch looks for a GPU when it is first asked for anything
    for (const bool perPicture : {false, true}) {
        const Tensor x = (at::randn({6, 48, 20, 32}) * 2 + 0.7).contiguous(at::MemoryFormat::ChannelsLast);
        const auto affine = perPicture ? std::vector<std::int64_t>{6, 48} : std::vector<std::int64_t>{48};
        const std::vector<Tensor> inputs{x, at::randn(affine) + 1, at::randn(affine)};
        const auto here = valueAndSlopes([](const auto& in) { return groupNormChannelsLast(in[0], in[1], in[2], 8, 1e-5, true); }, inputs, at::kCPU);
        const auto there = valueAndSlopes([](const auto& in) { return gpuGroupNorm(in[0], in[1], in[2], 8, 1e-5, true, at::kFloat); }, inputs, device);
        for (std::size_t i = 0; i < here.size(); ++i)
            expectClose(there[i], here[i], 1e-5, "group norm");
    }
}

TEST(Gpu, TemporalAttentionAgreesWithTheProcessors) {
    const at::Device device = gpu();
    const std::vector<Tensor> inputs{at::randn({2, 8, 40, 48}), at::randn({2, 8, 40, 48}), at::randn({2, 8, 40, 48})};
    const auto here = valueAndSlopes([](const auto& in) { return temporalAttention(in[0], in[1], in[2], 8); }, inputs, at::kCPU);
    const auto there = valueAndSlopes([](const auto& in) { return gpuTemporalAttention(in[0], in[1], in[2], 8); }, inputs, device);
    for (std::size_t i = 0; i < here.size(); ++i)
        expectClose(there[i], here[i], 1e-5, "temporal attention");
}

// One whose last layer says something, too.
std::unique_ptr<UNet> keyframeNetwork() {
    const auto config = UNetConfig::fromJson(train::unetConfig(train::ToylandNetwork::Keyframes), "");
    auto network = std::make_unique<UNet>(config.value());
    const auto generator = at::make_generator<at::CPUGeneratorImpl>(1);
    initialize(*network, generator);
    torch::NoGradGuard noGrad;
    for (Tensor& parameter : network->parameters())
        if (parameter.count_nonzero().item<std::int64_t>() == 0)
            parameter.copy_(0.05 * at::randn(parameter.sizes(), generator));
    return network;
}

TEST(Gpu, AWholeNetworkAgreesWithTheProcessors) {
    const at::Device device = gpu();
    const auto network = keyframeNetwork();
    const Tensor clip = at::randn({2, 3, 8, 40, 64}), time = at::tensor({900, 100}, at::kLong), text = at::randn({2, 77, network->config().textWidth()});
    torch::NoGradGuard noGrad;
    const Tensor here = network->forward(clip, time, text);
    network->to(device);
    expectClose(network->forward(clip.to(device), time.to(device), text.to(device)), here, 5e-3, "network"); // its convolutions round to tf32
}

TEST(Gpu, ARecordedLossIsThatOfItsSample) {
    const at::Device device = gpu();
    const auto network = keyframeNetwork();
    network->to(device);
    const std::vector<Tensor> parameters = network->parameters();
    const auto loss = [&](const train::NoisySample& shown) {
        const Bf16Products products(true);
        return train::denoisingLoss(*network, diffusion::Prediction::Epsilon, shown);
    };
    const auto lossAlone = [&](const train::NoisySample& shown) { // a graph that stays would keep the next from being recorded
        const Tensor value = loss(train::onDevice(shown, device));
        return train::Cost{value.detach(), train::gradientsOf(value, parameters)};
    };
    train::RecordedLosses recorded(parameters, device, loss);
    for (int i = 0; i < 4; ++i) {
        train::NoisySample shown;
        shown.sample = {.clean = at::randn({2, 3, 8, 40, 64}), .text = at::randn({2, 77, network->config().textWidth()}), .levelled = true};
        shown.times = at::randint(0, 1000, {2}, at::kLong);
        shown.noise = at::randn({2, 3, 8, 40, 64});
        shown.alpha = shown.sigma = at::full({2, 1, 1, 1, 1}, std::sqrt(0.5));
        shown = train::pinned(shown, device);
        const train::Cost expected = lossAlone(shown);
        const double value = expected.loss.item<double>();
        train::Cost cost = recorded(shown);
        EXPECT_NEAR(cost.loss.item<double>(), value, 1e-4 * value) << i;
        EXPECT_EQ(cost.gradients.empty(), i == 0) << "recorded when it comes again";
        for (std::size_t p = 0; p < cost.gradients.size(); ++p)
            if (expected.gradients[p].defined() && expected.gradients[p].count_nonzero().item<std::int64_t>() > 0)
                expectClose(cost.gradients[p], expected.gradients[p].cpu(), 0.05, "gradient"); // sums in another order, in bf16: 0.0225 seen on an H200
        torch::NoGradGuard noGrad; // what learns between the steps is heard
        for (const Tensor& parameter : parameters)
            Tensor(parameter).mul_(1.01);
    }
}

} // namespace
} // namespace s1::nn
