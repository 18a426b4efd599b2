#include "cli_test.h"

namespace s1::cli {
namespace {

TEST_F(CliTest, ExportReadsAndWrites) {
    ASSERT_TRUE(writeFileAtomically(path("in.mp4"), "x"));
    EXPECT_EQ(run({"export", path("in.mp4"), "-o", path("out.gif")}), 0) << err.str();
    EXPECT_EQ(requestsOf<ExportRequest>().back().format, "gif");
    EXPECT_EQ(run({"export", path("in.mp4"), "--format", "mkv-ffv1", "-o", path("out.bin")}), 0) << err.str();
    EXPECT_EQ(requestsOf<ExportRequest>().back().format, "mkv-ffv1");
    EXPECT_EQ(run({"export", path("no.mp4"), "-o", path("out.gif")}), 66);
    EXPECT_EQ(run({"export", path("in.mp4"), "--format", "webm-vp9", "-o", path("out.webm")}), 69);
    EXPECT_EQ(run({"export", "--list-formats", "--json"}), 0);
    EXPECT_EQ(lines().size(), 5u);
}

TEST_F(CliTest, InspectShowsTheRecipe) {
    script.recipe = test::sampleRecipe("a green square spins", 77);
    ASSERT_TRUE(writeFileAtomically(path("in.mp4"), "x"));
    EXPECT_EQ(run({"inspect", path("in.mp4"), "--json"}), 0) << err.str();
    EXPECT_EQ(lines().front()["recipe"]["prompt"], "a green square spins");
    EXPECT_EQ(lines().front()["frames"], 29);
    EXPECT_EQ(run({"inspect", path("no.mp4")}), 66);
}

TEST_F(CliTest, InspectLooksIntoModelFoldersAndTensorFiles) {
    std::filesystem::create_directories(path("model/unet"));
    EXPECT_EQ(run({"inspect", path("model")}), 66);
    ASSERT_TRUE(writeFileAtomically(path("model/unet/config.json"), R"({"_class_name":"UNet3D"})"));
    EXPECT_EQ(run({"inspect", path("model"), "--json"}), 0) << err.str();
    EXPECT_EQ(lines().front()["missing"], nlohmann::json({"unet: weights"}));

    const std::string header =
        R"({"__metadata__":{"prompt":"jumps"},"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}})";
    std::string size(8, '\0');
    size[0] = static_cast<char>(header.size());
    ASSERT_TRUE(writeFileAtomically(path("m.s1motion"), size + header));
    EXPECT_EQ(run({"inspect", path("m.s1motion"), "--json"}), 0) << err.str();
    EXPECT_EQ(lines().front()["metadata"]["prompt"], "jumps");
    EXPECT_EQ(lines().front()["tensors"], 1);
    for (const std::string& broken : {std::string("short"), std::string(8, '\xff'), size + header.substr(0, 20)}) {
        ASSERT_TRUE(writeFileAtomically(path("m.s1motion"), broken));
        EXPECT_EQ(run({"inspect", path("m.s1motion")}), 65);
        expectOneErrorLine();
    }
}

TEST_F(CliTest, ForecastModelsAndDoctorAnswer) {
    EXPECT_EQ(run({"forecast", "--preset", "draft", "--json"}), 0) << err.str();
    EXPECT_GT(lines().front()["seconds"], 0);
    EXPECT_EQ(run({"forecast"}), 0);
    EXPECT_NE(out.str().find("1.1 GiB"), std::string::npos);
    EXPECT_EQ(run({"models", "verify"}), 0);
    EXPECT_EQ(run({"doctor", "--json"}), 0);
    EXPECT_EQ(lines().front()["version"], S1_VERSION);
    engineError = Error{ErrorCode::Device, "no device; look", ""};
    EXPECT_EQ(run({"doctor"}), 69) << "the report comes all the same";
    EXPECT_NE(out.str().find("no device"), std::string::npos);
}

TEST_F(CliTest, MotionLearnPrintsTheLoss) {
    ASSERT_TRUE(writeFileAtomically(path("in.mp4"), "x"));
    EXPECT_EQ(run({"motion", "learn", path("in.mp4"), "--steps", "5", "-o", path("m.s1motion"), "--json"}), 0)
        << err.str();
    const auto names = events();
    EXPECT_EQ(std::count(names.begin(), names.end(), "train_step"), 5);
    EXPECT_GT(lines().back()["loss"], 0);
    EXPECT_EQ(run({"motion", "learn", path("in.mp4"), "--start", "2", "--end", "1", "-o", path("m.s1motion")}), 2);
    EXPECT_EQ(run({"motion", "learn", path("no.mp4"), "-o", path("m.s1motion")}), 66);
}

TEST_F(CliTest, StylizeLearnsThenGenerates) {
    ASSERT_TRUE(writeFileAtomically(path("in.mp4"), "x"));
    // The fake engine writes no motion file, so the second half ends at it, before it runs.
    EXPECT_EQ(
        run({"stylize", path("in.mp4"), "a fish", "--steps", "2", "--plan", path("plan.json"), "-o", path("out.mp4")}),
        66);
    EXPECT_EQ(requestsOf<MotionLearnRequest>().size(), 1u);
}

TEST_F(CliTest, ToylandRendersAndCaptions) {
    ASSERT_TRUE(writeFileAtomically(
        path("s.json"),
        R"({"schema":"toyland.scene/1","objects":[{"object":"star","color":"red"}],"background":{"kind":"night"}})"));
    EXPECT_EQ(run({"toyland", "render", path("s.json"), "--size", "64x40", "--frames", "3", "-o", path("c.mp4")}), 0)
        << err.str();
    const ExportRequest request = requestsOf<ExportRequest>().back();
    EXPECT_EQ(request.clip->width(), 64);
    EXPECT_EQ(request.clip->frameCount(), 3);
    EXPECT_EQ(run({"toyland", "render", path("s.json"), "--size", "64", "-o", path("c.mp4")}), 2);
    ASSERT_TRUE(writeFileAtomically(path("s.json"), R"({"schema":"toyland.scene/1","objects":[{"object":"tiger"}]})"));
    EXPECT_EQ(run({"toyland", "render", path("s.json"), "-o", path("c.mp4")}), 65);
    EXPECT_EQ(run({"toyland", "captions", "--seed", "3", "--count", "4", "--split", "h1"}), 0);
    EXPECT_EQ(lines().size(), 4u);
    EXPECT_TRUE(lines().front().contains("scene"));
}

} // namespace
} // namespace s1::cli
