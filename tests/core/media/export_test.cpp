#include "core/media/test_clips.h"
#include "base/files.h"
#include "media/clip_reader.h"
#include "media/clip_writer.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <sys/resource.h>

namespace s1 {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

constexpr const char* kRecipe = R"({"schema":"show1.recipe/1","prompt":"a \"red\" ball\nüber \u00e4 hills"})";

fs::path target(const TemporaryFolder& folder, const ExportFormat& format) {
    return folder / (format.extension.empty() ? std::string("frames") : "clip." + std::string(format.extension));
}

std::size_t entries(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

class Formats : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        if (!isAvailable(*findExportFormat(GetParam())))
            GTEST_SKIP() << "this FFmpeg has no encoder " << findExportFormat(GetParam())->encoder;
    }
    const ExportFormat& format() const { return *findExportFormat(GetParam()); }
};

std::vector<std::string> formatIds() {
    std::vector<std::string> ids;
    for (const ExportFormat& format : exportFormats())
        ids.emplace_back(format.id);
    return ids;
}

INSTANTIATE_TEST_SUITE_P(Export, Formats, testing::ValuesIn(formatIds()), [](const auto& info) {
    std::string name = info.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

TEST_P(Formats, KeepSizeCountRateAndColor) {
    TemporaryFolder folder;
    const Clip clip = testClip(96, 64, 8);
    const fs::path path = target(folder, format());
    const auto written = writeClip(path, clip, GetParam());
    ASSERT_TRUE(written) << written.error().message;
    const auto back = readClip(path);
    ASSERT_TRUE(back) << back.error().message;
    ASSERT_EQ(back->frameCount(), 8);
    EXPECT_EQ(back->width(), 96);
    EXPECT_EQ(back->height(), 64);
    EXPECT_NEAR(back->fps, 8, 0.35); // GIF counts hundredths of a second
    for (int i = 0; i < 8; ++i) {
        if (format().lossless)
            EXPECT_EQ(back->frames[i], clip.frames[i]) << i;
        else
            EXPECT_LT(meanDifference(back->frames[i], clip.frames[i]), 6) << i;
    }
}

TEST_P(Formats, KeepTheRecipe) {
    TemporaryFolder folder;
    const fs::path path = target(folder, format());
    ASSERT_TRUE(writeClip(path, testClip(32, 32, 2), GetParam(), {.recipe = kRecipe}));
    const auto recipe = readRecipe(path);
    ASSERT_TRUE(recipe) << recipe.error().message;
    EXPECT_EQ(*recipe, kRecipe);
}

TEST_P(Formats, ADroppedWriterLeavesNothing) {
    TemporaryFolder folder;
    const Clip clip = testClip(32, 32, 4);
    {
        auto writer = format().open(target(folder, format()), {.width = 32, .height = 32, .fps = 8});
        ASSERT_TRUE(writer) << writer.error().message;
        ASSERT_TRUE((*writer)->write(clip.frames[0]));
        ASSERT_TRUE((*writer)->write(clip.frames[1]));
    }
    EXPECT_EQ(entries(folder.path()), 0u);
}

TEST_P(Formats, NoFrameIsNoFile) {
    TemporaryFolder folder;
    {
        auto writer = format().open(target(folder, format()), {.width = 32, .height = 32, .fps = 8});
        ASSERT_TRUE(writer);
        const auto finished = (*writer)->finish();
        ASSERT_FALSE(finished);
        EXPECT_EQ(finished.error().code, ErrorCode::InvalidArgument);
    }
    EXPECT_EQ(entries(folder.path()), 0u);
}

TEST_P(Formats, FramesOfAnotherSizeAreRefused) {
    TemporaryFolder folder;
    auto writer = format().open(target(folder, format()), {.width = 32, .height = 32, .fps = 8});
    ASSERT_TRUE(writer);
    const auto written = (*writer)->write(Frame(16, 32));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::InvalidArgument);
}

TEST_P(Formats, AFolderThatIsNotThereIsNamed) {
    TemporaryFolder folder;
    const fs::path path = folder.path() / "missing" / target(folder, format()).filename();
    const auto written = writeClip(path, testClip(16, 16, 1), GetParam());
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::CannotCreate);
    EXPECT_NE(written.error().message.find("missing"), std::string::npos) << written.error().message;
}

TEST_P(Formats, DevicesAreLeftAlone) {
    const auto written = writeClip("/dev/full", testClip(16, 16, 1), GetParam());
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::CannotCreate);
    EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

TEST_P(Formats, AFullDiskIsAnErrorAndLeavesNothing) {
    TemporaryFolder folder;
    Clip clip = testClip(128, 96, 8);
    unsigned state = 1;
    for (Frame& frame : clip.frames) // noise does not compress
        for (auto& value : frame.rgb)
            value = static_cast<std::uint8_t>((state = state * 1664525 + 1013904223) >> 24);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    rlimit small = before;
    small.rlim_cur = 6000;
    setrlimit(RLIMIT_FSIZE, &small);
    const auto written = writeClip(target(folder, format()), clip, GetParam());
    setrlimit(RLIMIT_FSIZE, &before);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::Io) << written.error().message;
    EXPECT_EQ(entries(folder.path()), 0u);
}

