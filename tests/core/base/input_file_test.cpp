#include "base/input_file.h"

#include "base/files.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

#include <sys/stat.h>

namespace s1 {
namespace {

namespace fs = std::filesystem;

class InputFiles : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(writeFileAtomically(m_path, "0123456789")); }
    test::TemporaryFolder m_folder;
    fs::path m_path = m_folder / "x.bin";
};

TEST_F(InputFiles, ReadsAtAnyPlaceToTheEnd) {
    const auto file = InputFile::open(m_path);
    ASSERT_TRUE(file);
    EXPECT_EQ(file->size(), 10u);
    char out[8] = {};
    ASSERT_TRUE(file->read(3, out, 4));
    EXPECT_EQ(std::string(out, 4), "3456");
    EXPECT_EQ(*file->readUpTo(8, out, 8), 2u);
    EXPECT_EQ(*file->readUpTo(20, out, 8), 0u);
    const auto past = file->read(8, out, 8);
    ASSERT_FALSE(past);
    EXPECT_EQ(past.error().code, ErrorCode::Corrupt);
    EXPECT_NE(past.error().message.find("ends at byte 10"), std::string::npos) << past.error().message;
}

TEST_F(InputFiles, NoticesWhatChanged) {
    const auto file = InputFile::open(m_path);
    ASSERT_TRUE(file);
    EXPECT_TRUE(file->checkUnchanged());
    ASSERT_TRUE(writeFileAtomically(m_path, "0123456789"));
    EXPECT_FALSE(file->checkUnchanged()) << "another file of the same size";
    const auto again = InputFile::open(m_path);
    ASSERT_TRUE(again);
    fs::last_write_time(m_path, fs::file_time_type::clock::now() + std::chrono::seconds(5));
    EXPECT_FALSE(again->checkUnchanged());
    const auto removed = InputFile::open(m_path);
    fs::remove(m_path);
    EXPECT_FALSE(removed->checkUnchanged());
}

TEST_F(InputFiles, PipesAndDevicesDoNotBlock) {
    ASSERT_EQ(mkfifo((m_folder / "pipe").c_str(), 0600), 0);
    for (const fs::path& path : {fs::path(m_folder / "pipe"), fs::path("/dev/zero"), m_folder.path()}) {
        const auto file = InputFile::open(path);
        ASSERT_FALSE(file) << path;
        EXPECT_EQ(file.error().code, ErrorCode::InvalidArgument);
        EXPECT_FALSE(readFile(path));
    }
}

TEST_F(InputFiles, WholeFilesHaveALimit) {
    EXPECT_EQ(*readFile(m_path, 10), "0123456789");
    const auto large = readFile(m_path, 9);
    ASSERT_FALSE(large);
    EXPECT_EQ(large.error().code, ErrorCode::Corrupt);
    EXPECT_TRUE(readFile("/proc/self/status")) << "a file that says it has no bytes";
}

TEST_F(InputFiles, DurableCommitLeavesTheWholeFile) {
    TemporaryFile temporary(m_path);
    ASSERT_TRUE(writeFileAtomically(temporary.path(), "new"));
    ASSERT_TRUE(temporary.commitDurably());
    EXPECT_EQ(*readFile(m_path), "new");
    TemporaryFile nothing(m_folder / "y.bin");
    EXPECT_FALSE(nothing.commitDurably());
}

} // namespace
} // namespace s1
