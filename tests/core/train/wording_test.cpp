#include "text/text_encoder.h"
#include "train/task.h"
#include "train/toyland_files.h"
#include "train/train.h"

#include "base/files.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace s1::train {
namespace {

namespace fs = std::filesystem;

TEST(Wording, TheEncoderAloneLearnsAndKeepsItsTokenizer) {
    const fs::path from = fs::path(S1_SOURCE_DIR) / "resources/models/toyland";
    const test::TemporaryFolder folder;
    const TrainOptions options{.stage = "text", .steps = 2, .root = folder.path(), .init = from};
    const auto done = train(options, {}, {});
    ASSERT_TRUE(done) << done.error().message;

    EXPECT_EQ(readFile(folder.path() / "base/tokenizer/spiece.model").value(), readFile(from / "base/tokenizer/spiece.model").value());
    EXPECT_FALSE(fs::exists(unetFolder(folder.path(), ToylandNetwork::Keyframes)));
    const auto before = text::TextEncoder::load(from / "base"), after = text::TextEncoder::load(folder.path() / "base");
    ASSERT_TRUE(before && after);
    const std::string known = "a red ball bounces over a blue background";
    const double step = (after->encode(known) - before->encode(known)).abs().max().item<double>();
    EXPECT_GT(step, 0);
    EXPECT_LT(step, 0.2 * before->encode(known).abs().max().item<double>()) << "it goes on, it does not begin anew";
}

TEST(Wording, WhatIsShownDependsOnTheStepAlone) {
    const fs::path from = fs::path(S1_SOURCE_DIR) / "resources/models/toyland";
    const auto task = makeTask({.stage = "text", .steps = 9, .root = from, .init = from});
    ASSERT_TRUE(task) << task.error().message;
    constexpr Shard kSmall{0, 16};
    const double first = (*task)->prepare(1, 0.5, kSmall)().loss.item<double>();
    EXPECT_EQ((*task)->prepare(1, 0.5, kSmall)().loss.item<double>(), first);
    EXPECT_NE((*task)->prepare(3, 0.5, kSmall)().loss.item<double>(), first);
    EXPECT_FALSE(makeTask({.stage = "text", .steps = 1, .root = from, .init = fs::path(S1_SOURCE_DIR) / "resources/none"}));
}

} // namespace
} // namespace s1::train
