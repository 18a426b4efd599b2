#include "cli_test.h"

#include "toyland/renderer.h"
#include "toyland/scene_json.h"

#include <cstring>

namespace s1::cli {
namespace {

TEST_F(CliTest, VerbsThatComputeThemselvesRefuseADeviceThatIsNotThere) {
    for (const std::vector<std::string>& verb : {std::vector<std::string>{"check", path("cases")},
                                                 {"bench"},
                                                 {"toyland", "train", "text", "--steps", "1", "-o", path("model")}}) {
        auto args = verb;
        args.insert(args.end(), {"--device", "cuda:1"});
        EXPECT_EQ(run(args), 69) << verb.front();
        expectOneErrorLine();
        EXPECT_NE(err.str().find("cuda:1"), std::string::npos) << err.str();
    }
    EXPECT_FALSE(std::filesystem::exists(path("model"))) << "nothing was trained on another device";
}

TEST_F(CliTest, AScenesDumpHoldsItsFramesUnrounded) {
    const auto json = nlohmann::json::parse(R"({"schema":"toyland.scene/1","objects":[{"object":"star","color":"red"}],"background":{"kind":"sea"},"seed":4})");
    ASSERT_TRUE(writeFileAtomically(path("s.json"), json.dump()));
    ASSERT_EQ(run({"toyland", "render", path("s.json"), "--size", "16x10", "--frames", "3", "--dump", path("d.safetensors"), "-o", path("s.png")}), 0) << err.str();
    const auto bytes = readFile(path("d.safetensors"));
    ASSERT_TRUE(bytes);
    std::uint64_t headerSize = 0;
    std::memcpy(&headerSize, bytes->data(), sizeof headerSize);
    const auto header = nlohmann::json::parse(bytes->substr(8, headerSize));
    EXPECT_EQ(header["video"]["shape"], nlohmann::json({1, 3, 3, 10, 16}));
    EXPECT_EQ(header["video"]["dtype"], "F32");

    std::vector<float> dumped(3 * 3 * 10 * 16), frame(3 * 10 * 16);
    ASSERT_EQ(bytes->size(), 8 + headerSize + dumped.size() * sizeof(float));
    std::memcpy(dumped.data(), bytes->data() + 8 + headerSize, dumped.size() * sizeof(float));
    toyland::renderFrame(*toyland::sceneFromJson(json), 0.5, 16, 10, toyland::PixelLayout::PlanarSigned, frame.data());
    for (int channel = 0; channel < 3; ++channel) // [C, F, H, W]
        EXPECT_EQ(std::memcmp(dumped.data() + (channel * 3 + 1) * 160, frame.data() + channel * 160, 160 * sizeof(float)), 0) << channel;
}

// Of a true clip under hardly any noise, the shipped key frames lose nothing; each frame alone neither.
TEST_F(CliTest, AProbeFromLittleNoiseFindsAllRight) {
    for (const char* apart : {"", "--apart"}) {
        std::vector<std::string> args{"toyland", "probe", "keyframes", "--from", "0", "--count", "3", "--seed", "7", "--json"};
        if (*apart)
            args.emplace_back(apart);
        ASSERT_EQ(run(args), 0) << err.str();
        const auto last = lines().back();
        EXPECT_EQ(last["n"], 3);
        EXPECT_EQ(last["all"], 1.0) << last.dump();
    }
}

// The shipped networks read plain words and people's; a prompt that says another thing than is asked is found out.
TEST_F(CliTest, PromptsAreReadAsTheyAreMeant) {
    ASSERT_TRUE(writeFileAtomically(path("p.jsonl"),
                                    R"({"prompt":"a red ball bounces over the sea","expect":{"object":"ball","color":"red","motion":"bounces","background":"sea"}})"
                                    "\n"
                                    R"({"prompt":"over a blue chessboard a yellow star gets bigger","expect":{"object":"star","color":"yellow","motion":"grows","background":"blue checkered"}})"
                                    "\n"
                                    R"({"prompt":"a green car moves left","expect":{"object":"car","motion":"moves right"}})"
                                    "\n"));
    ASSERT_EQ(run({"toyland", "read", path("p.jsonl"), "--json"}), 0) << err.str();
    const auto answers = lines();
    ASSERT_EQ(answers.size(), 4u);
    EXPECT_TRUE(answers[0]["all"]) << answers[0].dump();
    EXPECT_TRUE(answers[1]["all"]) << answers[1].dump();
    EXPECT_EQ(answers[2]["motion"]["found"], "moves left");
    EXPECT_TRUE(answers[2]["object"]["right"]);
    EXPECT_EQ(answers[2]["color"]["expected"], nlohmann::json());
    EXPECT_EQ(answers[3]["n"], 3);
    EXPECT_EQ(answers[3]["attributes"]["background"]["right"], 2);
    EXPECT_EQ(answers[3]["confusion"]["motion"]["moves right"]["moves left"], 1);
    EXPECT_EQ(run({"toyland", "read", path("none.jsonl")}), 66);
}

TEST_F(CliTest, AProbeOfALaterStageStandsBesideWhatNeedsNoNetwork) {
    ASSERT_EQ(run({"toyland", "probe", "interpolation", "--count", "1", "--seed", "7", "--preset", "draft", "--json"}), 0) << err.str();
    std::map<std::string, nlohmann::json> rows;
    for (const auto& line : lines())
        if (line["event"] == "clips")
            rows[line["name"]] = line;
    ASSERT_EQ(rows.size(), 3u) << out.str();
    EXPECT_GT(rows["stage"]["psnr"], rows["blend"]["psnr"].get<double>() - 3);
    EXPECT_TRUE(rows["truth"]["psnr"].is_null()) << "equal clips have no noise";
    EXPECT_EQ(rows["truth"]["path_error"], 0);
    EXPECT_LT(rows["stage"]["path_error"], 3);
}

// The shipped translation stands for one of all noise levels, too: the same network, the same rows.
TEST_F(CliTest, TranslationsAreComparedOnPixelsAndOnLatents) {
    ASSERT_TRUE(writeFileAtomically(path("small.json"), R"({"stages":{"interpolation":{"width":40,"height":24,"frames":3},
        "superres":{"width":80,"height":48,"frames":3},"translation":{"width":96,"height":64,"frames":3}}})"));
    const auto shipped = (std::filesystem::path(S1_SOURCE_DIR) / "resources" / "models" / "toyland").string();
    ASSERT_EQ(run({"toyland", "compare", "translation", "--count", "1", "--seed", "7", "--plan", path("small.json"), "--whole-range", shipped, "--json"}), 0) << err.str();
    std::map<std::string, nlohmann::json> rows;
    for (const auto& line : lines())
        if (line["event"] == "clips")
            rows[line["name"]] = line;
    ASSERT_EQ(rows.size(), 6u) << out.str();
    EXPECT_EQ(rows["expert, pixels"]["psnr"], rows["all noise levels, pixels"]["psnr"]);
    EXPECT_EQ(rows["expert, latents"]["psnr"], rows["all noise levels, latents"]["psnr"]);
    EXPECT_GT(rows["expert, pixels"]["psnr"], rows["expert, latents"]["psnr"]) << "latents are no pictures that may be enlarged";
    EXPECT_GT(rows["as given"]["psnr"], 20);
    EXPECT_TRUE(rows["truth"]["psnr"].is_null());

