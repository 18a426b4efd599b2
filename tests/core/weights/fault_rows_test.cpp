#include "weights/load.h"

#include "base/files.h"
#include "support/pickle_program.h"
#include "support/stored_zip.h"
#include "support/temporary_folder.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <atomic>
#include <cerrno>
#include <thread>

#include <sys/syscall.h>
#include <unistd.h>

namespace {
std::atomic<int> g_readsUntilFailure = -1; // below zero: none fails
}

// Stands before libc's in this program.
extern "C" ssize_t pread(int descriptor, void* out, size_t size, off_t offset) {
    if (g_readsUntilFailure >= 0 && g_readsUntilFailure-- == 0) {
        errno = EIO;
        return -1;
    }
    return syscall(SYS_pread64, descriptor, out, size, offset);
}

// Rows M44 to M46 of reliability.md 3.1: disks that fail, files that change, and many readers at once.
namespace s1::weights {
namespace {

namespace fs = std::filesystem;

struct Pair : torch::nn::Module {
    Pair() {
        register_parameter("a", at::zeros({3, 4}));
        register_parameter("b", at::zeros({5}));
    }
};
struct PairConfig {
    static Result<PairConfig> fromJson(const nlohmann::json& json, const std::string& file) {
        if (!json.is_object())
            return Error{ErrorCode::Unsupported, file, file};
        return PairConfig{};
    }
};
struct PairNetwork : Pair {
    explicit PairNetwork(PairConfig) {}
};

class FaultRows : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(writeFileAtomically(m_folder / "config.json", R"({"_class_name": "Pair"})"));
        ASSERT_TRUE(writeSafetensors(m_folder / "model-1-of-2.safetensors", {{"a", values()}}));
        ASSERT_TRUE(writeSafetensors(m_folder / "model-2-of-2.safetensors", {{"b", at::ones({5})}}));
        ASSERT_TRUE(writeFileAtomically(
            m_folder / "model.safetensors.index.json",
            R"({"weight_map": {"a": "model-1-of-2.safetensors", "b": "model-2-of-2.safetensors"}})"));
    }
    void TearDown() override { g_readsUntilFailure = -1; }
    static at::Tensor values() { return at::arange(12, at::kFloat).view({3, 4}); }
    Result<std::shared_ptr<PairNetwork>> load() { return loadNetwork<PairNetwork, PairConfig>(m_folder.path()); }

    test::TemporaryFolder m_folder;
};

TEST_F(FaultRows, M45_EveryReadMayFail) {
    ASSERT_TRUE(load());
    int failures = 0;
    for (int k = 0;; ++k) {
        g_readsUntilFailure = k;
        const auto network = load();
        if (g_readsUntilFailure >= 0)
            break; // there are fewer reads
        ++failures;
        ASSERT_FALSE(network) << k;
        EXPECT_EQ(network.error().code, ErrorCode::Io) << network.error().message;
        EXPECT_NE(network.error().message.find(m_folder.path().string()), std::string::npos) << network.error().message;
        EXPECT_NE(network.error().message.find("Input/output error"), std::string::npos) << network.error().message;
    }
    EXPECT_GT(failures, 8);
}

TEST_F(FaultRows, M45_EveryReadOfAnArchiveMayFail) {
    const std::string program = test::pickle::stateDict({{"a", {}}});
    ASSERT_TRUE(writeFileAtomically(m_folder / "m.bin",
                                    test::storedZip({{"m/data.pkl", program}, {"m/data/0", test::pickle::floats(6)}})));
    const auto read = [&]() -> Result<TensorMap> {
        S1_TRY(const auto file, openTensorFile(m_folder / "m.bin"));
        return readAll(*file);
    };
    ASSERT_TRUE(read());
    for (int k = 0;; ++k) {
        g_readsUntilFailure = k;
        const auto tensors = read();
        if (g_readsUntilFailure >= 0)
            break;
        ASSERT_FALSE(tensors) << k;
        EXPECT_EQ(tensors.error().code, ErrorCode::Io) << tensors.error().message;
    }
}

TEST_F(FaultRows, M44_ReplacedFilesAreNotMixed) {
    const auto file = openComponentWeights(m_folder.path());
    ASSERT_TRUE(file);
    ASSERT_TRUE((*file)->read("a"));
    ASSERT_TRUE(
        writeSafetensors(m_folder / "model-2-of-2.safetensors", {{"b", at::zeros({5})}})); // same name, same shape
    const auto after = (*file)->read("b");
    ASSERT_FALSE(after);
    EXPECT_NE(after.error().message.find("changed while it was read"), std::string::npos) << after.error().message;
    PairNetwork module({});
    EXPECT_FALSE(loadInto(module, **file));
}

TEST_F(FaultRows, M44_FileCutOrRewrittenInPlace) {
    const fs::path shard = m_folder / "model-1-of-2.safetensors";
    const auto file = openComponentWeights(m_folder.path());
    ASSERT_TRUE(file);
    fs::resize_file(shard, fs::file_size(shard) - 4); // a mapping would die of SIGBUS
    const auto cut = (*file)->read("a");
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().code, ErrorCode::Corrupt);
    EXPECT_NE(cut.error().message.find(shard.string()), std::string::npos);
}

TEST_F(FaultRows, M46_SixteenLoadsAtOnce) {
    const auto shared = openComponentWeights(m_folder.path());
    ASSERT_TRUE(shared);
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back([&] {
            const auto network = load();
            const auto tensor = (*shared)->read("a");
            if (network && tensor && at::equal(*tensor, values()) &&
                at::equal((*network)->named_parameters()["a"], values()))
                ++right;
        });
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(right, 16);
}

} // namespace
} // namespace s1::weights
