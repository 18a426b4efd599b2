#include "filled_network.h"

#include <torch/torch.h>

namespace s1::nn {
namespace {

using nlohmann::json;
using weights::deterministicUniform;

// No layer of an image network but the frame embedding knows which frame it is at.
json imageConfig() {
    json config = imageConfigJson("a");
    config["frame_embedding"] = true;
    return config;
}

const Tensor kTime = at::full({1}, 500);

TEST(FrameEmbedding, AFrameAloneIsThatFrameOfItsClip) {
    torch::NoGradGuard noGrad;
    const auto network = build(imageConfig());
    const Tensor clips = deterministicUniform({2, 3, 3, 8, 16}, 1), text = deterministicUniform({2, 7, 128}, 2);
    const Tensor all = network->forward(clips, kTime, text);
    for (std::int64_t f = 0; f < 3; ++f) {
        const Tensor alone = network->forward(clips.narrow(2, f, 1), kTime, text, {}, at::full({2}, f, at::kLong));
        EXPECT_LT((all.narrow(2, f, 1) - alone).abs().max().item<double>(), 2e-5) << "frame " << f;
    }
    const Tensor asFirst = network->forward(clips.narrow(2, 2, 1), kTime, text);
    EXPECT_GT((all.narrow(2, 2, 1) - asFirst).abs().max().item<double>(), 1e-3);
}

TEST(FrameEmbedding, WhatAPlaceMeansTheTextSays) {
    torch::NoGradGuard noGrad;
    const auto network = build(imageConfig());
    const Tensor still = deterministicUniform({1, 3, 1, 8, 16}, 1).expand({2, 3, 2, 8, 16});
    const Tensor out = network->forward(still, kTime, deterministicUniform({2, 7, 128}, 2));
    const Tensor step = out.select(2, 1) - out.select(2, 0); // what the second place changes
    EXPECT_GT((step[0] - step[1]).abs().max().item<double>(), 1e-3);
}

TEST(FrameEmbedding, IsHeardFromItsTimestepOn) {
    torch::NoGradGuard noGrad;
    json config = imageConfig();
    config["place_embedding"] = true;
    config["frames_from"] = 500;
    const auto network = build(config);
    const Tensor still = deterministicUniform({2, 3, 1, 8, 16}, 1).expand({2, 3, 2, 8, 16}), text = deterministicUniform({2, 7, 128}, 2);
    const Tensor out = network->forward(still, at::tensor({499, 500}), text); // each clip has its own timestep
    const Tensor step = (out.select(2, 1) - out.select(2, 0)).abs().amax({1, 2, 3});
    EXPECT_LT(step[0].item<double>(), 1e-6);
    EXPECT_GT(step[1].item<double>(), 1e-3);

    config["frames_from"] = 0;
    const Tensor always = build(config)->forward(still, at::tensor({499, 500}), text);
    EXPECT_GT((always[0] - out[0]).abs().max().item<double>(), 1e-3);
    EXPECT_LT((always[1] - out[1]).abs().max().item<double>(), 1e-5);
}

TEST(FrameEmbedding, PublishedConfigsHaveNone) {
    json config = imageConfig();
    config.erase("frame_embedding");
    for (const auto& [name, tensor] : weights::stateDict(*build(config)))
        EXPECT_FALSE(name.starts_with("frame_embedding")) << name;
}

} // namespace
} // namespace s1::nn
