#include "cascade/cascade.h"
#include "cascade/pictures.h"

#include "base/files.h"
#include "base/json.h"
#include "base/stop.h"
#include "diffusion/random.h"
#include "support/temporary_folder.h"
#include "weights/load.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

namespace s1::cascade {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path kGolden = fs::path(S1_TEST_DATA) / "golden";

TEST(Pictures, BytesAreCutAndClamped) {
    // -1 -> 0, 0 -> 127 (127.5 is cut), 1 -> 255; beyond the range is clamped.
    const Tensor video = at::tensor({-1.0f, 0.0f, 1.0f, 5.0f, -5.0f, 0.5f}).view({1, 1, 1, 1, 6}).expand({1, 3, 2, 1, 6});
    const Tensor bytes = toBytes(video);
    EXPECT_EQ(bytes.sizes(), (at::IntArrayRef{2, 1, 6, 3}));
    const Tensor row = bytes[1][0].select(1, 2);
    EXPECT_TRUE(at::equal(row, at::tensor({0, 127, 255, 255, 0, 191}).to(at::kByte))) << row;
}

TEST(Pictures, ClipsOfABatchLieSideBySide) {
    const Tensor video = at::cat({at::full({1, 3, 2, 4, 5}, -1.0), at::full({1, 3, 2, 4, 5}, 1.0)}).to(at::kFloat);
    const Tensor bytes = toBytes(video);
    EXPECT_EQ(bytes.sizes(), (at::IntArrayRef{2, 4, 10, 3}));
    EXPECT_EQ(bytes[0][0][4][0].item<int>(), 0);
    EXPECT_EQ(bytes[0][0][5][0].item<int>(), 255);
}

TEST(Pictures, ClipAndBack) {
    Clip clip;
    clip.fps = 12;
    for (int f = 0; f < 2; ++f) {
        Frame frame(16, 8);
        for (std::size_t i = 0; i < frame.rgb.size(); ++i)
            frame.rgb[i] = static_cast<std::uint8_t>((i * 7 + static_cast<std::size_t>(f) * 31) % 256);
        clip.frames.push_back(frame);
    }
    const Tensor video = fromClip(clip);
    EXPECT_EQ(video.sizes(), (at::IntArrayRef{1, 3, 2, 8, 16}));
    EXPECT_NEAR(video[0][2][1][3][5].item<float>(), clip.frames[1].row(3)[5 * 3 + 2] / 255.0 * 2 - 1, 1e-6);
    const Clip back = toClip(video, 12);
    EXPECT_EQ(back.fps, 12);
    ASSERT_EQ(back.frameCount(), 2);
    for (std::size_t i = 0; i < clip.frames[0].rgb.size(); ++i)
        EXPECT_NEAR(back.frames[1].rgb[i], clip.frames[1].rgb[i], 1) << i; // the cut may lose one
}

TEST(Windows, StrengthChoosesTheFirstStep) {
    EXPECT_EQ(startOf(50, 0.8), 10u);
    EXPECT_EQ(startOf(50, 1.0), 0u);
    EXPECT_EQ(startOf(50, 0.0), 50u);
    EXPECT_EQ(startOf(20, 0.8), 4u);
    EXPECT_EQ(startOf(7, 0.5), 4u); // int(3.5) steps are left
    EXPECT_EQ(startOf(5, 2.0), 0u);
}

// A network of two levels; small enough that a step takes milliseconds.
std::shared_ptr<nn::UNet> tinyNetwork(std::int64_t inChannels = 3) {
    json object = *readJson(kGolden / "models/fill/a/config.json");
    object["in_channels"] = inChannels;
    object["block_out_channels"] = {16, 16};
    object["norm_num_groups"] = 8;
    object["layers_per_block"] = 1;
    object["attention_head_dim"] = 8;
    object["cross_attention_dim"] = 16;
    object["encoder_hid_dim"] = 16;
    object["addition_embed_type_num_heads"] = 4;
    object["down_block_types"] = {"ResnetDownsampleBlock3D", "SimpleCrossAttnDownBlock3D"};
    object["up_block_types"] = {"SimpleCrossAttnUpBlock3D", "ResnetUpsampleBlock3D"};
    const auto config = nn::UNetConfig::fromJson(object, "config.json");
    EXPECT_TRUE(config) << (config ? "" : config.error().message);
    auto network = std::make_shared<nn::UNet>(*config);
    weights::fillDeterministic(*network);
    network->eval();
    return network;
}

class Denoising : public testing::Test {
protected:
    std::unique_ptr<diffusion::Sampler> sampler(int steps) {
        json object = *readJson(kGolden / "models/show-1-base/scheduler/scheduler_config.json");
        object["_class_name"] = m_solver;
        object["variance_type"] = "fixed_small";
        const auto config = diffusion::SchedulerConfig::fromJson(object, "scheduler");
        return std::move(*diffusion::makeSampler(*config, steps));
    }
    Result<Tensor> run(std::uint64_t seed, int steps = 4, double guidance = 7.5, const StepHooks& hooks = {}) {
        auto solver = sampler(steps);
        diffusion::NoiseSource noise(seed);
        return keyframes({.network = *m_network, .sampler = *solver, .text = m_text, .guidance = guidance, .guidanceFrom = m_guidanceFrom}, {1, 3, 4, 8, 8},
                         [&](at::IntArrayRef shape) { return noise.draw(shape); }, {}, hooks);
    }

