#include "utf8.h"

#include <gtest/gtest.h>

namespace s1::cli {
namespace {

TEST(Utf8, AcceptsTextAndFindsTheFirstBadByte) {
    EXPECT_EQ(firstInvalidUtf8("a é € 😀 \xf4\x8f\xbf\xbf"), std::nullopt);
    EXPECT_EQ(firstInvalidUtf8("ab\xff"), 2u);
    EXPECT_EQ(firstInvalidUtf8("a\xc3"), 1u);    // cut off
    EXPECT_EQ(firstInvalidUtf8("\xc0\x80"), 0u); // overlong
    EXPECT_EQ(firstInvalidUtf8("\xe0\x80\x80"), 0u);
    EXPECT_EQ(firstInvalidUtf8("\xed\xa0\x80"), 0u);     // half a pair
    EXPECT_EQ(firstInvalidUtf8("\xf4\x90\x80\x80"), 0u); // past the end of Unicode
    EXPECT_EQ(firstInvalidUtf8("\x80"), 0u);
}

} // namespace
} // namespace s1::cli
