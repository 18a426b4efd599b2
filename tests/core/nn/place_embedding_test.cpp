#include "nn/embeddings.h"

#include "filled_network.h"

#include <torch/torch.h>

namespace s1::nn {
namespace {

using weights::deterministicUniform;

constexpr std::int64_t kTime = 12, kChannels = 8;

PlaceEmbedding filled() {
    PlaceEmbedding embedding(kTime, kChannels);
    std::uint32_t seed = 1;
    for (auto& parameter : embedding.parameters())
        parameter.set_data(deterministicUniform(parameter.sizes(), seed++));
    return embedding;
}

Tensor mapOf(const PlaceEmbedding& embedding, std::int64_t pictures, std::int64_t height, std::int64_t width) {
    return embedding.forward(at::zeros({pictures, kChannels, height, width}), deterministicUniform({2, kTime}, 9), at::ones({2, 1}));
}

TEST(PlaceEmbedding, APlaceIsTheSameAtEverySize) {
    torch::NoGradGuard noGrad;
    const auto embedding = filled();
    const Tensor coarse = mapOf(embedding, 2, 5, 8), fine = mapOf(embedding, 2, 15, 24);
    const Tensor middles = fine.slice(2, 1, 15, 3).slice(3, 1, 24, 3);
    EXPECT_LT((coarse - middles).abs().max().item<double>(), 1e-5);
    EXPECT_GT(coarse.std().item<double>(), 0.1);
}

TEST(PlaceEmbedding, FramesOfAClipShareItsMap) {
    torch::NoGradGuard noGrad;
    const auto embedding = filled();
    const Tensor clips = mapOf(embedding, 2, 5, 8), frames = mapOf(embedding, 6, 5, 8);
    EXPECT_TRUE(at::equal(frames, clips.repeat_interleave(3, 0)));
    EXPECT_GT((clips[0] - clips[1]).abs().max().item<double>(), 0.1);
}

TEST(PlaceEmbedding, LeavesWhatItIsAddedTo) {
    torch::NoGradGuard noGrad;
    const auto embedding = filled();
    const Tensor x = deterministicUniform({2, kChannels, 5, 8}, 4), time = deterministicUniform({2, kTime}, 9);
    EXPECT_LT((embedding.forward(x, time, at::ones({2, 1})) - x - mapOf(embedding, 2, 5, 8)).abs().max().item<double>(), 1e-5);
    EXPECT_TRUE(at::equal(embedding.forward(x, time, at::zeros({2, 1})), x));
}

TEST(PlaceEmbedding, ReachesTheResultOfANetworkThatHasIt) {
    torch::NoGradGuard noGrad;
    auto config = imageConfigJson("a");
    const auto without = weights::stateDict(*build(config));
    config["place_embedding"] = true;
    const auto network = build(config);
    EXPECT_EQ(weights::stateDict(*network).size(), without.size() + 4); // published configs have none
    const Tensor clip = deterministicUniform({1, 3, 1, 8, 16}, 1), text = deterministicUniform({1, 7, 128}, 2), time = at::full({1}, 500);
    const Tensor with = network->forward(clip, time, text);
    network->named_parameters()["place_embedding.proj.weight"].zero_();
    EXPECT_GT((network->forward(clip, time, text) - with).abs().max().item<double>(), 1e-3);
}

} // namespace
} // namespace s1::nn
