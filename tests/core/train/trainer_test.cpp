#include "nn/initialize.h"
#include "nn/unet.h"
#include "nn/vae.h"
#include "toyland/prompt.h"
#include "toyland/scene.h"
#include "train/block_cache.h"
#include "train/denoising.h"
#include "train/movement.h"
#include "train/obedience.h"
#include "train/optimizer.h"
#include "train/task.h"
#include "train/toyland_data.h"
#include "train/toyland_files.h"
#include "weights/load.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <filesystem>

namespace s1::train {
namespace {

namespace fs = std::filesystem;

TEST(Muon, DirectionHasSingularValuesNearOne) {
    for (const auto& shape : {std::pair{24, 60}, {60, 24}, {32, 32}}) {
        const at::Tensor matrix = weights::deterministicUniform({shape.first, shape.second}, 5) * 300;
        const at::Tensor direction = orthogonalized(matrix);
        ASSERT_EQ(direction.sizes(), matrix.sizes());
        const at::Tensor values = at::linalg_svdvals(direction);
        EXPECT_GT(values.min().item<double>(), 0.3) << values;
        EXPECT_LT(values.max().item<double>(), 1.3) << values;
        EXPECT_GT((direction * matrix).sum().item<double>(), 0) << "same way as the gradient";
    }
}

TEST(Muon, TakesSeveralMatricesAtOnce) {
    const at::Tensor both = weights::deterministicUniform({2, 24, 60}, 7);
    const at::Tensor together = orthogonalized(both);
    for (std::int64_t i = 0; i < 2; ++i)
        EXPECT_LT((together[i] - orthogonalized(both[i])).abs().max().item<double>(), 1e-4);
}

// A matrix large enough for Muon beside a bias that stays with AdamW.
struct Problem {
    at::Tensor w = weights::deterministicUniform({16, 12}, 1).clone().requires_grad_();
    at::Tensor b = at::zeros({16}).requires_grad_();
    NamedParameters parameters() const { return {{"b", b}, {"w", w}}; }
    at::Tensor loss(std::uint32_t step) const {
        const at::Tensor x = weights::deterministicUniform({64, 12}, step);
        const at::Tensor wanted = at::linear(x, weights::deterministicUniform({16, 12}, 77));
        return (at::linear(x, w, b) - wanted).square().mean();
    }
};

TEST(Muon, LearnsAndResumesWithTheSameNumbers) {
    const OptimizerOptions options{.rate = 0.01, .matrixRate = 0.2, .weightDecay = 0};
    Problem whole, first, second;
    Optimizer through(whole.parameters(), options), before(first.parameters(), options), after(second.parameters(), options);
    const double start = whole.loss(1000).item<double>();
    const auto run = [](Problem& problem, Optimizer& optimizer, std::uint32_t from, std::uint32_t to) {
        for (auto step = from; step < to; ++step) {
            problem.loss(step).backward();
            optimizer.step(1.0 - step / 60.0);
        }
    };
    run(whole, through, 0, 60);
    EXPECT_LT(whole.loss(1000).item<double>(), 0.1 * start);
    run(first, before, 0, 25);
    weights::TensorMap saved;
    for (const auto& [name, tensor] : before.state())
        saved[name] = tensor.clone();
    ASSERT_TRUE(after.restore(saved, "checkpoint"));
    run(second, after, 25, 60);
    EXPECT_TRUE(at::equal(whole.w, second.w));
    EXPECT_TRUE(at::equal(whole.b, second.b));
}

TEST(Shards, CoverABatchWithoutOverlap) {
    for (const int count : {1, 2, 3})
        for (const int batch : {3, 8, 64}) {
            int next = 0;
            for (int i = 0; i < count; ++i) {
                const Shard shard{i, count};
                EXPECT_EQ(shard.begin(batch), next);
                EXPECT_GT(shard.size(batch), 0);
                next += shard.size(batch);
            }
            EXPECT_EQ(next, batch);
        }
}

class Trainer : public testing::Test {
protected:
    void SetUp() override { fs::remove_all(m_folder); }
    void TearDown() override {
        at::set_num_threads(m_threads);
        fs::remove_all(m_folder);
    }
    weights::TensorMap run(const char* name) {
        TrainOptions options{.stage = "vae", .steps = 3, .seed = 4, .root = m_folder / name};
        const auto done = train(options, {}, {});
        EXPECT_TRUE(done) << done.error().message;
        auto state = weights::readSafetensors(options.root / "checkpoints" / "vae.safetensors");
        EXPECT_TRUE(state);
        state->erase("seconds");
        return *state;
    }
    fs::path m_folder = fs::temp_directory_path() / "s1-trainer-test";
    int m_threads = at::get_num_threads();
};

TEST_F(Trainer, SameSeedAndThreadsSameBitsWhicheverThreadIsFirst) {
    at::set_num_threads(2);
    const auto once = run("once"), again = run("again");
    EXPECT_EQ(at::get_num_threads(), 2) << "handed back";
    ASSERT_EQ(once.size(), again.size());
    for (const auto& [name, tensor] : once)
        EXPECT_TRUE(at::equal(tensor, again.at(name))) << name;
    EXPECT_TRUE(fs::exists(m_folder / "once" / "sr2" / "vae" / "diffusion_pytorch_model.safetensors"));
}

TEST_F(Trainer, MoreThreadsThanSamplesLeaveNoShardEmpty) {
    at::set_num_threads(24); // a step has 16 crops
    for (const auto& [name, tensor] : run("wide"))
        EXPECT_TRUE(tensor.isfinite().all().item<bool>()) << name;
}

TEST_F(Trainer, TakesOverWhatFitsFromAnotherModel) {
    run("from");
    const auto stored = weights::readSafetensors(m_folder / "from" / "sr2" / "vae" / "diffusion_pytorch_model.safetensors");
    ASSERT_TRUE(stored);
    const auto config = nn::VaeConfig::fromJson(vaeConfig(1), "");
    ASSERT_TRUE(config);
    nn::Vae network(*config);
    const auto taken = takeOver(network, m_folder / "from" / "sr2" / "vae", config->normGroups);
    ASSERT_TRUE(taken) << taken.error().message;
    EXPECT_TRUE(*taken);
    for (const auto& item : network.named_parameters())
        EXPECT_TRUE(at::equal(item.value(), stored->at(item.key()).to(at::kFloat))) << item.key();

    auto wider = unetConfig(ToylandNetwork::Superres); // six input channels where key frames have three
    const auto narrow = nn::UNetConfig::fromJson(unetConfig(ToylandNetwork::Superres), ""), wide = nn::UNetConfig::fromJson((wider["in_channels"] = 9, wider), "");
    ASSERT_TRUE(narrow && wide);
    nn::UNet small(*narrow), large(*wide);
    nn::initialize(small, at::make_generator<at::CPUGeneratorImpl>(1));
    ASSERT_TRUE(writeUNet(m_folder / "unet", ToylandNetwork::Superres, weights::stateDict(small), ""));
    ASSERT_TRUE(takeOver(large, unetFolder(m_folder / "unet", ToylandNetwork::Superres), wide->normGroups));
    const auto input = large.named_parameters()["conv_in.weight"];
    EXPECT_TRUE(at::equal(input.narrow(1, 0, 6), small.named_parameters()["conv_in.weight"].to(at::kHalf).to(at::kFloat)));
    EXPECT_EQ(input.narrow(1, 6, 3).abs().max().item<double>(), 0);

    const auto other = takeOver(large, unetFolder(m_folder / "unet", ToylandNetwork::Superres), 8);
    ASSERT_FALSE(other);
    EXPECT_NE(other.error().message.find("1 norm groups, not 8"), std::string::npos) << other.error().message;

    const auto nothing = takeOver(network, m_folder / "none", 1);
    ASSERT_TRUE(nothing);
    EXPECT_FALSE(*nothing);
}

TEST_F(Trainer, OnlyWhatIsNamedLearns) {
    const fs::path from = fs::path(S1_SOURCE_DIR) / "resources/models/toyland";
    TrainOptions options{.stage = "images", .steps = 2, .root = m_folder / "only", .init = from, .only = {"place_embedding"}};
    const auto done = train(options, {}, {});
    ASSERT_TRUE(done) << done.error().message;
    const char* file = "diffusion_pytorch_model.safetensors";
    const auto before = weights::readSafetensors(unetFolder(from, ToylandNetwork::Keyframes) / file), after = weights::readSafetensors(unetFolder(options.root, ToylandNetwork::Images) / file);
    ASSERT_TRUE(before && after);
    for (const auto& [name, tensor] : *after)
        if (!name.starts_with("place_embedding")) {
            EXPECT_TRUE(at::equal(tensor, before->at(name))) << name;
        }
    EXPECT_FALSE(at::equal(after->at("place_embedding.proj.weight"), before->at("place_embedding.proj.weight")));

    options.only = {"no_such_layer"};
    const auto refused = train(options, {}, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidArgument);
    EXPECT_NE(refused.error().message.find("no_such_layer"), std::string::npos) << refused.error().message;
    options.stage = "vae";
    EXPECT_FALSE(train(options, {}, {}));
}

TEST(Steps, ArePreparedInAnyOrderAndInLargerBatches) {
    const fs::path from = fs::path(S1_SOURCE_DIR) / "resources/models/toyland";
    const auto made = [&](int batchTimes) {
        auto task = makeTask({.stage = "images", .steps = 9, .root = from, .init = from, .batchTimes = batchTimes});
        EXPECT_TRUE(task) << task.error().message;
        return std::move(*task);
    };
    const auto plain = made(1), twice = made(2);
    constexpr Shard kSmall{0, 16}; // two pictures of a whole step
    const StepLoss later = plain->prepare(3, 0.5, kSmall), now = plain->prepare(0, 0.5, kSmall);
    const double first = now().loss.item<double>();
    EXPECT_EQ(later().loss.item<double>(), plain->prepare(3, 0.5, kSmall)().loss.item<double>());
    EXPECT_EQ(first, plain->prepare(0, 0.5, kSmall)().loss.item<double>()) << "the same step, the same samples";
    EXPECT_NE(first, later().loss.item<double>());
    EXPECT_EQ(twice->batch(0, 0.5), 2 * plain->batch(0, 0.5));
    EXPECT_TRUE(twice->prepare(0, 0.5, kSmall)().loss.isfinite().item<bool>());
}

TEST(Steps, TextAndAutoencoderStayWithTheProcessor) {
    for (const char* stage : {"text", "vae"}) {
        EXPECT_FALSE(makeTask({.stage = stage, .steps = 1, .device = "cuda"}));
        const auto larger = makeTask({.stage = stage, .steps = 1, .batchTimes = 2});
        ASSERT_FALSE(larger);
        EXPECT_NE(larger.error().message.find("batch-times"), std::string::npos) << larger.error().message;
    }
}

TEST_F(Trainer, InBf16LearnsNearlyTheSame) {
    const auto learned = [&](const char* name, bool bf16) {
        // New layers: of trained ones the gradients get small beside the rounding as they get better.
        TrainOptions options{.stage = "images", .steps = 2, .root = m_folder / name, .bf16 = bf16};
        for (const char* part : {"text_encoder", "tokenizer"}) {
            fs::create_directories(options.root / "base" / part);
            fs::copy(fs::path(S1_SOURCE_DIR) / "resources/models/toyland/base" / part, options.root / "base" / part, fs::copy_options::recursive);
        }
        const auto done = train(options, {}, {});
        EXPECT_TRUE(done) << done.error().message;
        auto state = weights::readSafetensors(options.root / "checkpoints" / "images.safetensors");
        EXPECT_TRUE(state);
        return std::pair(state->at("weight/mid_block.resnets.0.conv1.weight"), state->at("first/mid_block.resnets.0.conv1.weight")); // of two gradients
    };
    const auto [exact, exactMomentum] = learned("f32", false);
    const auto [rounded, roundedMomentum] = learned("bf16", true);
    EXPECT_EQ(rounded.scalar_type(), at::kFloat);
    EXPECT_FALSE(at::equal(rounded, exact));
    EXPECT_LT(((roundedMomentum - exactMomentum).norm() / exactMomentum.norm()).item<double>(), 0.1);
}

TEST(BlockCache, GivesAFreedBlockToTheNextOfItsSize) {
    at::Tensor outlives;
    const void* first = nullptr;
    {
        const BlockCache blocks;
        {
            const at::Tensor one = at::ones({1000}), other = at::zeros({1000});
            EXPECT_NE(one.data_ptr(), other.data_ptr());
            EXPECT_EQ(reinterpret_cast<std::uintptr_t>(one.data_ptr()) % 64, 0u);
            first = one.data_ptr();
        }
        at::Tensor again[] = {at::empty({1010}), at::empty({995}), at::empty({3000})}; // near enough twice, and not
        EXPECT_TRUE(again[0].data_ptr() == first || again[1].data_ptr() == first);
        EXPECT_NE(again[2].data_ptr(), first);
        at::Tensor empty = at::empty({0}), large = at::empty({1 << 22});
        large.resize_({1 << 23}).fill_(2);
        EXPECT_EQ(large.max().item<float>(), 2);
        outlives = at::full({500}, 7);
    }
    EXPECT_EQ(outlives.sum().item<float>(), 3500) << "a tensor may live longer";
    at::Tensor after = at::ones({1000});
    EXPECT_EQ(after.sum().item<float>(), 1000);
}

TEST(Data, ObjectsAreMarkedWhereTheyAre) {
    const auto clips = drawClips(3, 0, 16, {.frames = 2, .height = 40, .width = 64}, [](std::int64_t, int frame) { return frame * 1.0; });
    ASSERT_EQ(clips.objects.sizes(), (at::IntArrayRef{16, 1, 2, 40, 64}));
    const at::Tensor share = clips.objects.mean({1, 2, 3, 4});
    EXPECT_GT(share.min().item<double>(), 0.01) << share;
    EXPECT_LT(share.max().item<double>(), 0.4) << share;
}

TEST(Data, ACropHoldsTheWholeObject) {
    const auto still = [](std::int64_t, int) { return 0.5; };
    const auto whole = drawClips(3, 0, 24, {.frames = 1, .height = 40, .width = 64}, still);
    const auto cut = drawClips(3, 0, 24, {.frames = 1, .height = 40, .width = 64, .crop = 32}, still);
    ASSERT_EQ(cut.video.sizes(), (at::IntArrayRef{24, 3, 1, 32, 32}));
    const at::Tensor lost = whole.objects.sum({1, 2, 3, 4}) - cut.objects.sum({1, 2, 3, 4});
    EXPECT_LT(lost.abs().max().item<double>(), 40) << lost; // a shadow's end or a corner at the edge
    EXPECT_LT(lost.abs().median().item<double>(), 4) << lost;
}

TEST(Data, PlainClipsDifferInWhatIsShownOnly) {
    const auto clips = drawClips(3, 0, 24, {.frames = 2, .plain = true}, [](std::int64_t, int frame) { return frame * 1.0; });
    const at::Tensor around = (clips.video - clips.video.select(4, 0).unsqueeze(4)).abs() * (1 - clips.objects);
    EXPECT_LT(around.mean().item<double>(), 0.03); // one colour but for a shadow
    int white = 0;
    for (std::size_t i = 0; i < clips.captions.size(); i += 2) {
        if (!clips.captions[i].starts_with("a white "))
            continue;
        ++white;
        EXPECT_TRUE(clips.captions[i].ends_with("over a black background")) << clips.captions[i];
        EXPECT_LT(clips.video[static_cast<std::int64_t>(i)].median().item<double>(), -0.6) << clips.captions[i];
    }
    EXPECT_GE(white, 8);
}

TEST(Data, PlainClipsShowNothingHeldOut) {
    const auto clips = drawClips(4, 0, 400, {.frames = 1, .height = 10, .width = 16, .plain = true}, [](std::int64_t, int) { return 0.0; });
    for (const std::string& caption : clips.captions) {
        if (caption.empty())
            continue;
        const toyland::Expectation said = toyland::parsePrompt(caption);
        ASSERT_TRUE(said.object && said.color) << caption;
        const auto motion = said.motion.value_or(toyland::Motion::FreePath);
        EXPECT_FALSE(toyland::isHeldOutTriple(*said.object, *said.color, motion)) << caption;
        EXPECT_FALSE(toyland::isHeldOutPair(*said.object, *said.color, motion)) << caption;
        EXPECT_NE(*said.color, said.backgroundColor) << caption;
    }
}

TEST(Data, AShrunkPictureHasTheNoiseOfTheWholeOne) {
    diffusion::SchedulerConfig config;
    config.betaSchedule = "squaredcos_cap_v2";
    const diffusion::NoiseSchedule schedule(config);
    const at::Tensor times = at::tensor({10, 500, 900}, at::kLong);
    const auto whole = noiseAt(schedule, times, 1), small = noiseAt(schedule, times, 4);
    EXPECT_TRUE(at::allclose(whole.alpha.flatten(), schedule.alpha.index_select(0, times)));
    EXPECT_TRUE(at::allclose(whole.sigma.flatten(), schedule.sigma.index_select(0, times)));
    EXPECT_TRUE(at::allclose((small.alpha / small.sigma).square(), 4 * (whole.alpha / whole.sigma).square()));
    EXPECT_TRUE(at::allclose(small.alpha.square() + small.sigma.square(), at::ones({3, 1, 1, 1, 1})));
}

TEST(DenoisingLoss, FlickerCostsWhatChangesFromFrameToFrame) {
    const at::Tensor still = at::ones({1, 3, 4, 4, 4}), times = at::full({1}, 500, at::kLong), sigma = at::ones({1, 1, 1, 1, 1});
    at::Tensor flickers = still.clone();
    flickers.select(2, 1).neg_();
    flickers.select(2, 3).neg_();
    const auto loss = [&](const at::Tensor& error, double flicker) { return lossOf(error, {.flicker = flicker}, times, sigma).item<double>(); };
    EXPECT_NEAR(loss(still, 2), 1, 1e-6) << "an error that stays costs its square";
    EXPECT_NEAR(loss(flickers, 0), 1, 1e-6);
    EXPECT_NEAR(loss(flickers, 2), 1 + 2 * 4, 1e-5);
    EXPECT_NEAR(loss(still.narrow(2, 0, 1), 2), 1, 1e-6) << "a single picture";
}

TEST(DenoisingLoss, WhatChangesCostsByItsOwnWeight) {
    at::Tensor error = at::zeros({1, 2, 3, 1, 2});
    error.select(2, 1).fill_(1); // comes and goes in both pixels
    const at::Tensor times = at::full({1}, 50, at::kLong), sigma = at::ones({1, 1, 1, 1, 1});
    const auto loss = [&](const at::Tensor& weight) { return lossOf(error, {.flickerWeight = weight, .flicker = 3}, times, sigma).item<double>(); };
    EXPECT_NEAR(loss(at::zeros({1, 1, 1, 1, 2})), 1 / 3.0, 1e-6);
    EXPECT_NEAR(loss(at::tensor({4.f, 0.f}).view({1, 1, 1, 1, 2})), 1 / 3.0 + 3 * 2, 1e-5);
}

TEST(DenoisingLoss, LevelledItCountsOutlinesAsMuchAsWhatIsUsual) {
    const auto loss = [](std::int64_t time, double usual) { // of an error as a trained network has there
        const at::Tensor times = at::full({1}, time, at::kLong), error = at::full({1, 3, 1, 4, 4}, std::sqrt(usual)), sigma = at::ones({1, 1, 1, 1, 1});
        return lossOf(error, {.levelled = true}, times, sigma).item<double>();
    };
    for (const auto& [time, usual] : {std::pair{200, 0.0163}, {300, 0.022}, {400, 0.031}})
        EXPECT_NEAR(loss(time, usual), 0.05, 0.3 * 0.05) << time;
    EXPECT_NEAR(loss(900, 0.110), 0.110, 1e-6) << "where motion is decided it counts no less than unlevelled";
}

TEST(Data, SharedNoiseIsOneForAllFrames) {
    auto generator = stepGenerator(1, 2, {});
    const at::Tensor noise = noiseLike(at::zeros({2, 3, 4, 5, 6}), true, generator);
    EXPECT_TRUE(at::equal(noise.select(2, 0), noise.select(2, 3)));
    EXPECT_FALSE(at::equal(noise[0], noise[1]));
    const at::Tensor own = noiseLike(noise, false, generator);
    EXPECT_FALSE(at::equal(own.select(2, 0), own.select(2, 3)));
}

TEST(Movement, IsWhatChangesFromFrameToFrame) {
    const at::Tensor still = weights::deterministicUniform({2, 3, 1, 8, 12}, 4).expand({2, 3, 5, 8, 12});
    EXPECT_LT(movementOf(still).abs().max().item<double>(), 1e-6);

    at::Tensor passing = at::zeros({1, 1, 2, 8, 8}); // one patch, in the first frame only
    passing.select(2, 0).narrow(2, 4, 4).narrow(3, 0, 4).fill_(2);
    const at::Tensor movement = movementOf(still.narrow(0, 0, 1).narrow(1, 0, 1).narrow(2, 0, 2).narrow(4, 0, 8) + passing);
    ASSERT_EQ(movement.sizes(), (at::IntArrayRef{1, 1, 2, 2, 2}));
    const at::Tensor expected = at::tensor({0.f, 0.f, 1.f, 0.f, 0.f, 0.f, -1.f, 0.f}).view_as(movement);
    EXPECT_TRUE(at::allclose(movement, expected, 0, 1e-5)) << movement;
}

TEST(Obedience, ComparesTheRightWordWithAnother) {
    const diffusion::NoiseSchedule schedule{diffusion::SchedulerConfig{}};
    const Obedience object(Obedience::Word::Object);
    std::vector<std::vector<std::string>> told;
    const auto measure = [&](double rightGuess) {
        told.clear();
        return object.measure([&](const at::Tensor& noisy, const at::Tensor&, const std::vector<std::string>& captions) {
            told.push_back(captions);
            return told.front() == captions ? at::full_like(noisy, rightGuess) : at::zeros_like(noisy);
        }, schedule, diffusion::Prediction::Sample);
    };
    EXPECT_EQ(measure(0), 0) << "who does not listen";
    ASSERT_EQ(told.size(), 2u);
    EXPECT_NE(measure(0.1), 0);
    for (std::size_t i = 0; i < told[0].size(); ++i) {
        const auto right = toyland::parsePrompt(told[0][i]), wrong = toyland::parsePrompt(told[1][i]);
        ASSERT_TRUE(right.object && wrong.object) << told[0][i] << " / " << told[1][i];
        EXPECT_NE(*right.object, *wrong.object);
        EXPECT_EQ(right.color, wrong.color);
        EXPECT_EQ(right.background, wrong.background);
    }
}

} // namespace
} // namespace s1::train
