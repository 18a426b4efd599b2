#include "train/recorded_losses.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

namespace s1::train {
namespace {

int played = 0;

// A GPU's recording works on the same memory again; this one, too.
struct Again final : nn::GpuRecording {
    explicit Again(std::function<void()> w) : work(std::move(w)) {}
    void play() override {
        ++played;
        work();
    }
    std::function<void()> work;
};

std::unique_ptr<nn::GpuRecording> record(const std::function<void()>& work) {
    work();
    return std::make_unique<Again>(work);
}

class Recorded : public testing::Test {
protected:
    Recorded() {
        static const nn::GpuKernels kernels{.groupNorm = nullptr, .groupNormSlopes = nullptr, .temporalAttention = nullptr, .temporalAttentionSlopes = nullptr, .record = record};
        nn::useGpuKernels(&kernels);
        played = 0;
    }
    ~Recorded() override { nn::useGpuKernels(nullptr); }

    static NoisySample sample(double value, std::int64_t width, double movement = 0) {
        NoisySample shown;
        shown.sample.clean = at::full({1, 1, 1, 1, width}, value);
        shown.sample.movement = movement;
        return shown;
    }

    at::Tensor weight = at::full({}, 3.0).requires_grad_();
    at::Tensor unused = at::zeros({}).requires_grad_();
    RecordedLosses losses{{weight, unused}, at::kCPU, [this](const NoisySample& shown) { return (weight * shown.sample.clean).sum() + shown.sample.movement; }};
};

TEST_F(Recorded, CostsAreOfTheSampleThatIsShown) {
    EXPECT_TRUE(losses(sample(1, 4)).gradients.empty()) << "not recorded yet";
    for (const double value : {2.0, 5.0}) {
        const Cost cost = losses(sample(value, 4));
        EXPECT_EQ(cost.loss.item<double>(), 3 * 4 * value);
        ASSERT_EQ(cost.gradients.size(), 2u);
        EXPECT_EQ(cost.gradients[0].item<double>(), 4 * value);
        EXPECT_FALSE(cost.gradients[1].defined());
    }
    EXPECT_EQ(played, 2);
}

TEST_F(Recorded, OtherShapesAndOtherLossesAreRecordedApart) {
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(losses(sample(1, 4)).loss.item<double>(), 12);
        EXPECT_EQ(losses(sample(1, 5)).loss.item<double>(), 15);
        EXPECT_EQ(losses(sample(1, 5, 0.5)).loss.item<double>(), 15.5);
    }
    EXPECT_EQ(played, 6);
}

} // namespace
} // namespace s1::train
