#include "weights/load.h"

#include "base/files.h"
#include "base/notice.h"
#include "support/peak_memory.h"
#include "support/safetensors_bytes.h"
#include "support/temporary_folder.h"
#include "weights/value_scan.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <algorithm>
#include <chrono>

#include <unistd.h>

// Rows M15 to M19, M24 and M47 of reliability.md 3.1: weights that do not fit the network, or are none.
namespace s1::weights {
namespace {

struct Wide : torch::nn::Module {
    explicit Wide(std::int64_t width) {
        for (int i = 0; i < 8; ++i)
            register_parameter(fmt::format("layer{}", i), at::empty({width, width}));
    }
};
struct WideConfig {
    std::int64_t width = 0;
    operator std::int64_t() const { return width; }
    static Result<WideConfig> fromJson(const nlohmann::json& json, const std::string&) {
        return WideConfig{json.at("width").get<std::int64_t>()};
    }
};

class ValueRows : public testing::Test {
protected:
    Result<void> load(torch::nn::Module& module, const TensorMap& tensors) {
        EXPECT_TRUE(writeSafetensors(m_path, tensors));
        S1_TRY(const auto file, openTensorFile(m_path));
        return loadInto(module, *file);
    }
    void expectRefused(const TensorMap& tensors, const std::vector<std::string>& words) {
        Wide module(4);
        const auto loaded = load(module, tensors);
        ASSERT_FALSE(loaded);
        EXPECT_EQ(loaded.error().code, ErrorCode::Corrupt);
        for (const auto& word : words)
            EXPECT_NE(loaded.error().message.find(word), std::string::npos) << word << " in " << loaded.error().message;
        EXPECT_NE(loaded.error().message.find(m_path.string()), std::string::npos) << loaded.error().message;
    }
    static TensorMap whole(const at::Tensor& value = at::full({4, 4}, 0.5)) {
        TensorMap tensors;
        for (int i = 0; i < 8; ++i)
            tensors[fmt::format("layer{}", i)] = value.clone();
        return tensors;
    }

