#include "base/process_memory.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace s1 {
namespace {

constexpr std::size_t kBlock = 4 << 20, kBlocks = 48;

// Resident bytes left of 192 MiB after they are freed, holes between small blocks that stay.
std::int64_t leftOfFreedBlocks() {
    const auto before = static_cast<std::int64_t>(residentBytes());
    std::vector<std::unique_ptr<char[]>> large, small;
    for (std::size_t i = 0; i < kBlocks; ++i) {
        large.push_back(std::make_unique<char[]>(kBlock)); // written with zeros
        small.push_back(std::make_unique<char[]>(64));
    }
    EXPECT_GT(static_cast<std::int64_t>(residentBytes()) - before, static_cast<std::int64_t>(kBlock * kBlocks / 2));
    large.clear();
    return static_cast<std::int64_t>(residentBytes()) - before;
}

TEST(FreedBlocks, AreKeptOrGivenBack) {
    constexpr std::int64_t kAll = kBlock * kBlocks;
    setFreedBlocks(FreedBlocks::GivenBack);
    EXPECT_LT(leftOfFreedBlocks(), kAll / 8);
    setFreedBlocks(FreedBlocks::Kept);
    EXPECT_GT(leftOfFreedBlocks(), kAll / 2);
    const auto kept = static_cast<std::int64_t>(residentBytes());
    setFreedBlocks(FreedBlocks::GivenBack);
    EXPECT_LT(static_cast<std::int64_t>(residentBytes()), kept - kAll / 2);
}

} // namespace
} // namespace s1
