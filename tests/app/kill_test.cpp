#include "support/program.h"
#include "support/temporary_folder.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <random>
#include <sstream>
#include <thread>
#include <vector>

namespace s1 {
namespace {

namespace fs = std::filesystem;

std::string bytesOf(const fs::path& file) {
    std::stringstream bytes;
    bytes << std::ifstream(file, std::ios::binary).rdbuf();
    return bytes.str();
}

// The program itself, killed where it stands.
class Killed : public testing::Test {
protected:
    void SetUp() override {
        const auto stage = [](int width, int height, int frames, int steps) {
            return fmt::format(R"({{"width": {}, "height": {}, "frames": {}, "steps": {}}})", width, height, frames, steps);
        };
        std::ofstream(m_folder / "plan.json") << fmt::format(
            R"({{"schema": "show1.plan/1", "stages": {{"keyframes": {}, "interpolation": {}, "superres": {}, "translation": {}}}}})",
            stage(40, 24, 3, 12), stage(40, 24, 9, 8), stage(80, 48, 9, 6), stage(96, 64, 9, 8));
    }

    pid_t start(const std::string& cache, const std::string& dump) const {
        const std::vector<std::string> words = {S1_CLI, "generate", "a red ball bounces over a blue background", "--seed", "5", "--plan", m_folder / "plan.json",
                                                "--dump", m_folder / dump, "-o", m_folder / (dump + ".mp4"), "--no-progress", "--checkpoint", "0"};
        return test::startProgram(words, {"XDG_CACHE_HOME=" + (m_folder / cache).string(), "OMP_WAIT_POLICY=passive"});
    }

    test::TemporaryFolder m_folder;
};

// S1_KILLS: how often; more than the suite has time for is run by hand.
TEST_F(Killed, AtAnyMomentItGoesOnToTheSameBits) {
    const auto began = std::chrono::steady_clock::now();
    ASSERT_EQ(test::endOf(start("whole", "whole.safetensors")), 0);
    const double whole = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    const std::string wanted = bytesOf(m_folder / "whole.safetensors");
    ASSERT_FALSE(wanted.empty());

    const char* often = std::getenv("S1_KILLS");
    const int kills = often ? std::atoi(often) : 3;
    std::mt19937 random(7);
    int inTheMiddle = 0;
    for (int i = 0; i < kills; ++i) {
        const double moment = std::uniform_real_distribution(0.1, 1.0)(random) * whole;
        const std::string name = fmt::format("killed{}", i), dump = name + ".safetensors";
        const pid_t child = start(name, dump);
        std::this_thread::sleep_for(std::chrono::duration<double>(moment));
        kill(child, SIGKILL);
        inTheMiddle += WIFSIGNALED(test::endOf(child));
        for (const auto& entry : fs::directory_iterator(m_folder.path())) {
            if (entry.path().filename().string().starts_with(name) && entry.is_regular_file()) {
                EXPECT_EQ(bytesOf(m_folder / dump), wanted) << entry.path() << " has its final name and is not whole, after " << moment << " s";
            }
        }
        ASSERT_EQ(test::endOf(start(name, dump)), 0);
        EXPECT_EQ(bytesOf(m_folder / dump), wanted) << "killed after " << moment << " of " << whole << " s";
    }
    EXPECT_GT(inTheMiddle, 0);
}

} // namespace
} // namespace s1
