#include "train/stillness.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

namespace s1::train {
namespace {

TEST(Stillness, CountsWhereNothingMovesAndNotBesideWhatDoes) {
    at::Tensor frames = at::rand({1, 3, 1, 16, 16}).expand({1, 3, 4, 16, 16}).clone();
    frames.index_put_({0, 1, 2, 8, 8}, frames.index({0, 1, 2, 8, 8}) + 0.5); // a flash of one channel
    const at::Tensor weight = stillWeight(frames, 5, 20);
    ASSERT_EQ(weight.sizes(), at::IntArrayRef({1, 1, 1, 16, 16}));
    const auto weightAt = [&](int y, int x) { return weight.index({0, 0, 0, y, x}).item<float>(); };
    EXPECT_EQ(weightAt(0, 0), 20);
    EXPECT_EQ(weightAt(8, 8), 1);
    EXPECT_EQ(weightAt(10, 6), 1) << "two pixels away";
    EXPECT_EQ(weightAt(11, 8), 20) << "three pixels away";
    EXPECT_NEAR(changeNear(frames, 5).max().item<float>(), 0.5, 1e-6);
}

} // namespace
} // namespace s1::train