    EXPECT_EQ(run({"toyland", "train", "superres", "--whole-range", "--steps", "1", "-o", path("model")}), 2);
    EXPECT_NE(err.str().find("--whole-range"), std::string::npos) << err.str();
}

TEST_F(CliTest, TrainingNamesThePartItNeedsFirst) {
    EXPECT_EQ(run({"toyland", "train", "images", "--steps", "1", "-o", path("new")}), 66);
    EXPECT_NE(err.str().find("toyland train text"), std::string::npos) << err.str();
    EXPECT_FALSE(std::filesystem::exists(path("new") + "/checkpoints"));
}

TEST_F(CliTest, KeyframesAreComparedAsPixelsAndAsLatents) {
    const auto shipped = (std::filesystem::path(S1_SOURCE_DIR) / "resources" / "models" / "toyland").string();
    EXPECT_EQ(run({"toyland", "compare", "keyframes"}), 2);
    EXPECT_NE(err.str().find("--latent"), std::string::npos) << err.str();
    EXPECT_NE(run({"toyland", "compare", "keyframes", "--latent", path("none")}), 0);
    EXPECT_NE(err.str().find("toyland train latent-keyframes"), std::string::npos) << err.str();

    ASSERT_EQ(run({"toyland", "train", "latent-keyframes", "--steps", "1", "--init", shipped, "-o", path("latent")}), 0) << err.str();
    ASSERT_TRUE(writeFileAtomically(path("two.json"), R"({"stages":{"keyframes":{"steps":2}}})"));
    ASSERT_EQ(run({"toyland", "compare", "keyframes", "--latent", path("latent"), "--count", "2", "--plan", path("two.json"), "--json"}), 0) << err.str();
    std::map<std::string, nlohmann::json> rows;
    for (const auto& line : lines())
        if (line["event"] == "keyframes")
            rows[line["name"]] = line;
    ASSERT_EQ(rows.size(), 2u) << out.str();
    EXPECT_EQ(rows["pixels"]["n"], 2);
    EXPECT_EQ(rows["latents"]["n"], 2);
    EXPECT_EQ(rows["latents"]["attributes"]["object"]["right"], 0) << "after one step it shows nothing yet";

    EXPECT_EQ(run({"toyland", "compare", "keyframes", "--latent", path("latent"), "--whole-range", shipped}), 2) << "of the other table";
    EXPECT_NE(err.str().find("leave it out"), std::string::npos) << err.str();
    EXPECT_EQ(run({"toyland", "compare", "translation", "--latent", path("latent")}), 2);
    EXPECT_NE(err.str().find("leave it out"), std::string::npos) << err.str();
}

TEST_F(CliTest, AProbeOfTheAutoencoderSaysWhatARoundTripKeeps) {
    ASSERT_EQ(run({"toyland", "probe", "vae", "--count", "1", "--json"}), 0) << err.str();
    EXPECT_GT(lines().back()["psnr"], 30);
}

} // namespace
} // namespace s1::cli
