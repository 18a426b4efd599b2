#include "base/files.h"
#include "media/clip_reader.h"
#include "media/clip_writer.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace s1 {
namespace {

TEST(WithoutFFmpeg, ReadingAndWritingAreUnsupported) {
    Clip clip;
    clip.frames.emplace_back(4, 4);
    EXPECT_EQ(readClip("a.mp4").error().code, ErrorCode::Unsupported);
    EXPECT_EQ(readRecipe("a.mp4").error().code, ErrorCode::Unsupported);
    EXPECT_EQ(writeClip("a.mp4", clip).error().code, ErrorCode::Unsupported);
    EXPECT_TRUE(exportFormats().empty());
}

TEST(WithoutFFmpeg, PicturesAreStillWritten) {
    const test::TemporaryFolder folder;
    ASSERT_TRUE(writePng(folder / "p.png", Frame(300, 200)));
    EXPECT_EQ(readFile(folder / "p.png")->substr(1, 3), "PNG");
}

} // namespace
} // namespace s1
