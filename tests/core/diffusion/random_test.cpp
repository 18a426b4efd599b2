#include "diffusion/random.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

namespace s1::diffusion {
namespace {

TEST(Noise, HalfStreamOfTheReference) {
    const float expected[] = {1.6083984f, -2.296875f, 0.63525391f, 0.32958984f, -0.010658264f, -0.41040039f, -0.70214844f, -0.8125f, -0.52978516f, 1.4951172f};
    const at::Tensor noise = NoiseSource(345).draw({1, 3, 8, 40, 64}, at::kHalf);
    EXPECT_TRUE(at::equal(noise.flatten().slice(0, 0, 10), at::tensor(at::ArrayRef<float>(expected)).to(at::kHalf)));
    EXPECT_LE(noise.to(at::kFloat).abs().max().item<float>(), 3.907f);
    EXPECT_FALSE(at::equal(noise, NoiseSource(345).draw({1, 3, 8, 40, 64}).to(at::kHalf)));
}

TEST(Noise, SeedDecidesEveryBit) {
    for (const auto type : {at::kFloat, at::kHalf}) {
        EXPECT_TRUE(at::equal(NoiseSource(7).draw({3, 50}, type), NoiseSource(7).draw({3, 50}, type)));
        EXPECT_FALSE(at::equal(NoiseSource(7).draw({3, 50}, type), NoiseSource(8).draw({3, 50}, type)));
        EXPECT_TRUE(at::equal(NoiseSource(5).draw({32}, type), NoiseSource((std::uint64_t(1) << 32) + 5).draw({32}, type)))
            << "only the low 32 bits reach the generator";
    }
}

TEST(Noise, DrawsFollowOneAnother) {
    for (const auto type : {at::kFloat, at::kHalf}) {
        NoiseSource parts(9), whole(9);
        const at::Tensor first = parts.draw({2, 16}, type), second = parts.draw({16}, type);
        EXPECT_TRUE(at::equal(at::cat({first.flatten(), second}), whole.draw({48}, type)));
        EXPECT_FALSE(at::equal(first[0], second));
        EXPECT_EQ(NoiseSource(1).draw({5}, type).numel(), 5);
        EXPECT_EQ(NoiseSource(1).draw({21}, type).numel(), 21);
    }
}

TEST(Noise, LooksNormal) {
    for (const auto type : {at::kFloat, at::kHalf}) {
        const at::Tensor noise = NoiseSource(3).draw({100000}, type).to(at::kDouble);
        EXPECT_NEAR(noise.mean().item<double>(), 0, 0.015);
        EXPECT_NEAR(noise.std().item<double>(), 1, 0.015);
    }
}

} // namespace
} // namespace s1::diffusion