    torch::NoGradGuard m_noGrad;
    std::string m_solver = "DPMSolverMultistepScheduler";
    std::int64_t m_guidanceFrom = 0;
    std::shared_ptr<nn::UNet> m_network = tinyNetwork();
    TextPair m_text{weights::deterministicUniform({1, 5, 16}, 1), weights::deterministicUniform({1, 5, 16}, 2)};
};

TEST_F(Denoising, SeedDecidesEveryBit) {
    const auto first = run(5), again = run(5), other = run(6);
    ASSERT_TRUE(first && again && other);
    EXPECT_TRUE(at::equal(*first, *again));
    EXPECT_FALSE(at::allclose(*first, *other, 1e-2, 1e-2));
    EXPECT_TRUE(first->isfinite().all().item<bool>());
}

TEST_F(Denoising, GuidanceAndTextMatter) {
    const auto guided = run(5), unguided = run(5, 4, 1.0);
    ASSERT_TRUE(guided && unguided);
    EXPECT_FALSE(at::allclose(*guided, *unguided, 1e-3, 1e-3));
    m_text.negative = m_text.positive; // guidance between equal texts is none
    EXPECT_TRUE(at::allclose(*run(5), *unguided, 1e-3, 1e-3));
}

TEST_F(Denoising, GuidanceEndsBelowItsTimestep) {
    const auto guided = run(5), unguided = run(5, 4, 1.0);
    m_guidanceFrom = 500;
    const auto half = run(5);
    m_guidanceFrom = 1000;
    const auto none = run(5);
    ASSERT_TRUE(guided && unguided && half && none);
    EXPECT_FALSE(at::allclose(*half, *guided, 1e-3, 1e-3));
    EXPECT_FALSE(at::allclose(*half, *unguided, 1e-3, 1e-3));
    EXPECT_TRUE(at::equal(*none, *unguided));
}

TEST_F(Denoising, CancelStopsBeforeEveryStep) {
    for (int k = 0; k <= 3; ++k) {
        std::stop_source stop;
        int done = 0;
        if (k == 0)
            stop.request_stop();
        const auto result = run(5, 4, 1.0, {.stop = stop.get_token(), .onStep = [&](const StepReport& report) {
                                                EXPECT_EQ(report.state.done, ++done);
                                                EXPECT_EQ(report.steps, 4);
                                                EXPECT_EQ(report.clean.sizes(), (at::IntArrayRef{1, 3, 4, 8, 8}));
                                                EXPECT_LE(report.clean.abs().max().item<double>(), 1.0 + 1e-5) << "thresholded";
                                                if (done == k)
                                                    stop.request_stop();
                                            }});
        ASSERT_FALSE(result) << k;
        EXPECT_EQ(result.error().code, ErrorCode::Cancelled);
        EXPECT_EQ(done, k);
    }
}

TEST_F(Denoising, AStopIsSeenBetweenLayers) {
    std::stop_source stop;
    const StopScope scope(stop.get_token());
    const auto forward = [&] { return m_network->forward(at::randn({1, 3, 2, 8, 8}), at::full({1}, 5), m_text.positive); };
    EXPECT_NO_THROW(forward());
    stop.request_stop();
    EXPECT_THROW(forward(), Stopped);
}

TEST_F(Denoising, ResumedAfterAnyStepEndsInTheSameBits) {
    for (const char* solver : {"DPMSolverMultistepScheduler", "DDPMScheduler"}) {
        m_solver = solver;
        std::vector<StepState> states;
        const auto whole = run(5, 4, 7.5, {.onStep = [&](const StepReport& report) {
                                   auto state = report.state;
                                   for (Tensor* tensor : {&state.sample, &state.memory})
                                       if (tensor->defined())
                                           *tensor = tensor->clone();
                                   states.push_back(state);
                               }});
        ASSERT_TRUE(whole);
        ASSERT_EQ(states.size(), 4u);
        for (const StepState& state : states) {
            int steps = 0;
            const auto resumed = run(5, 4, 7.5, {.onStep = [&](const StepReport&) { ++steps; }, .resume = state});
            ASSERT_TRUE(resumed);
            EXPECT_TRUE(at::equal(*resumed, *whole)) << solver << " after step " << state.done;
            EXPECT_EQ(steps, 4 - state.done);
        }
    }
}

TEST(Windows, FramesHaveNoiseInCommon) {
    int drawn = 0;
    const NoiseDraw plain = [&](at::IntArrayRef shape) {
        ++drawn;
        return at::randn(shape);
    };
    const NoiseDraw draw = sharedByFrames(plain, 1);
    const Tensor clip = draw({1, 3, 4, 5, 6}), frames = draw({4, 8, 5, 6});
    EXPECT_EQ(clip.sizes(), (at::IntArrayRef{1, 3, 4, 5, 6}));
    EXPECT_TRUE(at::equal(clip.select(2, 0), clip.select(2, 3)));
    EXPECT_EQ(frames.sizes(), (at::IntArrayRef{4, 8, 5, 6}));
    EXPECT_TRUE(at::equal(frames[0], frames[3]));
    EXPECT_EQ(drawn, 2);

    for (const double share : {0.0, 0.3}) {
        const Tensor some = sharedByFrames(plain, share)({1, 3, 2, 50, 60});
        EXPECT_NEAR(some.square().mean().item<double>(), 1, 0.05) << share;
        EXPECT_NEAR((some.select(2, 0) * some.select(2, 1)).mean().item<double>(), share, 0.05);
    }
}

TEST_F(Denoising, StartReplacesTheNoise) {
    auto one = sampler(3), two = sampler(3);
    const Tensor start = at::randn({1, 3, 2, 8, 8});
    int draws = 0;
    const NoiseDraw draw = [&](at::IntArrayRef shape) { return ++draws, at::randn(shape); };
    const auto first = keyframes({.network = *m_network, .sampler = *one, .text = m_text}, start.sizes(), draw, start, {});
    const auto second = keyframes({.network = *m_network, .sampler = *two, .text = m_text}, start.sizes(), draw, start, {});
    ASSERT_TRUE(first && second);
    EXPECT_TRUE(at::equal(*first, *second));
    EXPECT_EQ(draws, 2) << "the noise is still drawn, one tensor each";
}

TEST_F(Denoising, LaterStartTakesFewerSteps) {
    auto solver = sampler(10);
    solver->startAt(startOf(10, 0.3));
    int done = 0;
    const auto result = denoise({.network = *m_network, .sampler = *solver, .text = m_text}, at::randn({1, 3, 2, 8, 8}), {},
                                {.onStep = [&](const StepReport& report) { done = report.state.done; EXPECT_EQ(report.steps, 3); }});
    ASSERT_TRUE(result);
    EXPECT_EQ(done, 3);
}

TEST_F(Denoising, InterpolationSeesBothEnds) {
    m_network = tinyNetwork(7);
    const Tensor first = at::full({1, 3, 8, 8}, -0.5), last = at::full({1, 3, 8, 8}, 0.5), noise = at::randn({1, 3, 5, 8, 8});
    const auto run = [&](const Tensor& from, const Tensor& to) {
        auto solver = sampler(2);
        return interpolate({.network = *m_network, .sampler = *solver, .text = m_text, .guidance = 2}, from, to, noise, {});
    };
    const auto result = run(first, last);
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->sizes(), noise.sizes());
    EXPECT_FALSE(at::allclose(*result, *run(first, first)));
    EXPECT_FALSE(at::allclose(*result, *run(last, last)));
}

