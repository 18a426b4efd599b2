#include "cli_test.h"

#include <thread>

namespace s1::cli {
namespace {

TEST_F(CliTest, GenerateRunsExportsAndPrintsThePath) {
    EXPECT_EQ(generate({"--seed", "7", "-n", "blur"}), 0) << err.str();
    EXPECT_EQ(out.str(), path("clip.mp4") + "\n");
    EXPECT_EQ(err.str(), "");
    const auto runs = requestsOf<GenerateRequest>();
    ASSERT_EQ(runs.size(), 1u);
    EXPECT_EQ(runs[0].prompt, "a red ball");
    EXPECT_EQ(runs[0].negative, "blur");
    EXPECT_EQ(runs[0].seed, 7u);
    EXPECT_EQ(runs[0].plan[StageId::Superres].width, 32);
    const auto exports = requestsOf<ExportRequest>();
    ASSERT_EQ(exports.size(), 1u);
    EXPECT_EQ(exports[0].format, "mp4-h264");
    EXPECT_EQ(exports[0].path, path("clip.mp4"));
    EXPECT_NE(exports[0].recipe.find("a red ball"), std::string::npos);
}

TEST_F(CliTest, JsonLinesTellTheWholeRun) {
    EXPECT_EQ(generate({"--json", "--seed", "7"}), 0);
    const auto names = events();
    EXPECT_EQ(names.front(), "started");
    EXPECT_EQ(names.back(), "done");
    EXPECT_EQ(std::count(names.begin(), names.end(), "stage"), 4);
    EXPECT_EQ(std::count(names.begin(), names.end(), "step"), 12);
    EXPECT_EQ(std::count(names.begin(), names.end(), "stage_done"), 4);
    EXPECT_EQ(lines().back()["path"], path("clip.mp4"));
    EXPECT_EQ(lines().back()["seed"], 7);
}

TEST_F(CliTest, TheBarIsForTerminalsOnly) {
    terminal = true;
    EXPECT_EQ(generate({}), 0);
    EXPECT_NE(err.str().find("keyframes"), std::string::npos);
    EXPECT_EQ(generate({"--no-progress"}), 0);
    EXPECT_EQ(err.str(), "");
}

TEST_F(CliTest, CountTakesConsecutiveSeeds) {
    EXPECT_EQ(generate({"--count", "3", "--seed", "10"}), 0) << err.str();
    EXPECT_EQ(out.str(), path("clip-10.mp4") + "\n" + path("clip-11.mp4") + "\n" + path("clip-12.mp4") + "\n");
    EXPECT_EQ(requestsOf<GenerateRequest>().back().seed, 12u);
}

TEST_F(CliTest, SeedsAreExactAndAnySeedIsNamed) {
    EXPECT_EQ(generate({"--seed", "18446744073709551615"}), 0);
    EXPECT_EQ(requestsOf<GenerateRequest>().back().seed, 18446744073709551615u);
    EXPECT_EQ(generate({"--seed", "-1"}), 0) << err.str();
    for (const char* wrong : {"abc", "1.5", "18446744073709551616", "-2"}) {
        EXPECT_EQ(generate({"--seed", wrong}), 2) << wrong;
        expectOneErrorLine();
    }
}

TEST_F(CliTest, StagesMotionAndFilesReachTheEngine) {
    ASSERT_TRUE(writeFileAtomically(path("in.mp4"), "x"));
    ASSERT_TRUE(writeFileAtomically(path("m.s1motion"), "x"));
    EXPECT_EQ(generate({"--from", "superres", "--input", path("in.mp4"), "--stop-after", "translation", "--motion",
                        path("m.s1motion") + ":0.5", "--dump", path("d.safetensors"), "--save-stages", path("stages"),
                        "--threads", "3", "--device", "cpu"}),
              0)
        << err.str();
    const GenerateRequest request = requestsOf<GenerateRequest>().front();
    EXPECT_EQ(request.startFrom, StageId::Superres);
    EXPECT_EQ(request.input, path("in.mp4"));
    EXPECT_EQ(request.stopAfter, StageId::Translation);
    ASSERT_TRUE(request.motion);
    EXPECT_EQ(request.motion->file, path("m.s1motion"));
    EXPECT_DOUBLE_EQ(request.motion->strength, 0.5);
    EXPECT_EQ(request.dumpFile, path("d.safetensors"));
    EXPECT_TRUE(std::filesystem::is_directory(path("stages")));
    EXPECT_EQ(engineOptions.threads, 3);
    EXPECT_EQ(engineOptions.device, "cpu");
}

TEST_F(CliTest, PreviewsAreExportedWhileTheRunGoesOn) {
    script.previewEvery = 2;
    EXPECT_EQ(generate({"--preview-dir", path("previews"), "--json"}), 0) << err.str();
    const auto names = events();
    EXPECT_EQ(std::count(names.begin(), names.end(), "preview"), 4);
    EXPECT_EQ(names.back(), "done");
}

TEST_F(CliTest, LongAndEmptyPromptsRun) {
    EXPECT_EQ(run({"generate", "", "--plan", path("plan.json"), "-o", path("a.mp4")}), 0) << err.str();
    const std::string prompt(5000, 'b');
    EXPECT_EQ(run({"generate", prompt, "--plan", path("plan.json"), "-o", path("a.mp4")}), 0) << err.str();
    EXPECT_EQ(requestsOf<GenerateRequest>().back().prompt, prompt);
}

TEST_F(CliTest, WhatIsMissingIsSaidBeforeAnythingRuns) {
    EXPECT_EQ(generate({"--from", "superres", "--input", path("no.mp4")}), 66);
    expectOneErrorLine();
    EXPECT_EQ(generate({"--motion", path("no.s1motion")}), 66);
    EXPECT_EQ(run({"generate", "x", "--plan", path("no.json")}), 66);
    EXPECT_EQ(run({"generate", "x", "-m", "nosuchmodel"}), 66);
    EXPECT_TRUE(requests.empty());
}

TEST_F(CliTest, WhatCannotBeCreatedIsSaidBeforeAnythingRuns) {
    EXPECT_EQ(run({"generate", "x", "-o", path("no/folder/clip.mp4")}), 73);
    expectOneErrorLine();
    EXPECT_EQ(run({"generate", "x", "-o", path("clip.xyz")}), 2);
    EXPECT_EQ(run({"generate", "x", "-o", path("clip.webm")}), 69);
    EXPECT_TRUE(requests.empty());
}

TEST_F(CliTest, PlanFilesNameTheFieldThatIsWrong) {
    ASSERT_TRUE(writeFileAtomically(path("bad.json"), R"({"stages":{"keyframes":{"stepz":3}}})"));
    EXPECT_EQ(run({"generate", "x", "--plan", path("bad.json")}), 65);
    EXPECT_NE(err.str().find("keyframes.stepz"), std::string::npos) << err.str();
    expectOneErrorLine();
    ASSERT_TRUE(writeFileAtomically(path("bad.json"), "{nonsense"));
    EXPECT_EQ(run({"generate", "x", "--plan", path("bad.json"), "--json"}), 65);
    EXPECT_EQ(lines().back()["event"], "error");
    EXPECT_EQ(lines().back()["code"], "corrupt");
}

TEST_F(CliTest, FailuresOfTheEngineBecomeExitCodes) {
    const std::pair<ErrorCode, int> cases[] = {
        {ErrorCode::Corrupt, 65},     {ErrorCode::Unsupported, 69}, {ErrorCode::Device, 69}, {ErrorCode::Internal, 70},
        {ErrorCode::OutOfMemory, 71}, {ErrorCode::Io, 74},          {ErrorCode::Busy, 75}};
    script.failIn = StageId::Interpolation;
    for (const auto& [code, exit] : cases) {
        script.error = {code, "it broke\nbadly; try again", "subject"};
        EXPECT_EQ(generate({"--json"}), exit);
        expectOneErrorLine();
        EXPECT_EQ(lines().back()["subject"], "subject");
    }
    script.failIn.reset();
    script.exportError = Error{ErrorCode::CannotCreate, "cannot create it; choose another name", ""};
    EXPECT_EQ(generate({}), 73);
}

TEST_F(CliTest, ASignalCancelsTheRun) {
    script.holdIn = StageId::Interpolation;
    std::stop_source stop;
    std::jthread signaller([&] {
        while (!engine.load() || !engine.load()->isHolding())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        stop.request_stop();
    });
    EXPECT_EQ(generate({"--json"}, stop.get_token()), 130);
    expectOneErrorLine();
    EXPECT_EQ(lines().back()["code"], "cancelled");
    EXPECT_TRUE(requestsOf<ExportRequest>().empty());
}

TEST_F(CliTest, SavedJobsListEveryFieldAndRunAgain) {
    EXPECT_EQ(run({"generate", "a star", "--seed", "5", "--plan", path("plan.json"), "--save-job", path("j.json")}), 0)
        << err.str();
    EXPECT_TRUE(requests.empty()) << "without -o it is only saved";
    const auto job = nlohmann::json::parse(*readFile(path("j.json")));
    EXPECT_EQ(job["schema"], "show1.job/1");
    for (const char* field : {"prompt", "negative", "seed", "model", "plan", "motion", "output", "stop_after"})
        EXPECT_TRUE(job.contains(field)) << field;
    for (const char* field :
         {"steps", "guidance", "seed", "noise_level", "strength", "width", "height", "frames", "scheduler", "shared_noise", "guidance_from"})
        EXPECT_TRUE(job["plan"]["stages"]["superres"].contains(field)) << field;

    EXPECT_EQ(run({"run", path("j.json"), "-o", path("again.mp4")}), 0) << err.str();
    EXPECT_EQ(requestsOf<GenerateRequest>().front().seed, 5u);
    EXPECT_EQ(requestsOf<GenerateRequest>().front().plan[StageId::Keyframes].steps, 3);
    EXPECT_EQ(out.str(), path("again.mp4") + "\n");
}

} // namespace
} // namespace s1::cli
