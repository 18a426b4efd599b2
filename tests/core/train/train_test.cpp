#include "train/denoising.h"
#include "train/motion_loss.h"
#include "train/motion_tuning.h"
#include "train/optimizer.h"
#include "train/toyland_data.h"

#include "base/json.h"
#include "weights/load.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <filesystem>

namespace s1::train {
namespace {

// A fixed small problem: fit w, b of a linear map. Gradients come from the data of the step number.
struct Problem {
    at::Tensor w = at::linspace(-1, 1, 12).view({3, 4}).clone().requires_grad_();
    at::Tensor b = at::zeros({3}).requires_grad_();

    NamedParameters parameters() const { return {{"b", b}, {"w", w}}; }
    at::Tensor loss(std::int64_t step) const {
        const at::Tensor x = weights::deterministicUniform({8, 4}, static_cast<std::uint32_t>(step));
        const at::Tensor target = weights::deterministicUniform({8, 3}, static_cast<std::uint32_t>(1000 + step));
        return (at::linear(x, w, b) - 3 * target).square().mean();
    }
};

TEST(Optimizer, AgreesWithLibTorchsAdamW) {
    for (const double clip : {1e9, 0.5}) {
        Problem ours, theirs;
        const OptimizerOptions options{.rate = 0.02, .beta1 = 0.9, .beta2 = 0.99, .eps = 1e-8, .weightDecay = 0.1, .clipNorm = clip};
        Optimizer optimizer(ours.parameters(), options);
        torch::optim::AdamW reference({theirs.b, theirs.w}, torch::optim::AdamWOptions(0.02).betas({0.9, 0.99}).eps(1e-8).weight_decay(0.1));
        for (std::int64_t step = 0; step < 30; ++step) {
            ours.loss(step).backward();
            reference.zero_grad();
            theirs.loss(step).backward();
            const double norm = torch::nn::utils::clip_grad_norm_({theirs.b, theirs.w}, clip);
            EXPECT_NEAR(optimizer.step(1.0), norm, 1e-4 * norm);
            reference.step();
            EXPECT_FALSE(ours.w.grad().defined()) << "gradients are cleared";
        }
        EXPECT_TRUE(at::allclose(ours.w, theirs.w, 1e-4, 1e-5)) << clip;
        EXPECT_TRUE(at::allclose(ours.b, theirs.b, 1e-4, 1e-5)) << clip;
        EXPECT_EQ(optimizer.steps(), 30);
    }
}

TEST(Optimizer, RestoredRunGoesOnWithTheSameNumbers) {
    Problem whole, first, second;
    Optimizer through(whole.parameters(), {}), before(first.parameters(), {}), after(second.parameters(), {});
    for (std::int64_t step = 0; step < 20; ++step) {
        whole.loss(step).backward();
        through.step(1.0);
    }
    for (std::int64_t step = 0; step < 9; ++step) {
        first.loss(step).backward();
        before.step(1.0);
    }
    weights::TensorMap saved;
    for (const auto& [name, tensor] : before.state())
        saved[name] = tensor.clone();
    ASSERT_TRUE(after.restore(saved, "checkpoint"));
    EXPECT_EQ(after.steps(), 9);
    for (std::int64_t step = 9; step < 20; ++step) {
        second.loss(step).backward();
        after.step(1.0);
    }
    const auto expected = through.state(), found = after.state();
    ASSERT_EQ(expected.size(), found.size());
    for (const auto& [name, tensor] : expected)
        EXPECT_TRUE(at::equal(tensor, found.at(name))) << name;
}

TEST(Optimizer, ForeignCheckpointIsRefusedByName) {
    Problem problem;
    Optimizer optimizer(problem.parameters(), {});
    auto state = optimizer.state();
    state["first/w"] = at::zeros({4, 3});
    const auto wrong = optimizer.restore(state, "dir/checkpoint.safetensors");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, ErrorCode::Corrupt);
    EXPECT_NE(wrong.error().message.find("first/w"), std::string::npos);
    EXPECT_NE(wrong.error().message.find("dir/checkpoint.safetensors"), std::string::npos);
    state.erase("first/w");
    EXPECT_FALSE(optimizer.restore(state, "x"));
    EXPECT_FALSE(optimizer.restore({}, "x"));
}

TEST(Optimizer, BadBatchAndScaleAndSlowParts) {
    Problem problem;
    Optimizer optimizer(problem.parameters(), {.rate = 0.01, .weightDecay = 0});
    optimizer.slowDown(0.1, [](const std::string& name) { return name == "b"; });
    const at::Tensor w = problem.w.detach().clone(), b = problem.b.detach().clone();
    (problem.loss(0) * NAN).backward();
    EXPECT_FALSE(std::isfinite(optimizer.step(1.0)));
    EXPECT_TRUE(at::equal(problem.w, w) && at::equal(problem.b, b));
    EXPECT_FALSE(problem.w.grad().defined());
    problem.loss(0).backward();
    optimizer.step(0.0);
    EXPECT_TRUE(at::equal(problem.w, w)) << "no rate, no change";

    Problem fresh;
    Optimizer first(fresh.parameters(), {.rate = 0.01, .weightDecay = 0});
    first.slowDown(0.1, [](const std::string& name) { return name == "b"; });
    fresh.loss(0).backward();
    first.step(1.0); // Adam's first step is the rate
    EXPECT_NEAR((fresh.w - w).abs().max().item<double>(), 0.01, 1e-4);
    EXPECT_NEAR((fresh.b - b).abs().max().item<double>(), 0.001, 1e-5);
}

TEST(Optimizer, MeanFollowsTheWeights) {
    Problem problem;
    Optimizer optimizer(problem.parameters(), {.rate = 0.05, .emaHalfLifeSteps = 5});
    const at::Tensor start = problem.w.detach().clone();
    for (std::int64_t step = 0; step < 40; ++step) {
        problem.loss(step % 4).backward();
        optimizer.step(1.0);
    }
    const at::Tensor mean = optimizer.averaged().at("w");
    EXPECT_LT((mean - problem.w).norm().item<double>(), (mean - start).norm().item<double>());
    EXPECT_FALSE(at::equal(mean, problem.w.detach()));
}

TEST(MotionLoss, SeesDirectionOfChangeOnly) {
    const at::Tensor noise = at::randn({1, 3, 5, 4, 4});
    EXPECT_NEAR(motionLoss(noise, noise).item<double>(), 0, 1e-5);
    EXPECT_NEAR(motionLoss(3 * noise + 2, noise).item<double>(), 0, 1e-5) << "neither contrast nor brightness count";
    EXPECT_NEAR(motionLoss(-noise, noise).item<double>(), 0, 1e-5) << "differences are absolute";
    EXPECT_GT(motionLoss(at::randn({1, 3, 5, 4, 4}), noise).item<double>(), 0.05);
}

std::shared_ptr<nn::UNet> tinyNetwork(const nlohmann::json& besides = nlohmann::json::object()) {
    auto object = *readJson(std::filesystem::path(S1_TEST_DATA) / "golden/models/fill/a/config.json");
    object["block_out_channels"] = {16, 16};
    object["norm_num_groups"] = 8;
    object["layers_per_block"] = 1;
    object["attention_head_dim"] = 8;
    object["cross_attention_dim"] = 16;
    object["encoder_hid_dim"] = 16;
    object["addition_embed_type_num_heads"] = 4;
    object["down_block_types"] = {"ResnetDownsampleBlock3D", "SimpleCrossAttnDownBlock3D"};
    object["up_block_types"] = {"SimpleCrossAttnUpBlock3D", "ResnetUpsampleBlock3D"};
    object.update(besides);
    auto network = std::make_shared<nn::UNet>(*nn::UNetConfig::fromJson(object, "config.json"));
    weights::fillDeterministic(*network);
    return network;
}

TEST(MotionLoss, GradientReachesTemporalQueryKeyValueOnly) {
    const auto network = tinyNetwork();
    const auto trained = temporalQueryKeyValue(*network);
    ASSERT_GT(trained.size(), 6u);
    trainOnly(*network, trained);
    std::set<std::string> names;
    for (const auto& [name, parameter] : trained) {
        EXPECT_NE(name.find("temp_attentions"), std::string::npos);
        names.insert(name);
    }
    const at::Tensor sample = weights::deterministicUniform({1, 3, 4, 8, 8}, 1), text = weights::deterministicUniform({1, 5, 16}, 2);
    const at::Tensor output = network->forward(sample, at::full({1}, 500), text).narrow(1, 0, 3);
    motionLoss(output, weights::deterministicUniform({1, 3, 4, 8, 8}, 3)).backward();
    std::size_t moved = 0;
    for (const auto& item : network->named_parameters()) {
        if (names.contains(item.key())) {
            ASSERT_TRUE(item.value().grad().defined()) << item.key();
            moved += item.value().grad().abs().max().item<double>() > 0;
        } else {
            EXPECT_FALSE(item.value().requires_grad()) << item.key();
            EXPECT_FALSE(item.value().grad().defined()) << item.key();
        }
    }
    EXPECT_EQ(moved, trained.size());
}

TEST(MotionLoss, TemporalParametersAreAllTheImageNetworkLacks) {
    const auto network = tinyNetwork();
    const auto all = temporalParameters(*network), some = temporalQueryKeyValue(*network);
    EXPECT_GT(all.size(), some.size());
    std::set<std::string> names;
    for (const auto& [name, parameter] : all)
        names.insert(name);
    EXPECT_EQ(names.size(), all.size());
    for (const auto& [name, parameter] : some)
        EXPECT_TRUE(names.contains(name)) << name;
    EXPECT_FALSE(names.contains("conv_in.weight"));
}

TEST(MotionLoss, FrameParametersAreTheTemporalOnesAndWhatSaysWhenAndWhere) {
    const auto network = tinyNetwork({{"frame_embedding", true}, {"place_embedding", true}});
    std::set<std::string> names;
    for (const auto& [name, parameter] : frameParameters(*network))
        names.insert(name);
    EXPECT_EQ(names.size(), temporalParameters(*network).size() + 8);
    EXPECT_TRUE(names.contains("frame_embedding.linear_1.weight"));
    EXPECT_TRUE(names.contains("place_embedding.heights.weight"));
    EXPECT_FALSE(names.contains("time_embedding.linear_1.weight"));
}

TEST(MotionInput, TakesTheFramesAndTheSizeAskedFor) {
    const at::Tensor video = at::linspace(-1, 1, 20).view({1, 1, 20, 1, 1}).expand({1, 3, 20, 32, 48}).contiguous();
    const at::Tensor eight = motionInput(video.narrow(2, 0, 8).contiguous(), 8, 16, 24);
    EXPECT_EQ(eight.sizes(), (at::IntArrayRef{1, 3, 8, 16, 24}));
    EXPECT_TRUE(at::allclose(eight.select(3, 3).select(3, 3), video.narrow(2, 0, 8).select(3, 3).select(3, 3), 1e-5, 1e-5));
    const at::Tensor spread = motionInput(video, 8, 16, 24);
    EXPECT_EQ(spread.sizes(), eight.sizes());
    const at::Tensor times = spread[0][0].select(1, 0).select(1, 0);
    EXPECT_TRUE((times.slice(0, 1) > times.slice(0, 0, -1)).all().item<bool>()) << times;
    EXPECT_TRUE(at::equal(motionInput(video.narrow(2, 0, 8).contiguous(), 8, 32, 48), video.narrow(2, 0, 8)));
}

TEST(Data, SameSeedAndNumberSameClips) {
    const auto time = [](std::int64_t, int frame) { return frame / 7.0; };
    const ClipShape shape{.frames = 4, .height = 20, .width = 32};
    const auto first = drawClips(3, 100, 4, shape, time), again = drawClips(3, 100, 4, shape, time);
    EXPECT_EQ(first.video.sizes(), (at::IntArrayRef{4, 3, 4, 20, 32}));
    EXPECT_TRUE(at::equal(first.video, again.video));
    EXPECT_EQ(first.captions, again.captions);
    EXPECT_GE(first.video.min().item<float>(), -1);
    EXPECT_LE(first.video.max().item<float>(), 1);
    const auto other = drawClips(4, 100, 4, shape, time);
    EXPECT_FALSE(at::equal(first.video, other.video));
    const auto later = drawClips(3, 102, 2, shape, time); // by number, not by batch
    EXPECT_TRUE(at::equal(later.video, first.video.slice(0, 2)));
    EXPECT_EQ(later.captions, (std::vector<std::string>{first.captions[2], first.captions[3]}));
}

TEST(Data, SameSeedAndNumberSameCrops) {
    const auto time = [](std::int64_t, int frame) { return frame / 3.0; };
    const CropShape shape{.height = 40, .width = 64, .crop = 16, .align = 4};
    const auto first = drawCrops(3, 7, 3, 2, shape, time), again = drawCrops(3, 7, 3, 2, shape, time);
    EXPECT_EQ(first.sharp.sizes(), (at::IntArrayRef{3, 3, 2, 16, 16}));
    EXPECT_TRUE(at::equal(first.sharp, again.sharp));
    EXPECT_EQ(first.captions.size(), 3u);
    EXPECT_FALSE(first.coarse.defined());
    EXPECT_FALSE(at::equal(first.sharp, drawCrops(4, 7, 3, 2, shape, time).sharp));
}

TEST(Data, CropsShareTheirSceneAndEverySecondShowsTheObject) {
    const auto time = [](std::int64_t, int) { return 0.5; };
    CropShape shape{.height = 40, .width = 64, .crop = 24, .align = 4, .perScene = 4};
    const auto four = drawCrops(3, 8, 4, 1, shape, time);
    EXPECT_EQ(four.captions[0].empty() ? four.captions[1] : four.captions[0], four.captions[3].empty() ? four.captions[2] : four.captions[3]);
    // The object's colour is among the crop's: the window of an odd number spreads more than a bare gradient would.
    shape.perScene = 1;
    int around = 0, anywhere = 0;
    const auto many = drawCrops(3, 0, 200, 1, shape, time);
    for (std::int64_t i = 0; i < 200; ++i) {
        const auto flat = many.sharp[i].reshape({3, -1});
        const bool busy = (flat.amax(1) - flat.amin(1)).amax().item<float>() > 0.5f;
        (i % 2 ? around : anywhere) += busy;
    }
    EXPECT_GE(around, 97);
    EXPECT_LT(anywhere, around);
}

TEST(Data, CoarseCropsLieOverTheSharpOnes) {
    const auto time = [](std::int64_t, int frame) { return frame / 28.0; };
    const CropShape shape{.height = 160, .width = 256, .crop = 64, .align = 4, .coarseHeight = 40, .coarseWidth = 64};
    const auto crops = drawCrops(5, 0, 8, 2, shape, time);
    ASSERT_EQ(crops.coarse.sizes(), crops.sharp.sizes());
    const auto off = [&](std::int64_t shift) {
        const auto width = crops.sharp.size(4) - 8;
        return at::mse_loss(crops.coarse.narrow(4, 4, width), crops.sharp.narrow(4, 4 + shift, width)).item<double>();
    };
    EXPECT_LT(off(0), off(-4));
    EXPECT_LT(off(0), off(4));
}

TEST(Data, EveryPlaceInTheBatchMeetsAllNoiseTimes) {
    std::vector<int> met(4);
    for (std::int64_t step = 0; step < 100; ++step) {
        std::vector<int> strata(4);
        for (int index = 0; index < 2; ++index) {
            const Shard shard{index, 2};
            auto generator = stepGenerator(1, step, shard);
            const at::Tensor t = noiseTimes(1, step, shard, 2, 1000, generator);
            for (std::int64_t i = 0; i < 2; ++i)
                ++strata[static_cast<std::size_t>(t[i].item<std::int64_t>() / 250)];
            if (index == 0)
                ++met[static_cast<std::size_t>(t[0].item<std::int64_t>() / 250)];
        }
        EXPECT_EQ(strata, (std::vector<int>{1, 1, 1, 1})) << step;
    }
    for (const int count : met)
        EXPECT_GT(count, 10);
}

} // namespace
} // namespace s1::train