TEST(Models, FoldersThatHoldNone) {
    test::TemporaryFolder folder;
    const auto refused = [](const fs::path& path) {
        const auto set = ModelSet::open(path);
        ASSERT_FALSE(set) << path;
        EXPECT_EQ(set.error().code, ErrorCode::NotFound);
        EXPECT_NE(set.error().message.find(path.string()), std::string::npos);
    };
    refused(folder / "nothing here");
    refused(folder.path());
    for (const char* index : {R"({"_class_name": "StableDiffusionPipeline"})", R"({"_class_name": 5})", R"({"_class_name": ["a", "b"]})",
                              R"({"_class_name": null})", "{}", "[]", "7", "{", "", "<html>"}) {
        ASSERT_TRUE(writeFileAtomically(folder / "model_index.json", index));
        SCOPED_TRACE(index);
        refused(folder.path());
    }
    ASSERT_TRUE(writeFileAtomically(folder / "file.bin", "x"));
    refused(folder / "file.bin");
}

TEST(Models, MissingPartsAreNamed) {
    auto set = ModelSet::open(kGolden / "models/show-1-base");
    ASSERT_TRUE(set) << set.error().message;
    EXPECT_TRUE(set->has(Part::Base));
    EXPECT_FALSE(set->has(Part::Superres));
    for (const auto& error : {set->unet(Part::Superres).error(), set->folderOf(Part::Superres).error()}) {
        EXPECT_EQ(error.code, ErrorCode::NotFound);
        EXPECT_NE(error.message.find("show-1-sr1"), std::string::npos) << error.message;
    }
    EXPECT_FALSE(set->vae());
    EXPECT_FALSE(set->scheduler(Part::Translation));
    EXPECT_FALSE(set->scheduler(Part::Base, "image_noising_scheduler"));
    EXPECT_TRUE(set->scheduler(Part::Base));
    const auto parent = ModelSet::open(kGolden / "models"); // the part as a sub-folder
    ASSERT_TRUE(parent);
    EXPECT_TRUE(parent->has(Part::Base));
}

