#include "train/identity_start.h"

#include "nn/initialize.h"
#include "train/toyland_data.h"
#include "train/toyland_files.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

namespace s1::train {
namespace {

constexpr double kFewHundredths = 0.05, kTenthOrTwo = 0.15;

at::Generator seeded(std::uint64_t seed) { return at::make_generator<at::CPUGeneratorImpl>(seed); }

TEST(IdentityStart, ConditionedStagesReturnTheirConditionWhateverTheNoise) {
    torch::NoGradGuard noGrad;
    for (const auto stage : {ToylandNetwork::Interpolation, ToylandNetwork::Superres}) {
        const auto config = nn::UNetConfig::fromJson(unetConfig(stage), "");
        ASSERT_TRUE(config) << config.error().message;
        nn::UNet network(*config);
        nn::initialize(network, seeded(1));
        startFromCondition(network, 3);
        const auto clips = drawClips(3, 0, 2, {.frames = 2, .height = 40, .width = 64}, [](std::int64_t, int frame) { return frame * 1.0; });
        const at::Tensor text = at::randn({2, 8, 64}, seeded(2)), labels = config->classTimestep ? at::zeros({2}, at::kLong) : at::Tensor();
        for (const int t : {10, 990}) {
            std::vector<at::Tensor> input{at::randn(clips.video.sizes(), seeded(3)), clips.video};
            if (config->inChannels == 7)
                input.push_back(at::ones({2, 1, 2, 40, 64}));
            const at::Tensor output = network.forward(at::cat(input, 1), at::full({2}, t), text, labels);
            EXPECT_LT((output - clips.video).abs().mean().item<double>(), kFewHundredths) << t;
        }
    }
}

TEST(IdentityStart, AutoencoderReturnsTheMeanColours) {
    torch::NoGradGuard noGrad;
    const auto config = nn::VaeConfig::fromJson(vaeConfig(1), "");
    ASSERT_TRUE(config);
    nn::Vae network(*config);
    nn::initialize(network, seeded(1));
    startFromMeans(network);
    const auto clips = drawClips(3, 0, 4, {.frames = 1, .height = 40, .width = 64}, [](std::int64_t, int) { return 0.5; });
    const at::Tensor pictures = nn::toFrames(clips.video), means = at::avg_pool2d(pictures, 8);
    const auto latent = nn::posterior(network.moments(pictures));
    EXPECT_LT((latent.mean.narrow(1, 0, 3) - means).abs().mean().item<double>(), kTenthOrTwo);
    EXPECT_LT(latent.std.max().item<double>(), 0.1);
    EXPECT_LT((network.decode(latent.mean) - at::upsample_nearest2d(means, {40, 64})).abs().mean().item<double>(), kTenthOrTwo);
}

TEST(IdentityStart, EverythingGetsAGradientBeforeLong) {
    const auto config = nn::UNetConfig::fromJson(unetConfig(ToylandNetwork::Superres), "");
    ASSERT_TRUE(config);
    nn::UNet network(*config);
    nn::initialize(network, seeded(1));
    startFromCondition(network, 3);
    torch::optim::SGD optimizer(network.parameters(), 0.01);
    const at::Tensor input = at::randn({1, 6, 2, 16, 16}, seeded(4)), target = at::randn({1, 3, 2, 16, 16}, seeded(5)), text = at::randn({1, 8, 64}, seeded(6));
    for (int step = 0; step < 4; ++step) {
        optimizer.zero_grad();
        at::mse_loss(network.forward(input, at::full({1}, 500), text, at::zeros({1}, at::kLong)), target).backward();
        optimizer.step();
    }
    for (const auto& item : network.named_parameters())
        EXPECT_TRUE(item.value().grad().defined()) << item.key();
    EXPECT_GT(network.named_parameters()["mid_block.resnets.0.conv1.weight"].grad().abs().max().item<double>(), 0);
}

} // namespace
} // namespace s1::train
