#include "cascade/model_set.h"
#include "text/text_encoder.h"
#include "train/task.h"
#include "train/text_readers.h"
#include "train/toyland_files.h"
#include "train/train.h"

#include "base/files.h"
#include "support/temporary_folder.h"

#include <ATen/CPUGeneratorImpl.h>

#include <gtest/gtest.h>

#include <optional>

namespace s1::train {
namespace {

namespace fs = std::filesystem;

const fs::path kShipped = fs::path(S1_SOURCE_DIR) / "resources/models/toyland";

TEST(Wording, AnEncoderAndItsPiecesAreLearnedAndNothingElse) {
    const test::TemporaryFolder folder;
    const auto done = train({.stage = "text", .steps = 2, .root = folder.path(), .init = kShipped}, {}, {});
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_FALSE(fs::exists(unetFolder(folder.path(), ToylandNetwork::Keyframes)));
    const auto after = text::TextEncoder::load(folder.path() / "base");
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_TRUE(after->encode("a red ball").isfinite().all().item<bool>());
}

TEST(Wording, WhatIsShownDependsOnTheStepAlone) {
    const test::TemporaryFolder folder;
    const auto task = makeTask({.stage = "text", .steps = 9, .root = folder.path(), .init = kShipped});
    ASSERT_TRUE(task) << task.error().message;
    constexpr Shard kSmall{0, 16};
    const double first = (*task)->prepare(1, 0.5, kSmall)().loss.item<double>();
    EXPECT_EQ((*task)->prepare(1, 0.5, kSmall)().loss.item<double>(), first);
    EXPECT_NE((*task)->prepare(3, 0.5, kSmall)().loss.item<double>(), first);
    EXPECT_FALSE(makeTask({.stage = "text", .steps = 1, .root = folder.path(), .init = fs::path(S1_SOURCE_DIR) / "resources/none"}));
}

// The shipped key frames' readers and text encoder.
class TextReadersTest : public testing::Test {
protected:
    void SetUp() override {
        const auto network = cascade::loadUNet(unetFolder(kShipped, ToylandNetwork::Keyframes));
        auto loaded = text::TextEncoder::load(kShipped / "base");
        ASSERT_TRUE(network && loaded);
        readers.addAllOf(*network);
        encoder = std::move(*loaded);
    }

    TextReaders readers;
    std::optional<text::TextEncoder> encoder;
    at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(3);
    torch::NoGradGuard noGrad;
};

TEST_F(TextReadersTest, AnswerTheSameToTheSameAndOtherwiseToOther) {
    EXPECT_EQ(readers.size(), 12u); // three attentions on the way down, one in the middle, six on the way up; pooled text and mean
    const at::Tensor wanted = encoder->encodeAll({"a red ball bounces over the sea", "a green car moves left over a blue background", "a white star grows over the night sky"});
    const at::Tensor synonyms = encoder->encodeAll({"a red ball hops over the ocean", "a green car moves to the left over a blue backdrop", "a white star gets bigger over the night sky"});
    const at::Tensor others = wanted.roll(1, 0);
    const auto read = [&](const at::Tensor& given, const at::Tensor& other) {
        const auto reading = readers.read(given, wanted, other, generator);
        return std::pair(reading.distance.item<double>(), reading.mistaken.item<double>());
    };
    const auto same = read(wanted, others), synonym = read(synonyms, others), other = read(others, others);
    EXPECT_LT(same.first, 1e-9);
    EXPECT_LT(same.second, 1e-9);
    EXPECT_LT(synonym.first, 0.7);
    EXPECT_LT(synonym.second, 0.1);
    EXPECT_GT(other.first, 1.5); // as far from each other, so twice as far as from their mean
    EXPECT_NEAR(other.second, 1, 0.05);
}

TEST_F(TextReadersTest, DistancesAreNothingToTheSameAndAlikeToWhatIsAsFar) {
    const at::Tensor texts = encoder->encodeAll({"a red ball bounces over the sea", "a green car moves left over a blue background", "a white star grows over the night sky"});
    const at::Tensor distances = readers.distances(encoder->encode("a green car moves left over a blue background"), texts);
    EXPECT_LT(distances[1].item<double>(), 1e-9);
    EXPECT_GT(distances[0].item<double>(), 1.5);
    EXPECT_GT(distances[2].item<double>(), 1.5);
    EXPECT_TRUE(at::equal(distances, readers.distances(texts.slice(0, 1, 2), texts)));
}

TEST_F(TextReadersTest, AMotionAloneTakenForAnotherIsWhollyMistaken) {
    const at::Tensor wanted = encoder->encodeAll({"a red ball grows over the sea", "a green car moves left over a blue background", "a white star shrinks over the night sky"});
    const at::Tensor others = encoder->encodeAll({"a red ball shrinks over the sea", "a green car moves right over a blue background", "a white star bounces over the night sky"});
    const auto reading = readers.read(others, wanted, others, generator);
    EXPECT_LT(reading.distance.item<double>(), 0.6); // most of what is said is right
    EXPECT_NEAR(reading.mistaken.item<double>(), 1, 0.1);
}

} // namespace
} // namespace s1::train
