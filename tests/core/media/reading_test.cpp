#include "core/media/test_clips.h"
#include "base/files.h"
#include "media/clip_reader.h"
#include "media/clip_writer.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>

namespace s1 {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

class Reading : public testing::Test {
protected:
    // 24 frames of 12 frames a second, lossless: frames can be told apart exactly.
    void SetUp() override {
        m_clip = testClip(64, 48, 24, 12);
        ASSERT_TRUE(writeClip(m_folder / "clip.mkv", m_clip, "mkv-ffv1"));
        ASSERT_TRUE(writeClip(m_folder / "clip.mp4", m_clip));
    }

    ErrorCode codeOf(const fs::path& path) {
        const auto clip = readClip(path);
        const auto recipe = readRecipe(path);
        EXPECT_FALSE(clip);
        if (clip)
            return ErrorCode::Internal;
        EXPECT_NE(clip.error().message.find(path.filename().string()), std::string::npos) << clip.error().message;
        EXPECT_EQ(clip.error().subject, path.string());
        return clip.error().code;
    }

    fs::path fileOf(const std::string& name, const std::string& bytes) {
        std::ofstream(m_folder / name, std::ios::binary) << bytes;
        return m_folder / name;
    }

    TemporaryFolder m_folder;
    Clip m_clip;
};

TEST_F(Reading, RangesTakeTheFramesInside) {
    struct Range { double start, end; int first, count; };
    for (const Range range : {Range{0, 0, 0, 24}, {0.5, 0, 6, 18}, {0, 1, 0, 12}, {0.5, 1.0, 6, 6}, {1.5, 9, 18, 6}}) {
        const auto clip = readClip(m_folder / "clip.mkv", {.startSeconds = range.start, .endSeconds = range.end});
        ASSERT_TRUE(clip) << clip.error().message;
        ASSERT_EQ(clip->frameCount(), range.count) << range.start << " " << range.end;
        EXPECT_EQ(clip->frames.front(), m_clip.frames[range.first]);
        EXPECT_EQ(clip->frames.back(), m_clip.frames[range.first + range.count - 1]);
    }
}

TEST_F(Reading, TheMp4RangeHasTheSameCount) {
    EXPECT_EQ(readClip(m_folder / "clip.mp4", {.startSeconds = 0.5, .endSeconds = 1.0})->frameCount(), 6);
}

TEST_F(Reading, MaxFramesStopsEarly) {
    EXPECT_EQ(readClip(m_folder / "clip.mp4", {.maxFrames = 5})->frameCount(), 5);
    EXPECT_EQ(readClip(m_folder / "clip.mp4", {.maxFrames = 500})->frameCount(), 24);
}

TEST_F(Reading, EmptyRangesAreRefused) {
    for (const ReadOptions& options : {ReadOptions{.startSeconds = 50}, {.startSeconds = 2, .endSeconds = 1},
                                       {.startSeconds = -1}, {.startSeconds = 1, .endSeconds = 1}}) {
        const auto clip = readClip(m_folder / "clip.mkv", options);
        ASSERT_FALSE(clip);
        EXPECT_EQ(clip.error().code, ErrorCode::InvalidArgument) << clip.error().message;
    }
}

TEST_F(Reading, ATooLongClipIsRefusedBeforeItIsHeld) {
    const auto clip = readClip(m_folder / "clip.mp4", {.maxBytes = 64 * 48 * 3 * 10});
    ASSERT_FALSE(clip);
    EXPECT_EQ(clip.error().code, ErrorCode::InvalidArgument);
}

TEST_F(Reading, AMissingFileIsNotFound) { EXPECT_EQ(codeOf(m_folder / "nothing.mp4"), ErrorCode::NotFound); }

TEST_F(Reading, FilesThatAreNoVideosAreCorrupt) {
    EXPECT_EQ(codeOf(fileOf("zero.mp4", "")), ErrorCode::Corrupt);
    EXPECT_EQ(codeOf(fileOf("text.mp4", "this is not a video")), ErrorCode::Corrupt);
    EXPECT_EQ(codeOf(fileOf("noise.mkv", std::string(5000, '\x5a'))), ErrorCode::Corrupt);
}

TEST_F(Reading, PlaylistsDoNotReachTheNetwork) {
    EXPECT_FALSE(readClip(fileOf("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://localhost:9/a.ts\n")));
}

class CutOff : public Reading, public testing::WithParamInterface<int> {};
INSTANTIATE_TEST_SUITE_P(Percent, CutOff, testing::Values(1, 10, 30, 50, 70, 90));

TEST_P(CutOff, Mp4sAreCorrupt) {
    const std::string bytes = *readFile(m_folder / "clip.mp4");
    EXPECT_EQ(codeOf(fileOf("cut.mp4", bytes.substr(0, bytes.size() * GetParam() / 100))), ErrorCode::Corrupt);
}

TEST_P(CutOff, OtherFilesNeverCrash) {
    for (const char* name : {"clip.mkv", "clip.gif", "clip.png"}) {
        const std::string extension = fs::path(name).extension().string();
        if (extension != ".mkv") {
            const bool gif = extension == ".gif";
            ASSERT_TRUE(gif ? writeClip(m_folder / name, m_clip, "gif") : writePng(m_folder / name, m_clip.frames[0]));
        }
        const std::string bytes = *readFile(m_folder / name);
        const fs::path cut = fileOf("cut" + extension, bytes.substr(0, bytes.size() * GetParam() / 100));
        const auto clip = readClip(cut);
        EXPECT_TRUE(clip || clip.error().message.find("cut") != std::string::npos);
    }
}

TEST_F(Reading, DamagedBytesNeverCrash) {
    const std::string bytes = *readFile(m_folder / "clip.mp4");
    unsigned state = 7;
    for (int i = 0; i < 40; ++i) {
        std::string damaged = bytes;
        for (int k = 0; k < 20; ++k) {
            state = state * 1664525 + 1013904223;
            damaged[state % damaged.size()] ^= static_cast<char>(state >> 9);
        }
        (void)readClip(fileOf("damaged.mp4", damaged));
        (void)readMetadata(m_folder / "damaged.mp4");
    }
}

TEST_F(Reading, AFolderOfPicturesIsAClip) {
    ASSERT_TRUE(writeClip(m_folder / "frames", m_clip, "png-sequence"));
    const auto clip = readClip(m_folder / "frames", {.maxFrames = 7});
    ASSERT_TRUE(clip) << clip.error().message;
    EXPECT_EQ(clip->frameCount(), 7);
    EXPECT_EQ(clip->frames[6], m_clip.frames[6]);
    ASSERT_TRUE(writePng(m_folder / "frames" / "frame_00003.png", Frame(5, 5)));
    EXPECT_EQ(readClip(m_folder / "frames").error().code, ErrorCode::Corrupt);
    fs::create_directory(m_folder / "none");
    EXPECT_EQ(readClip(m_folder / "none").error().code, ErrorCode::NotFound);
}

TEST_F(Reading, AFileWithoutRecipeHasAnEmptyOne) {
    const auto recipe = readRecipe(m_folder / "clip.mp4");
    ASSERT_TRUE(recipe);
    EXPECT_EQ(*recipe, "");
}

TEST_F(Reading, NamesThatLookLikeAddressesAreFiles) {
    const fs::path path = m_folder / "http:clip %d ü.mp4";
    fs::copy_file(m_folder / "clip.mp4", path);
    EXPECT_TRUE(readClip(path));
    EXPECT_TRUE(writeClip(m_folder / "concat:a|b.mp4", m_clip));
    ASSERT_TRUE(writePng(m_folder / "50%d.png", m_clip.frames[0]));
    EXPECT_TRUE(readClip(m_folder / "50%d.png"));
}

} // namespace
} // namespace s1
