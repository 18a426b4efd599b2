#include "support/free_port.h"
#include "support/program.h"
#include "support/temporary_folder.h"
#include "weights/tensor_file.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

namespace s1 {
namespace {

namespace fs = std::filesystem;

// Training as a launcher starts it: the program itself, as often as there are processes.
class Processes : public testing::Test {
protected:
    pid_t train(const std::string& output, int threads, std::vector<std::string> environment) const {
        environment.push_back("OMP_WAIT_POLICY=passive");
        return test::startProgram({S1_CLI, "toyland", "train", "images", "--steps", "2", "--init", S1_SOURCE_DIR "/resources/models/toyland", "--threads", std::to_string(threads), "-o", m_folder / output},
                                  std::move(environment));
    }
    weights::TensorMap trained(const std::string& output) const {
        auto file = weights::readSafetensors(m_folder / output / "images/unet/diffusion_pytorch_model.safetensors");
        return file ? std::move(*file) : weights::TensorMap{};
    }

    test::TemporaryFolder m_folder;
};

TEST_F(Processes, TwoOfOneThreadLearnWhatOneOfTwoThreadsDoes) {
    const auto port = test::freePort();
    const std::vector<std::vector<std::string>> launchers = {
        {"WORLD_SIZE=2", "RANK={}", "MASTER_ADDR=127.0.0.1", fmt::format("MASTER_PORT={}", port)},
        {"SLURM_NTASKS=2", "SLURM_PROCID={}", "SLURM_STEP_NODELIST=127.0.0.1", fmt::format("MASTER_PORT={}", port)}};
    ASSERT_EQ(test::endOf(train("one", 2, {})), 0);
    const auto wanted = trained("one");
    ASSERT_FALSE(wanted.empty());
    for (std::size_t launcher = 0; launcher < launchers.size(); ++launcher) {
        const auto output = fmt::format("two{}", launcher);
        std::vector<pid_t> started;
        for (int rank = 0; rank < 2; ++rank) {
            auto environment = launchers[launcher];
            environment[1] = fmt::format(fmt::runtime(environment[1]), rank);
            started.push_back(train(rank == 0 ? output : output + "-silent", 1, environment));
        }
        for (const pid_t process : started)
            EXPECT_EQ(test::endOf(process), 0);
        const auto got = trained(output);
        ASSERT_EQ(got.size(), wanted.size());
        for (const auto& [name, tensor] : wanted)
            EXPECT_TRUE(at::equal(got.at(name), tensor)) << name;
        EXPECT_FALSE(fs::exists(m_folder / (output + "-silent"))) << "only the first one writes";
    }
}

} // namespace
} // namespace s1