TEST(Models, PartWithoutItsNetwork) {
    test::TemporaryFolder folder;
    fs::create_directories(folder / "base/unet");
    ASSERT_TRUE(writeFileAtomically(folder / "base/model_index.json", R"({"_class_name": "TextToVideoIFPipeline"})"));
    auto set = ModelSet::open(folder.path());
    ASSERT_TRUE(set);
    const auto noConfig = set->unet(Part::Base);
    ASSERT_FALSE(noConfig);
    EXPECT_NE(noConfig.error().message.find("config.json"), std::string::npos);
    fs::copy(kGolden / "models/fill/d_odd/config.json", folder / "base/unet/config.json");
    const auto noWeights = set->unet(Part::Base);
    ASSERT_FALSE(noWeights);
    EXPECT_EQ(noWeights.error().code, ErrorCode::NotFound);
    ASSERT_TRUE(weights::writeSafetensors(folder / "base/unet/diffusion_pytorch_model.safetensors", {{"conv_in.bias", at::zeros({3})}}));
    const auto foreign = set->unet(Part::Base);
    ASSERT_FALSE(foreign);
    EXPECT_EQ(foreign.error().code, ErrorCode::Corrupt);
}

TEST(Models, MotionLeavesTheBaseAsItIs) {
    torch::NoGradGuard noGrad;
    auto set = ModelSet::open(kGolden / "models/show-1-base");
    ASSERT_TRUE(set);
    set->keepLoaded(true);
    const auto base = set->unet(Part::Base);
    ASSERT_TRUE(base) << base.error().message;
    const auto before = weights::stateDict(**base);
    const std::string name = "mid_block.temp_attentions.0.transformer_blocks.0.attn1.to_q.weight";
    ASSERT_TRUE(before.contains(name));
    const Tensor old = before.at(name).clone(), tuned = old + 1;
    const auto with = [&](double strength, weights::TensorMap tensors) { return networkWithMotion(*set, MotionWeights{std::move(tensors), strength}); };
    EXPECT_EQ((*with(0, {{name, tuned}})).get(), base->get()) << "strength 0 is the base itself";
    EXPECT_EQ((*networkWithMotion(*set, std::nullopt)).get(), base->get());
    for (const double strength : {0.5, 1.0, 1.5}) {
        const auto moved = with(strength, {{name, tuned}});
        ASSERT_TRUE(moved);
        EXPECT_NE(moved->get(), base->get());
        const auto state = weights::stateDict(**moved);
        EXPECT_TRUE(at::allclose(state.at(name), old + strength, 1e-5, 1e-5));
        EXPECT_TRUE(at::equal(state.at("conv_in.weight"), before.at("conv_in.weight")));
    }
    EXPECT_TRUE(at::equal(weights::stateDict(**base).at(name), old));
    for (const weights::TensorMap& foreign : {weights::TensorMap{{"no.such.weight", tuned}}, weights::TensorMap{{name, at::ones({3, 3})}}}) {
        const auto refused = with(1, foreign);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::InvalidArgument);
        EXPECT_NE(refused.error().message.find(foreign.begin()->first), std::string::npos);
    }
}

} // namespace
} // namespace s1::cascade
