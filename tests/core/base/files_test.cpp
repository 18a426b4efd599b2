#include "base/files.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

#include <iterator>

namespace s1 {
namespace {

std::size_t entries(const std::filesystem::path& folder) {
    return std::distance(std::filesystem::directory_iterator(folder), {});
}

TEST(Files, WritesAndReadsBack) {
    test::TemporaryFolder folder;
    const std::string bytes("a\0b\n", 4);
    ASSERT_TRUE(writeFileAtomically(folder / "x.bin", bytes));
    const auto back = readFile(folder / "x.bin");
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, bytes);
    EXPECT_EQ(entries(folder.path()), 1u);
}

TEST(Files, MissingFileIsNotFoundAndNamed) {
    const auto result = readFile("/nonexistent/file.json");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::NotFound);
    EXPECT_NE(result.error().message.find("/nonexistent/file.json"), std::string::npos);
}

TEST(Files, FolderInsteadOfFileIsRefused) {
    test::TemporaryFolder folder;
    const auto result = readFile(folder.path());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::InvalidArgument);
}

TEST(Files, UnwritablePlaceIsCannotCreate) {
    const auto result = writeFileAtomically("/nonexistent/out.bin", "x");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::CannotCreate);
}

TEST(Files, FullDeviceLeavesTheOldFile) {
    // /dev/full fails every write; the target must keep what it had.
    const auto result = writeFileAtomically("/dev/full/x", "x");
    ASSERT_FALSE(result);
}

TEST(Files, DroppedTemporaryLeavesNothing) {
    test::TemporaryFolder folder;
    {
        TemporaryFile temporary(folder / "clip.mp4");
        EXPECT_EQ(temporary.path().extension(), ".mp4");
        ASSERT_TRUE(writeFileAtomically(temporary.path(), "half"));
    }
    EXPECT_EQ(entries(folder.path()), 0u);
}

TEST(Files, CommitRenames) {
    test::TemporaryFolder folder;
    TemporaryFile temporary(folder / "clip.mp4");
    ASSERT_TRUE(writeFileAtomically(temporary.path(), "whole"));
    ASSERT_TRUE(temporary.commit());
    EXPECT_EQ(*readFile(folder / "clip.mp4"), "whole");
    EXPECT_EQ(entries(folder.path()), 1u);
}

TEST(Files, TemporarySiblingsDiffer) {
    EXPECT_NE(temporarySibling("/a/b.mp4"), temporarySibling("/a/b.mp4"));
    EXPECT_EQ(temporarySibling("/a/b.mp4").parent_path(), "/a");
}

TEST(Files, Sha256OfAbc) {
    EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

} // namespace
} // namespace s1
