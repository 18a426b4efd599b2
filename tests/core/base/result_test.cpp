#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace s1 {
namespace {

Result<int> half(int x) {
    if (x % 2)
        return Error{ErrorCode::InvalidArgument, "odd", "x"};
    return x / 2;
}

Result<int> quarter(int x) {
    S1_TRY(const int h, half(x));
    return half(h);
}

TEST(Result, CarriesValueOrError) {
    EXPECT_EQ(*half(4), 2);
    EXPECT_EQ(half(3).error().message, "odd");
}

TEST(Result, TryPropagates) {
    EXPECT_EQ(*quarter(8), 2);
    EXPECT_FALSE(quarter(6));
    EXPECT_FALSE(quarter(3));
}

TEST(Result, MovesOnlyTypes) {
    Result<std::unique_ptr<int>> r = std::make_unique<int>(3);
    const std::unique_ptr<int> p = *std::move(r);
    EXPECT_EQ(*p, 3);
}

TEST(Result, EveryCodeHasItsOwnName) {
    EXPECT_EQ(toString(ErrorCode::Cancelled), "cancelled");
    EXPECT_NE(toString(ErrorCode::Io), toString(ErrorCode::Internal));
}

} // namespace
} // namespace s1