TEST_P(Formats, TheSameClipGivesTheSameBytes) {
    TemporaryFolder folder;
    if (format().extension.empty())
        GTEST_SKIP() << "a folder";
    const std::string extension(format().extension);
    ASSERT_TRUE(writeClip(folder / ("a." + extension), testClip(64, 48, 6), GetParam(), {.recipe = kRecipe}));
    ASSERT_TRUE(writeClip(folder / ("b." + extension), testClip(64, 48, 6), GetParam(), {.recipe = kRecipe}));
    EXPECT_EQ(*readFile(folder / ("a." + extension)), *readFile(folder / ("b." + extension)));
}

TEST_P(Formats, OnePixelAndOddSizesWork) {
    for (const auto& [width, height] : {std::pair{33, 17}, {17, 64}}) {
        TemporaryFolder folder;
        const fs::path path = target(folder, format());
        const Clip clip = testClip(width, height, 2);
        const auto written = writeClip(path, clip, GetParam());
        ASSERT_TRUE(written) << written.error().message;
        const auto back = readClip(path);
        ASSERT_TRUE(back) << back.error().message;
        EXPECT_LE(back->width() - width, 1);
        EXPECT_LE(back->height() - height, 1);
    }
}

TEST_P(Formats, AnOldFileIsReplacedWhole) {
    if (format().extension.empty())
        GTEST_SKIP() << "a folder";
    TemporaryFolder folder;
    const fs::path path = target(folder, format());
    std::ofstream(path) << "old";
    ASSERT_TRUE(writeClip(path, testClip(32, 32, 2), GetParam()));
    EXPECT_TRUE(readClip(path));
    EXPECT_EQ(entries(folder.path()), 1u);
}

TEST(Export, TheTableIsSound) {
    EXPECT_EQ(exportFormats().front().id, "mp4-h264");
    for (const ExportFormat& format : exportFormats()) {
        EXPECT_EQ(findExportFormat(format.id), &format);
        EXPECT_FALSE(format.title.empty());
    }
    EXPECT_EQ(findExportFormat("avi"), nullptr);
}

TEST(Export, AnUnknownFormatIsNamedWithTheKnownOnes) {
    const auto written = writeClip("x.avi", testClip(8, 8, 1), "avi");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::InvalidArgument);
    EXPECT_NE(written.error().message.find("mp4-h264"), std::string::npos);
}

TEST(Export, Mp4KeepsTitleAndComment) {
    TemporaryFolder folder;
    ASSERT_TRUE(writeClip(folder / "c.mp4", testClip(32, 32, 2), "mp4-h264",
                          {.recipe = kRecipe, .title = "a red ball", .comment = "Show-1 Studio"}));
    const auto metadata = readMetadata(folder / "c.mp4");
    ASSERT_TRUE(metadata);
    EXPECT_EQ(metadata->title, "a red ball");
    EXPECT_EQ(metadata->comment, "Show-1 Studio");
}

TEST(Export, Mp4ColorsHoldToAFewLevels) {
    TemporaryFolder folder;
    const Clip clip = testClip(192, 128, 4);
    ASSERT_TRUE(writeClip(folder / "c.mp4", clip));
    const auto back = readClip(folder / "c.mp4");
    ASSERT_TRUE(back);
    for (const auto& [x, y] : {std::pair{60, 100}, {100, 100}, {180, 20}, {180, 110}, {90, 20}})
        for (int c = 0; c < 3; ++c)
            EXPECT_NEAR(back->frames[0].row(y)[x * 3 + c], clip.frames[0].row(y)[x * 3 + c], 4) << x << " " << y;
}

TEST(Export, Mp4StartsWithItsIndex) {
    TemporaryFolder folder;
    ASSERT_TRUE(writeClip(folder / "c.mp4", testClip(64, 48, 8)));
    const std::string bytes = *readFile(folder / "c.mp4");
    EXPECT_LT(bytes.find("moov"), bytes.find("mdat"));
    EXPECT_NE(bytes.find("colr"), std::string::npos);
}

TEST(Export, RatesNeedNotBeWhole) {
    TemporaryFolder folder;
    for (const double fps : {8.0, 23.976, 29.97, 0.5, 60.0}) {
        ASSERT_TRUE(writeClip(folder / "c.mp4", testClip(32, 32, 4, fps)));
        EXPECT_NEAR(readClip(folder / "c.mp4")->fps, fps, fps * 1e-3);
    }
    EXPECT_FALSE(writeClip(folder / "c.mp4", testClip(32, 32, 4, 0)));
}

TEST(Export, PngFramesGoIntoANewOrEmptyFolder) {
    TemporaryFolder folder;
    fs::create_directory(folder / "empty");
    EXPECT_TRUE(writeClip(folder / "empty", testClip(16, 16, 2), "png-sequence"));
    EXPECT_EQ(entries(folder / "empty"), 2u);
    const auto again = writeClip(folder / "empty", testClip(16, 16, 2), "png-sequence");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::CannotCreate);
}

TEST(Export, APictureIsLossless) {
    TemporaryFolder folder;
    const Clip clip = testClip(77, 31, 1);
    ASSERT_TRUE(writePng(folder / "p.png", clip.frames[0]));
    EXPECT_EQ(readClip(folder / "p.png")->frames[0], clip.frames[0]);
    EXPECT_FALSE(writePng(folder / "q.png", Frame()));
    EXPECT_FALSE(writePng("/dev/full", clip.frames[0]));
}

} // namespace
} // namespace s1
