#include "filled_network.h"
#include "nn/initialize.h"
#include "nn/vae.h"
#include "weights/load.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>

namespace s1::nn {
namespace {

using nlohmann::json;
using weights::deterministicUniform;

template <typename T>
const T& child(const UNet& network, const std::string& name) {
    const auto module = std::dynamic_pointer_cast<T>(network.named_modules()[name]);
    EXPECT_TRUE(module) << name;
    return *module;
}

// mean, std, norm, values at 0, 1, 17, n/2, n-1, as the tables of show1.md 10.3 list them.
void expectFigures(const Tensor& x, const std::array<double, 3>& statistics, const std::array<double, 5>& values) {
    const Tensor flat = x.contiguous().flatten().to(at::kDouble);
    EXPECT_NEAR(flat.mean().item<double>(), statistics[0], 2e-4);
    EXPECT_NEAR(flat.std(false).item<double>(), statistics[1], 2e-4);
    EXPECT_NEAR(flat.norm().item<double>(), statistics[2], 1e-3);
    const std::int64_t n = flat.numel(), at[] = {0, 1, 17, n / 2, n - 1};
    for (std::size_t i = 0; i < 5; ++i)
        EXPECT_NEAR(flat[at[i]].item<double>(), values[i], 2e-4) << "index " << at[i];
}

TEST(TemporalConv, ASingleFrameMeetsOnlyTheMiddleOfTheKernel) {
    TemporalConv convolution(4);
    weights::fillDeterministic(convolution);
    const auto parameters = convolution.named_parameters();
    const at::Tensor x = deterministicUniform({2, 4, 1, 6}, 9);
    const at::Tensor padded = at::conv2d(x, parameters["weight"].squeeze(-1), parameters["bias"], {1, 1}, at::IntArrayRef{1, 0});
    EXPECT_TRUE(at::allclose(convolution.forward(x), padded, 1e-5, 1e-6));
}

TEST(UNetA, FiguresOfTheSpecification) {
    torch::NoGradGuard noGrad;
    const auto network = build(configJson("a"));
    const auto state = weights::stateDict(*network);
    EXPECT_EQ(state.size(), 1359u);
    std::int64_t parameters = 0;
    for (const auto& [name, tensor] : state)
        parameters += tensor.numel();
    EXPECT_EQ(parameters, 12579206);
    const Tensor sample = deterministicUniform({2, 3, 4, 8, 16}, 100001), text = deterministicUniform({2, 7, 128}, 100002);
    const Tensor time = sinusoid(at::full({2}, 500), 32, true, 0);
    expectFigures(child<TimestepEmbedding>(*network, "time_embedding").forward(time), {0.048905, 0.386668, 6.23598}, {0.41154, 0.24736, 0.53973, 0.41154, -0.01935});
    expectFigures(child<TextTimeEmbedding>(*network, "add_embedding").forward(text), {-0.003833, 1.014081, 16.22541}, {-0.72189, 0.39662, 0.12039, -0.91786, -0.23719});
    expectFigures(child<Linear>(*network, "encoder_hid_proj").forward(text), {-0.004002, 0.595804, 17.83476}, {-0.27374, 0.30380, 0.38893, -0.21267, 0.92586});
    expectFigures(child<Conv2d>(*network, "conv_in").forward(toFrames(sample)), {0.018037, 0.546898, 99.05293}, {0.41963, -0.22129, 0.23239, 0.92657, -0.75476});
    const Tensor out = network->forward(sample, at::full({1}, 500), text);
    EXPECT_EQ(out.sizes(), (at::IntArrayRef{2, 6, 4, 8, 16}));
    expectFigures(out, {-0.046958, 0.612377, 48.14126}, {0.04973, 0.79053, -0.10050, -0.14992, -0.62311});
    // One timestep serves all clips.
    EXPECT_TRUE(at::equal(out, network->forward(sample, at::full({2}, 500), text)));
    EXPECT_FALSE(at::allclose(out, network->forward(sample, at::full({1}, 501), text)));
}

TEST(UNet, KeysOfTheOtherStages) {
    EXPECT_EQ(weights::stateDict(*build(configJson("c"))).size(), 1061u);
    EXPECT_EQ(weights::stateDict(*build(configJson("c0"))).size(), 491u);
    EXPECT_EQ(weights::stateDict(*build(configJson("d"))).size(), 1478u);
    const auto config = VaeConfig::fromJson(configJson("vae"), "config.json");
    ASSERT_TRUE(config);
    EXPECT_EQ(weights::stateDict(Vae(*config)).size(), 244u);
    EXPECT_EQ(config->factor(), 8);
}

struct Inputs {
    Tensor sample, text, labels;
};
Inputs inputsFor(const UNetConfig& config, std::int64_t batch, std::int64_t frames) {
    return {deterministicUniform({batch, config.inChannels, frames, 16, 16}, 100001),
            deterministicUniform({batch, 5, config.encoderHidDim ? config.encoderHidDim : config.crossAttentionDim}, 100002),
            config.classTimestep ? at::full({batch}, 250) : Tensor{}};
}

class Stages : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Configs, Stages, testing::Values("a", "c", "d"), [](const auto& info) { return std::string(info.param); });

TEST_P(Stages, OneFrameWorks) {
    torch::NoGradGuard noGrad;
    const auto network = build(configJson(GetParam()));
    const Inputs in = inputsFor(network->config(), 1, 1);
    const Tensor out = network->forward(in.sample, at::full({1}, 500), in.text, in.labels);
    EXPECT_EQ(out.size(2), 1);
    EXPECT_TRUE(out.isfinite().all().item<bool>());
    EXPECT_GT(out.std().item<double>(), 0.01);
}

TEST_P(Stages, WithoutTemporalOutputsItIsTheImageNetworkFrameByFrame) {
    torch::NoGradGuard noGrad;
    const auto clips = build(configJson(GetParam()));
    std::size_t zeroed = 0;
    const auto state = weights::stateDict(*clips);
    for (const auto& [name, tensor] : state) {
        const bool convolution = name.find("temp_convs") != std::string::npos && name.find(".conv4.3.") != std::string::npos;
        const bool attention = (name.find("temp_attentions") != std::string::npos || name.starts_with("transformer_in")) && name.find(".proj_out.") != std::string::npos;
        if (convolution || attention) {
            at::Tensor(tensor).zero_();
            ++zeroed;
        }
    }
    EXPECT_GT(zeroed, 10u);
    const auto pictures = build(imageConfigJson(GetParam()));
    for (const auto& [name, tensor] : weights::stateDict(*pictures)) {
        ASSERT_TRUE(state.contains(name)) << name;
        at::Tensor(tensor).copy_(state.at(name));
    }
    const std::int64_t frames = 3;
    const Inputs in = inputsFor(clips->config(), 2, frames);
    const Tensor out = clips->forward(in.sample, at::full({1}, 500), in.text, in.labels);
    for (std::int64_t f = 0; f < frames; ++f) {
        const Tensor picture = pictures->forward(in.sample.narrow(2, f, 1), at::full({1}, 500), in.text, in.labels);
        EXPECT_LT((out.narrow(2, f, 1) - picture).abs().max().item<double>(), 2e-5) << "frame " << f;
    }
    EXPECT_FALSE(at::allclose(out.select(2, 0), out.select(2, 1), 1e-2, 1e-2));
}

TEST(Temporal, AttentionDoesNotKnowTheOrderOfFramesButConvolutionDoes) {
    torch::NoGradGuard noGrad;
    TemporalTransformer attention({.channels = 32, .heads = 4, .headDim = 8, .groups = 8});
    TemporalConvLayer convolution(32, 8);
    weights::fillDeterministic(attention);
    weights::fillDeterministic(convolution);
    const Tensor video = deterministicUniform({2, 32, 5, 4, 6}, 100001), order = at::tensor({3, 0, 4, 1, 2});
    const auto permute = [&](const Tensor& frames) { return fromFrames(frames, 2).index_select(2, order); };
    const Tensor turned = toFrames(video.index_select(2, order)), straight = toFrames(video);
    EXPECT_TRUE(at::allclose(fromFrames(attention.forward(turned, 5), 2), permute(attention.forward(straight, 5)), 1e-4, 1e-5));
    EXPECT_FALSE(at::allclose(fromFrames(convolution.forward(turned, 5), 2), permute(convolution.forward(straight, 5)), 1e-2, 1e-2));
    // Each does mix frames.
    const Tensor other = toFrames(at::cat({video.narrow(2, 0, 4), -video.narrow(2, 4, 1)}, 2));
    EXPECT_FALSE(at::allclose(fromFrames(attention.forward(other, 5), 2).select(2, 0), fromFrames(attention.forward(straight, 5), 2).select(2, 0), 1e-4, 1e-5));
    EXPECT_FALSE(at::allclose(fromFrames(convolution.forward(other, 5), 2).select(2, 3), fromFrames(convolution.forward(straight, 5), 2).select(2, 3), 1e-4, 1e-5));
}

TEST(Temporal, ClipsOfABatchDoNotMix) {
    torch::NoGradGuard noGrad;
    const auto network = build(configJson("a"));
    const Inputs in = inputsFor(network->config(), 2, 2);
    const Tensor both = network->forward(in.sample, at::full({1}, 500), in.text);
    const Tensor second = network->forward(in.sample.slice(0, 1), at::full({1}, 500), in.text.slice(0, 1));
    EXPECT_TRUE(at::allclose(both.slice(0, 1), second, 1e-4, 1e-4));
}

TEST(Initialize, SameSeedSameWeightsAndNoMotionYet) {
    torch::NoGradGuard noGrad;
    const auto first = build(configJson("a")), second = build(configJson("a"));
    initialize(*first, at::make_generator<at::CPUGeneratorImpl>(5));
    initialize(*second, at::make_generator<at::CPUGeneratorImpl>(5));
    const auto a = weights::stateDict(*first), b = weights::stateDict(*second);
    for (const auto& [name, tensor] : a) {
        EXPECT_TRUE(at::equal(tensor, b.at(name))) << name;
        EXPECT_TRUE(tensor.isfinite().all().item<bool>()) << name;
    }
    EXPECT_EQ(a.at("conv_out.weight").abs().max().item<float>(), 0);
    EXPECT_EQ(a.at("down_blocks.0.temp_convs.0.conv4.3.weight").abs().max().item<float>(), 0);
    EXPECT_GT(a.at("conv_in.weight").std().item<float>(), 0.01f);
}

TEST(Vae, PosteriorClampsItsSpread) {
    const Tensor moments = at::cat({at::full({1, 4, 2, 2}, 3.0f), at::full({1, 4, 2, 2}, 99.0f)}, 1);
    const auto found = posterior(moments);
    EXPECT_EQ(found.logvar.max().item<float>(), 20);
    EXPECT_EQ(found.mean.max().item<float>(), 3);
    EXPECT_NEAR(found.std.max().item<float>(), std::exp(10.0f), 0.5);
    EXPECT_EQ(posterior(-moments).logvar.min().item<float>(), -30);
}

void expectRefused(const char* key, const json& value, const std::string& words) {
    json object = configJson("a");
    object[key] = value;
    const auto config = UNetConfig::fromJson(object, "unet/config.json");
    ASSERT_FALSE(config) << key << " = " << value;
    EXPECT_EQ(config.error().code, ErrorCode::Unsupported);
    EXPECT_NE(config.error().message.find("unet/config.json"), std::string::npos) << config.error().message;
    EXPECT_NE(config.error().message.find(words), std::string::npos) << config.error().message;
}

TEST(Config, UnknownNamesListTheKnownOnes) {
    expectRefused("_class_name", "UNetMotionModel", "UNet3DConditionModel");
    expectRefused("_class_name", "../../x", "../../x");
    expectRefused("_class_name", nullptr, "missing");
    expectRefused("down_block_types", {"NewBlock", "SimpleCrossAttnDownBlock3D", "SimpleCrossAttnDownBlock3D", "SimpleCrossAttnDownBlock3D"}, "NewBlock");
    expectRefused("up_block_types", {"SimpleCrossAttnUpBlock2D", "SimpleCrossAttnUpBlock3D", "SimpleCrossAttnUpBlock3D", "ResnetUpsampleBlock3D"}, "SimpleCrossAttnUpBlock2D");
    expectRefused("mid_block_type", "UNetMidBlock3D", "UNetMidBlock3DSimpleCrossAttn");
    expectRefused("mid_block_type", nullptr, "mid_block_type");
    expectRefused("act_fn", "relu", "silu");
    expectRefused("resnet_time_scale_shift", "other", "scale_shift");
    expectRefused("cross_attention_norm", "layer_norm", "group_norm");
    expectRefused("class_embed_type", "projection", "class_embed_type");
    expectRefused("conv_in_kernel", 5, "conv_in_kernel");
    expectRefused("time_cond_proj_dim", 4, "time_cond_proj_dim");
}

TEST(Config, ListsAndNumbersAreChecked) {
    expectRefused("layers_per_block", {2, 2, 2}, "3 entries, the network has 4 levels");
    expectRefused("layers_per_block", {2, 2, 2, 2, 2}, "layers_per_block");
    expectRefused("attention_head_dim", {16, 16}, "attention_head_dim");
    expectRefused("down_block_types", {"ResnetDownsampleBlock3D"}, "must list 4");
    expectRefused("up_block_types", nullptr, "up_block_types");
    expectRefused("block_out_channels", json::array(), "block_out_channels");
    expectRefused("block_out_channels", nullptr, "block_out_channels");
    expectRefused("block_out_channels", {32, 64, 96, "128"}, "block_out_channels");
    expectRefused("block_out_channels", {32, 64, 96, 2147483647}, "block_out_channels");
    expectRefused("block_out_channels", {32, 64, 96, 1 << 20}, "block_out_channels"); // terabytes of weights
    expectRefused("block_out_channels", {32, 64, 96, 100}, "norm_num_groups 32 does not divide");
    expectRefused("norm_num_groups", 7, "norm_num_groups 7 does not divide");
    expectRefused("norm_num_groups", 0, "norm_num_groups");
    for (const json& value : {json(-1), json(0), json(1000000000), json(1.5), json("2"), json(1000)})
        expectRefused("layers_per_block", value, "layers_per_block");
    for (const json& value : {json(0), json(-16), json(5), json(256)}) // 5 divides no width, 256 is wider than all
        expectRefused("attention_head_dim", value, "attention_head_dim");
    for (const json& value : {json(0), json(-3), json(1e30), json("3"), json(std::int64_t(1) << 40)})
        expectRefused("in_channels", value, "in_channels");
    EXPECT_FALSE(UNetConfig::fromJson(json::object(), "x.json"));
    EXPECT_FALSE(UNetConfig::fromJson(json::array(), "x.json"));
}

TEST(Config, PublishedWordsAreRead) {
    json object = configJson("c0");
    object["_class_name"] = "UNet2DConditionModel";
    const auto config = UNetConfig::fromJson(object, "x.json");
    ASSERT_TRUE(config);
    EXPECT_FALSE(config->temporal);
    EXPECT_TRUE(config->classTimestep && config->skipTimeAct && config->scaleShift);
    EXPECT_EQ(config->timeEmbeddingDim, 96);
    EXPECT_EQ(config->layersPerBlock, (std::vector<std::int64_t>{1, 1, 2, 2, 1}));
    EXPECT_TRUE(UNetConfig::fromJson(configJson("d"), "x.json")->transformerIn);
}

} // namespace
} // namespace s1::nn
