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

TEST_F(CliTest, ForecastAndDoctorAnswer) {
    EXPECT_EQ(run({"forecast", "--preset", "draft", "--json"}), 0) << err.str();
    EXPECT_GT(lines().front()["seconds"], 0);
    EXPECT_EQ(run({"forecast"}), 0);
    EXPECT_NE(out.str().find("1.1 GiB"), std::string::npos);
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

constexpr const char* kScene =
    R"({"schema":"toyland.scene/1","objects":[{"object":"star","color":"red","motion":"moves right"}],"background":{"kind":"night"}})";

TEST_F(CliTest, ToylandRendersWhatItThenJudges) {
    ASSERT_TRUE(writeFileAtomically(path("s.json"), kScene));
    EXPECT_EQ(run({"toyland", "render", path("s.json"), "--size", "128x80", "-o", path("c.mkv")}), 0) << err.str();
    EXPECT_EQ(run({"toyland", "judge", path("c.mkv"), "--scene", path("s.json"), "--json"}), 0) << err.str();
    EXPECT_EQ(lines().back()["all"], true) << out.str();
    EXPECT_EQ(lines().back()["object"]["found"], "star");
    EXPECT_EQ(run({"toyland", "render", path("s.json"), "--frames", "3", "-o", path("strip.png")}), 0) << err.str();
    EXPECT_TRUE(std::filesystem::exists(path("strip.png")));
    EXPECT_TRUE(requests.empty()) << "no engine is needed for these";
}

TEST_F(CliTest, SliceWritesAPictureAndSaysTheNumbers) {
    ASSERT_TRUE(writeFileAtomically(path("s.json"), kScene));
    ASSERT_EQ(run({"toyland", "render", path("s.json"), "--size", "64x40", "-o", path("c.mkv")}), 0) << err.str();
    EXPECT_EQ(run({"slice", path("c.mkv"), "--row", "20", "-o", path("x.png"), "--json"}), 0) << err.str();
    EXPECT_GT(lines().back()["coherence"], 0);
    EXPECT_TRUE(std::filesystem::exists(path("x.png")));
    EXPECT_EQ(run({"slice", path("c.mkv"), "--column", "63", "-o", path("x.png")}), 0) << err.str();
    EXPECT_EQ(run({"slice", path("c.mkv"), "--line", "0,0,64,40", "--json"}), 0) << err.str();
    for (const std::vector<std::string>& wrong : {std::vector<std::string>{"--row", "40"},
                                                  {"--column", "64"},
                                                  {"--line", "0,0,5"},
                                                  {"--line", "0,0,65,1"},
                                                  {"--row", "1", "--column", "1"}}) {
        std::vector<std::string> args{"slice", path("c.mkv"), "-o", path("y.png")};
        args.insert(args.end(), wrong.begin(), wrong.end());
        EXPECT_EQ(run(args), 2) << testing::PrintToString(wrong);
        expectOneErrorLine();
    }
    EXPECT_EQ(run({"slice", path("no.mkv")}), 66);
    ASSERT_TRUE(writeFileAtomically(path("broken.mkv"), "no video at all"));
    EXPECT_EQ(run({"slice", path("broken.mkv")}), 65);
}

TEST_F(CliTest, EvaluateMeasuresAFolderOfClips) {
    ASSERT_TRUE(writeFileAtomically(path("s.json"), kScene));
    std::filesystem::create_directory(path("clips"));
    EXPECT_EQ(run({"evaluate", path("clips")}), 65);
    for (const char* name : {"clips/a.mkv", "clips/b.mkv"})
        ASSERT_EQ(run({"toyland", "render", path("s.json"), "--size", "64x40", "-o", path(name)}), 0) << err.str();
    ASSERT_TRUE(writeFileAtomically(path("clips/notes.txt"), "not a clip"));
    EXPECT_EQ(run({"evaluate", path("clips"), "--json"}), 0) << err.str();
    EXPECT_EQ(lines().size(), 3u);
    EXPECT_EQ(lines().back()["name"], "mean of 2");
    EXPECT_NE(err.str().find("notes.txt"), std::string::npos);
    EXPECT_EQ(run({"evaluate", path("no")}), 66);
    EXPECT_EQ(run({"evaluate", path("s.json")}), 2);
}

TEST_F(CliTest, ToylandSaysWhatIsWrongWithAScene) {
    ASSERT_TRUE(writeFileAtomically(path("s.json"), R"({"schema":"toyland.scene/1","objects":[{"object":"tiger"}]})"));
    EXPECT_EQ(run({"toyland", "render", path("s.json"), "-o", path("c.mkv")}), 65);
    EXPECT_EQ(run({"toyland", "render", path("s.json"), "--size", "64", "-o", path("c.mkv")}), 2);
    EXPECT_EQ(run({"toyland", "render", path("s.json"), "--size", "8192x8192", "--frames", "10000", "-o", path("c.mkv")}), 71) << err.str();
    EXPECT_NE(err.str().find("1875 GiB"), std::string::npos) << err.str();
    EXPECT_EQ(run({"toyland", "render", path("no.json"), "-o", path("c.mkv")}), 66);
    EXPECT_EQ(run({"toyland", "judge", path("no.mkv"), "--scene", path("s.json")}), 66);
}

TEST_F(CliTest, ToylandCaptionsAreLines) {
    EXPECT_EQ(run({"toyland", "captions", "--seed", "3", "--count", "4", "--split", "h1"}), 0);
    EXPECT_EQ(lines().size(), 4u);
    EXPECT_TRUE(lines().front().contains("scene"));
}

TEST_F(CliTest, ToylandCheckJudgeTellsWhatIsTakenForWhat) {
    EXPECT_EQ(run({"toyland", "check-judge", "--count", "3", "--seed", "20000", "--json"}), 0) << err.str();
    nlohmann::json last = lines().back();
    for (const char* trial : {"clean", "noise", "h264"}) {
        EXPECT_EQ(last[trial]["n"], 3) << trial;
        EXPECT_EQ(last[trial]["all"], 1.0) << trial;
    }
    int motions = 0;
    for (const auto& [expected, row] : last["clean"]["confusion"]["motion"].items())
        motions += row.value(expected, 0);
    EXPECT_EQ(motions, 3);
    EXPECT_EQ(run({"toyland", "check-judge", "--count", "2", "--seed", "20000", "--noise", "1", "--json"}), 0) << err.str();
    last = lines().back();
    EXPECT_LT(last["noise"]["all"], 1.0) << "nothing can be seen";
    EXPECT_EQ(last["clean"]["all"], 1.0);
    EXPECT_EQ(run({"toyland", "check-judge", "--count", "0"}), 2);
}

TEST_F(CliTest, ToylandEvaluateCountsPerAttribute) {
    ASSERT_TRUE(writeFileAtomically(path("p.jsonl"),
                                    R"({"prompt":"a red ball bounces","expect":{"object":"ball","color":"red"}})"
                                    "\n\n"
                                    R"({"prompt":"hills","expect":{"background":"hills"}})"
                                    "\n"));
    EXPECT_EQ(run({"toyland", "evaluate", path("p.jsonl"), "--seed", "4", "--plan", path("plan.json"), "--stop-after",
                   "keyframes", "--sheet", path("sheet.png"), "--json"}),
              0)
        << err.str();
    const nlohmann::json last = lines().back();
    EXPECT_EQ(last["n"], 2);
    EXPECT_EQ(last["attributes"]["object"]["n"], 1);
    EXPECT_EQ(last["attributes"]["background"]["n"], 1);
    EXPECT_EQ(last["judge_on_truth"]["n"], 2);
    EXPECT_GE(last["attributes"]["object"]["high"], last["attributes"]["object"]["low"]);
    EXPECT_TRUE(std::filesystem::exists(path("sheet.png")));
    EXPECT_EQ(requestsOf<GenerateRequest>().back().seed, 5u);
    EXPECT_EQ(requestsOf<GenerateRequest>().back().stopAfter, StageId::Keyframes);

    EXPECT_EQ(run({"toyland", "evaluate", path("p.jsonl"), "--plan", path("plan.json"), "--stop-after", "interpolation", "--sheet", path("two.png"), "--json"}), 0) << err.str();
    const auto answers = lines();
    EXPECT_EQ(answers.back()["after"].size(), 2u) << "every stage is judged";
    EXPECT_EQ(answers.back()["after"]["keyframes"]["n"], 2);
    EXPECT_EQ(answers.back()["after"]["interpolation"]["attributes"], answers.back()["attributes"]);
    EXPECT_EQ(std::ranges::count_if(answers, [](const auto& line) { return line.contains("all_after") && line["all_after"].size() == 2; }), 2);
    const auto measured = [](const std::vector<nlohmann::json>& events) {
        std::vector<std::string> names;
        for (const auto& line : events)
            if (line.value("event", "") == "clips")
                names.push_back(line["name"]);
        return names;
    };
    EXPECT_EQ(measured(answers), (std::vector<std::string>{"keyframes", "interpolation", "drawn"}));
    EXPECT_TRUE(std::filesystem::exists(path("two-keyframes.png")));
    EXPECT_TRUE(std::filesystem::exists(path("two.png")));

    ASSERT_TRUE(writeFileAtomically(path("way.json"), R"({"objects":[{"object":"ball","color":"red","motion":"free path","path":[[0.3,0.5],[1.2,0.5]]}],"background":{"kind":"hills"}})"));
    EXPECT_EQ(run({"toyland", "evaluate", path("p.jsonl"), "--motion", path("way.s1motion") + ":0.5", "--scene", path("way.json"), "--json"}), 0) << err.str();
    EXPECT_EQ(lines().back()["path"]["n"], 2);
    EXPECT_EQ(measured(lines()).back(), "interpolation, bicubic") << "what larger pictures change besides";
    ASSERT_TRUE(requestsOf<GenerateRequest>().back().motion);
    EXPECT_EQ(requestsOf<GenerateRequest>().back().motion->strength, 0.5);
    EXPECT_EQ(run({"toyland", "evaluate", path("p.jsonl"), "--scene", path("none.json")}), 66);
    ASSERT_TRUE(writeFileAtomically(path("s.json"), kScene));
    EXPECT_EQ(run({"toyland", "evaluate", path("p.jsonl"), "--scene", path("s.json")}), 2) << err.str();

    ASSERT_TRUE(writeFileAtomically(path("p.jsonl"), "{\"prompt\":\"x\",\"expect\":{\"object\":\"tiger\"}}\n"));
    EXPECT_EQ(run({"toyland", "evaluate", path("p.jsonl")}), 65);
    EXPECT_NE(err.str().find("line 1"), std::string::npos);
}

} // namespace
} // namespace s1::cli
