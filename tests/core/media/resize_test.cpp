#include "media/resize.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace s1 {
namespace {

TEST(Resize, KeepsSizeAndFlatColours) {
    Frame frame(20, 13);
    for (std::size_t i = 0; i < frame.rgb.size(); ++i)
        frame.rgb[i] = static_cast<std::uint8_t>(i * 37 % 256);
    EXPECT_EQ(resizeBicubic(frame, 20, 13), frame);
    Frame flat(9, 7);
    std::fill(flat.rgb.begin(), flat.rgb.end(), std::uint8_t(143));
    for (const auto& [w, h] : {std::pair{18, 14}, {3, 2}, {1, 1}, {40, 1}, {9, 50}}) {
        const Frame sized = resizeBicubic(flat, w, h);
        ASSERT_EQ(sized.width, w);
        ASSERT_EQ(sized.height, h);
        EXPECT_TRUE(std::all_of(sized.rgb.begin(), sized.rgb.end(), [](int v) { return v == 143; })) << w << "x" << h;
    }
}

} // namespace
} // namespace s1