    test::TemporaryFolder m_folder;
    std::filesystem::path m_path = m_folder / "model.safetensors";
    std::vector<std::string> m_heard;
    NoticeScope m_notices{[this](const std::string& sentence) { m_heard.push_back(sentence); }};
};

TEST_F(ValueRows, M15_FirstFiveOfEachSideWithCounts) {
    TensorMap foreign{{"layer7", at::ones({4, 4})}};
    for (int i = 0; i < 9; ++i)
        foreign[fmt::format("other{}", i)] = at::ones({1});
    expectRefused(foreign,
                  {"7 of the network's 8 tensors are missing", "layer0, layer1, layer2, layer3, layer4 and 2 more",
                   "9 there belong to another", "other0, other1, other2, other3, other4 and 4 more"});
}

TEST_F(ValueRows, M16_WrongShapeIsFoundBeforeAnythingIsRead) {
    TensorMap tensors = whole();
    tensors["layer5"] = at::ones({4, 3});
    expectRefused(tensors, {"layer5", "[4,3]", "[4,4]"});
    Wide module(4);
    for (auto& parameter : module.parameters())
        parameter.detach().fill_(7);
    EXPECT_FALSE(load(module, tensors));
    for (const auto& parameter : module.parameters())
        EXPECT_TRUE(at::equal(parameter, at::full({4, 4}, 7.0f)));
}

TEST_F(ValueRows, M17_OtherTypesAreTheDirectCast) {
    for (const auto type : {at::kHalf, at::kBFloat16, at::kFloat, at::kDouble}) {
        SCOPED_TRACE(type);
        const at::Tensor value = at::randn({4, 4}, at::kDouble).to(type);
        Wide module(4);
        m_heard.clear();
        ASSERT_TRUE(load(module, whole(value)));
        EXPECT_TRUE(at::equal(module.parameters()[3], value.to(at::kFloat)));
        const bool published = type == at::kHalf || type == at::kFloat;
        ASSERT_EQ(m_heard.size(), published ? 0u : 1u);
        const std::string words = fmt::format("holds other number types than published files do (8 {} of 8", c10::toString(type));
        EXPECT_TRUE(published || m_heard[0].find(words) != std::string::npos) << m_heard[0];
    }
    m_heard.clear();
    m_path = m_folder / "model.fp16.safetensors";
    Wide module(4);
    EXPECT_TRUE(load(module, whole()));
    ASSERT_EQ(m_heard.size(), 1u) << "f32 where the name says f16";
    EXPECT_NE(m_heard[0].find("8 Float of 8"), std::string::npos) << m_heard[0];
}

TEST_F(ValueRows, M18_NotANumberAndInfinityNameTensorAndCount) {
    for (const double value : {double(NAN), double(INFINITY), -double(INFINITY), 1e300 /* infinite as f32 */}) {
        TensorMap tensors = whole(at::full({4, 4}, 0.5, at::kDouble));
        tensors["layer3"][1][2] = value;
        expectRefused(tensors, {"layer3", "holds 1 values"});
    }
    TensorMap all = whole();
    all["layer0"] = at::full({4, 4}, NAN).to(at::kHalf);
    expectRefused(all, {"layer0", "holds 16 values"});
    Wide module(4);
    EXPECT_TRUE(load(module, whole(at::full({4, 4}, 1e-42f)))) << "subnormal";
    EXPECT_TRUE(m_heard.empty());
}

TEST_F(ValueRows, M18_ZerosAreNoticed) {
    Wide module(4);
    TensorMap tensors = whole();
    tensors["layer6"] = at::zeros({4, 4});
    tensors["layer6"][3][3] = 1e-42f;
    EXPECT_TRUE(load(module, tensors));
    EXPECT_TRUE(m_heard.empty());
    tensors["layer2"] = at::zeros({4, 4});
    tensors["layer6"] = -at::zeros({4, 4});
    EXPECT_TRUE(load(module, tensors)) << "a layer may start at zero";
    ASSERT_EQ(m_heard.size(), 1u);
    EXPECT_NE(m_heard[0].find("2 of the 8 tensors in"), std::string::npos) << m_heard[0];
    EXPECT_NE(m_heard[0].find("(layer2, layer6)"), std::string::npos) << m_heard[0];
}

// M18's figure is 2 GB/s for one core; the machine that runs this may be shared or slow.
TEST_F(ValueRows, M18_ScanIsFast) {
    const at::Tensor values = at::ones({16 << 20});
    double best = 0;
    for (int i = 0; i < 5; ++i) {
        const auto start = std::chrono::steady_clock::now();
        EXPECT_EQ(scanValues(values).huge, 0);
        best = std::max(best, static_cast<double>(values.nbytes()) /
                                  std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    RecordProperty("GB_per_s", fmt::format("{:.1f}", best / 1e9));
    EXPECT_GT(best, 2e8);
}

TEST_F(ValueRows, M18_ScanCountsExactly) {
    const at::Tensor values = at::randn({70'001});
    values[0] = NAN;
    values[65'536] = -INFINITY;
    values[70'000] = -10'001;
    values[3] = 10'000;
    const ValueScan scan = scanValues(values);
    EXPECT_EQ(scan.values, 70'001);
    EXPECT_EQ(scan.notFinite, 2);
    EXPECT_EQ(scan.huge, 1);
    values[9] = 0;
    values[65'540] = -0.0;
    EXPECT_EQ(scanValues(values).zero, 2);
    EXPECT_EQ(scanValues(at::ones({5}, at::kLong)).notFinite, 0);
    EXPECT_EQ(scanValues(values.to(at::kBFloat16)).notFinite, 2);
}

TEST_F(ValueRows, M19_SwappedBytesAreRefused) {
    // A swapped 0.5 is 8.9e-44 and harmless; a file of many values has others.
    at::Tensor swapped = at::linspace(-1, 1, 4096);
    auto* bytes = static_cast<unsigned char*>(swapped.data_ptr());
    for (std::int64_t i = 0; i < swapped.numel(); ++i)
        std::reverse(bytes + 4 * i, bytes + 4 * i + 4);
    const ValueScan scan = scanValues(swapped);
    EXPECT_GT(scan.huge + scan.notFinite, scan.values / 100);
    TensorMap tensors = whole();
    tensors["layer2"] = at::full({4, 4}, 2e4);
    expectRefused(tensors, {"16 of the 128 values", "swapped"});
    tensors["layer2"] = at::full({4, 4}, 0.5);
    tensors["layer2"][0][0] = 2e4; // one alone may be
    Wide module(4);
    EXPECT_TRUE(load(module, tensors));
}

TEST_F(ValueRows, M24_ConfigOfABiggerModelTakesNoMemory) {
    ASSERT_TRUE(writeSafetensors(m_path, whole()));
    for (const auto& [width, code] : {std::pair{4096, ErrorCode::Corrupt}, {1'000'000'000, ErrorCode::OutOfMemory}}) {
        ASSERT_TRUE(writeFileAtomically(m_folder / "config.json", fmt::format(R"({{"width": {}}})", width)));
        const test::PeakMemory memory;
        const auto network = loadNetwork<Wide, WideConfig>(m_folder.path());
        ASSERT_FALSE(network);
        EXPECT_EQ(network.error().code, code) << network.error().message;
        EXPECT_LT(memory.growth(), 4 << 20); // half a gigabyte when touched
    }
    ASSERT_TRUE(writeFileAtomically(m_folder / "config.json", R"({"width": 4})"));
    EXPECT_TRUE((loadNetwork<Wide, WideConfig>(m_folder.path())));
}

TEST_F(ValueRows, M47_MoreThanTheMachineHasIsRefusedBeforeReading) {
    const auto machine = static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<std::uint64_t>(sysconf(_SC_PAGE_SIZE));
    const std::uint64_t elements = machine; // twice the memory even as f16, sparse on disk
    const std::string header =
        fmt::format(R"({{"layer0":{{"dtype":"F16","shape":[{}],"data_offsets":[0,{}]}}}})", elements, 2 * elements);
    ASSERT_TRUE(writeFileAtomically(m_path, test::safetensorsBytes(header, 0)));
    std::filesystem::resize_file(m_path, 8 + header.size() + 2 * elements);
    const test::PeakMemory memory;
    const auto start = std::chrono::steady_clock::now();
    ASSERT_TRUE(writeFileAtomically(m_folder / "config.json", R"({"width": 4})"));
    const auto network = loadNetwork<Wide, WideConfig>(m_folder.path());
    ASSERT_FALSE(network);
    EXPECT_EQ(network.error().code, ErrorCode::OutOfMemory);
    const double gib = 1u << 30;
    EXPECT_NE(network.error().message.find(fmt::format("needs {:.1f} GiB of memory, this machine has {:.1f}",
                                                       2 * static_cast<double>(elements) / gib, static_cast<double>(machine) / gib)),
              std::string::npos)
        << network.error().message;
    EXPECT_LT(memory.growth(), 4 << 20);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(2000)); // 200 ms on a machine at rest
}

} // namespace
} // namespace s1::weights
