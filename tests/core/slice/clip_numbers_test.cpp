#include "slice/clip_numbers.h"

#include <gtest/gtest.h>

#include <cmath>

namespace s1 {
namespace {

// An edge glides through the middle row; everywhere else is grain of grainLevels.
Clip gliding(int grainLevels) {
    Clip clip;
    for (int t = 0; t < 16; ++t) {
        Frame frame(64, 40);
        for (int y = 0; y < frame.height; ++y)
            for (int x = 0; x < frame.width; ++x) {
                const int grain = (x * 31 + y * 17 + t * t * 7) % (grainLevels + 1);
                const double value = y == 20 ? 255 / (1 + std::exp(-(x - 2.0 * t - 16) / 4)) : 120 + grain;
                std::fill_n(frame.row(y) + x * 3, 3, static_cast<std::uint8_t>(std::lround(value)));
            }
        clip.frames.push_back(std::move(frame));
    }
    return clip;
}

TEST(ClipNumbers, LinesWhereNothingMovesSayLittleOfHowThingsMove) {
    const std::vector<double> shares{0.25, 0.5, 0.75};
    const Clip grainy = gliding(1);
    const SliceNumbers still = measureClip(grainy, {0.25}), row = measureSlice(sliceOf(grainy, rowLine(grainy, 20)));
    const SliceNumbers whole = measureClip(grainy, shares);
    EXPECT_GT(measureSlice(sliceOf(grainy, rowLine(grainy, 10))).highFrequency, 0.2) << "grain alone is fast";
    EXPECT_LT(row.highFrequency, 0.02);
    EXPECT_LT(whole.highFrequency, 0.05);
    EXPECT_LT(whole.highFrequency, still.highFrequency);
    EXPECT_GT(measureClip(gliding(60), shares).highFrequency, 3 * whole.highFrequency) << "grain that is seen counts";
}

TEST(ClipNumbers, AClipThatStandsStillHasNone) {
    Clip clip;
    clip.frames.assign(5, Frame(16, 8));
    const SliceNumbers numbers = measureClip(clip, {0.5});
    EXPECT_EQ(numbers.coherence, 1);
    EXPECT_EQ(numbers.flicker, 0);
    EXPECT_EQ(numbers.highFrequency, 0);
    EXPECT_EQ(numbers.roughness, 0);
}

TEST(ClipNumbers, AStillClipSaysNothingOfHowFastOthersMove) {
    const SliceNumbers moving{.coherence = 0.8, .flicker = 0.02, .highFrequency = 0.1, .roughness = 0.5, .power = 300, .change = 0.04};
    const SliceNumbers grain{.coherence = 0.4, .highFrequency = 0.9, .roughness = 2};
    const SliceNumbers both = together({moving, grain});
    EXPECT_DOUBLE_EQ(both.highFrequency, 0.1);
    EXPECT_DOUBLE_EQ(both.roughness, 0.5);
    EXPECT_DOUBLE_EQ(both.flicker, 0.01);
    EXPECT_DOUBLE_EQ(both.coherence, 0.6);
    EXPECT_EQ(together({}).power, 0);
}

} // namespace
} // namespace s1
