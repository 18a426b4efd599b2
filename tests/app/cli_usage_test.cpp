#include "cli_test.h"

namespace s1::cli {
namespace {

TEST_F(CliTest, HelpAndVersionAreResults) {
    EXPECT_EQ(run({"--help"}), 0);
    EXPECT_NE(out.str().find("generate"), std::string::npos);
    EXPECT_EQ(run({"generate", "--help"}), 0);
    EXPECT_NE(out.str().find("--save-job"), std::string::npos);
    EXPECT_EQ(err.str(), "");
    EXPECT_EQ(run({"--version"}), 0);
    EXPECT_EQ(out.str(), std::string("show1-cli ") + S1_VERSION + "\n");
}

TEST_F(CliTest, MistakesInTheCommandLineExitWith2) {
    const std::vector<std::vector<std::string>> wrong = {
        {},
        {"nosuchverb"},
        {"generate"},
        {"generate", "x", "--nosuchoption"},
        {"generate", "x", "--preset", "quick"},
        {"generate", "x", "--stop-after", "superresolution"},
        {"generate", "x", "--input", "clip.mp4"},
        {"generate", "x", "--count", "0"},
        {"generate", "x", "y"},
        {"generate", "x", "--threads", "-1"},
        {"generate", "x", "--motion", "m.s1motion:2"},
        {"motion"},
        {"motion", "learn", "clip.mp4"},
        {"models"},
        {"run"},
        {"export"},
        {"export", "--format", "nosuch", "a.mp4"},
    };
    for (const auto& args : wrong) {
        EXPECT_EQ(run(args), 2) << testing::PrintToString(args);
        expectOneErrorLine();
        EXPECT_EQ(out.str(), "");
    }
    EXPECT_EQ(run({"generate", "--json"}), 2);
    EXPECT_EQ(lines().back()["code"], "invalid-argument");
}

TEST_F(CliTest, BytesThatAreNoTextAreRefusedWithTheirPlace) {
    EXPECT_EQ(run({"generate", "ab\xff"}), 65);
    EXPECT_NE(err.str().find("byte 2"), std::string::npos);
}

TEST_F(CliTest, PartsThatAreNotThereSaySo) {
    std::ostringstream discard;
    EXPECT_EQ(runCli({"forecast"}, {discard, discard}, {}), 69);
    engineError = Error{ErrorCode::OutOfMemory, "no memory; close something", ""};
    EXPECT_EQ(run({"generate", "x"}), 71);
}

TEST_F(CliTest, CommonOptionsStandBeforeOrAfterTheVerb) {
    EXPECT_EQ(run({"--json", "forecast"}), 0);
    EXPECT_EQ(lines().front()["event"], "forecast");
    EXPECT_EQ(run({"forecast", "--json", "--threads", "2"}), 0);
    EXPECT_EQ(lines().front()["event"], "forecast");
    EXPECT_EQ(engineOptions.threads, 2);
    EXPECT_EQ(run({"forecast", "--dtype", "bf16", "--max-ram", "6", "--checkpoint", "0.5"}), 0);
    EXPECT_EQ(engineOptions.dtype, "bf16");
    EXPECT_EQ(engineOptions.maxRamGiB, 6);
    EXPECT_EQ(engineOptions.checkpointSeconds, 0.5);
    EXPECT_EQ(run({"forecast", "--dtype", "f64"}), 2);
}

} // namespace
} // namespace s1::cli
