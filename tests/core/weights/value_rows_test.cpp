#include "weights/load.h"

#include "base/files.h"
#include "support/peak_memory.h"
#include "support/safetensors_bytes.h"
#include "support/temporary_folder.h"
#include "weights/value_scan.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <algorithm>

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
        const at::Tensor value = at::randn({4, 4}, at::kDouble).to(type);
        Wide module(4);
        ASSERT_TRUE(load(module, whole(value)));
        EXPECT_TRUE(at::equal(module.parameters()[3], value.to(at::kFloat))) << type;
    }
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
    EXPECT_TRUE(load(module, whole(at::zeros({4, 4})))) << "a layer may start at zero";
    EXPECT_TRUE(load(module, whole(at::full({4, 4}, 1e-42f)))) << "subnormal";
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
    const std::uint64_t elements = std::uint64_t(1) << 42; // 8 TiB as f16, sparse on disk
    const std::string header =
        fmt::format(R"({{"layer0":{{"dtype":"F16","shape":[{}],"data_offsets":[0,{}]}}}})", elements, 2 * elements);
    ASSERT_TRUE(writeFileAtomically(m_path, test::safetensorsBytes(header, 0)));
    std::error_code ec;
    std::filesystem::resize_file(m_path, 8 + header.size() + 2 * elements, ec);
    if (ec)
        GTEST_SKIP() << "no file of 8 TiB here: " << ec.message();
    ASSERT_TRUE(writeFileAtomically(m_folder / "config.json", R"({"width": 4})"));
    const auto network = loadNetwork<Wide, WideConfig>(m_folder.path());
    ASSERT_FALSE(network);
    EXPECT_EQ(network.error().code, ErrorCode::OutOfMemory);
    EXPECT_NE(network.error().message.find("needs 8192.0 GiB of memory, this machine has"), std::string::npos)
        << network.error().message;
}

} // namespace
} // namespace s1::weights
