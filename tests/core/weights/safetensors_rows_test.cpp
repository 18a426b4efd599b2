#include "weights/tensor_file.h"

#include "base/files.h"
#include "support/peak_memory.h"
#include "support/safetensors_bytes.h"
#include "support/temporary_folder.h"

#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <chrono>
#include <cstring>
#include <random>

// Rows of reliability.md 3.1 about safetensors; safetensors_test.cpp has the ordinary cases.
namespace s1::weights {
namespace {

using test::safetensorsBytes;

std::string entry(const std::string& name, int begin, int end, const std::string& shape = {}) {
    return fmt::format(R"("{}":{{"dtype":"U8","shape":[{}],"data_offsets":[{},{}]}})", name,
                       shape.empty() ? std::to_string(end - begin) : shape, begin, end);
}
std::string header(const std::vector<std::string>& entries) {
    return fmt::format("{{{}}}", fmt::join(entries, ","));
}

class SafetensorsRows : public testing::Test {
protected:
    Result<TensorFilePtr> open(const std::string& bytes) {
        EXPECT_TRUE(writeFileAtomically(m_path, bytes));
        return openSafetensors(m_path);
    }
    void expectRefused(const std::string& header, std::size_t dataBytes, const std::string& words) {
        SCOPED_TRACE(header.substr(0, 200));
        const auto start = std::chrono::steady_clock::now();
        const auto file = open(safetensorsBytes(header, dataBytes));
        ASSERT_FALSE(file);
        EXPECT_EQ(file.error().code, ErrorCode::Corrupt);
        EXPECT_NE(file.error().message.find(m_path.string()), std::string::npos) << file.error().message;
        EXPECT_NE(file.error().message.find(words), std::string::npos) << file.error().message;
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
    }

    test::TemporaryFolder m_folder;
    std::filesystem::path m_path = m_folder / "model.safetensors";
};

TEST_F(SafetensorsRows, M1_TooShort) {
    for (const std::size_t n : {0, 7}) {
        const auto file = open(std::string(n, '\0'));
        ASSERT_FALSE(file);
        EXPECT_NE(file.error().message.find("too few"), std::string::npos) << file.error().message;
    }
}

TEST_F(SafetensorsRows, M2_M3_M4_HeaderLengthSizesNoAllocation) {
    for (const std::uint64_t length :
         {std::uint64_t(0), std::uint64_t(1), std::uint64_t(64), std::uint64_t(100'000'001), std::uint64_t(1) << 63,
          ~std::uint64_t(0), ~std::uint64_t(0) - 7}) {
        std::string bytes(8, '\0');
        std::memcpy(bytes.data(), &length, 8);
        ASSERT_TRUE(writeFileAtomically(m_path, bytes + "{}"));
        if (length == 100'000'001)
            std::filesystem::resize_file(m_path, 8 + length); // sparse
        (void)openSafetensors(m_path); // code read for the first time counts too
        const test::PeakMemory memory;
        EXPECT_FALSE(openSafetensors(m_path)) << length;
        EXPECT_LT(memory.growth(), 1 << 20) << length;
    }
}

TEST_F(SafetensorsRows, M5_MillionsOfTensorsAreRefusedAtTheLimit) {
    std::string many = "{";
    many.reserve(99'000'000);
    for (int i = 0; many.size() < 98'000'000; ++i)
        many += fmt::format("{}\"{}\":{{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}", i ? "," : "", i);
    many += "}";
    const std::string bytes = safetensorsBytes(many, 0);
    ASSERT_TRUE(writeFileAtomically(m_path, bytes));
    const test::PeakMemory memory;
    const auto start = std::chrono::steady_clock::now();
    const auto file = openSafetensors(m_path);
    ASSERT_FALSE(file);
    EXPECT_NE(file.error().message.find("more than 100000 tensors"), std::string::npos) << file.error().message;
    EXPECT_LT(memory.growth(), 300 << 20);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10)); // 2 s on a machine at rest
}

TEST_F(SafetensorsRows, M6_HeaderThatIsNoTensorList) {
    expectRefused("{\"\xff\": 1}", 0, "not valid JSON");
    expectRefused("{\"a\"", 0, "not valid JSON");
    expectRefused("[]", 0, "not an object");
    expectRefused(std::string(10000, '[') + std::string(10000, ']'), 0, "nests");
    expectRefused(R"({"a":{"dtype":"U8","shape":[[[1]]],"data_offsets":[0,1]}})", 1, "nests");
    expectRefused(header({entry("a", 0, 1)}) + "{}", 1, "not valid JSON");
    for (const std::string& padded : {"  " + header({entry("a", 0, 1)}), header({entry("a", 0, 1)}) + " \n\t",
                                      "\n" + header({entry("a", 0, 1)}) + "\n"})
        EXPECT_TRUE(open(safetensorsBytes(padded, 1)));
}

TEST_F(SafetensorsRows, M7_CutInTheData) {
    ASSERT_TRUE(
        writeSafetensors(m_folder / "whole.safetensors", {{"a", at::ones({500})}, {"b", at::ones({300}, at::kHalf)}}));
    const auto whole = readFile(m_folder / "whole.safetensors");
    ASSERT_TRUE(whole);
    std::mt19937 random(1);
    for (int i = 0; i < 100; ++i)
        EXPECT_FALSE(open(whole->substr(0, whole->size() - 1 - random() % 2600)));
}

TEST_F(SafetensorsRows, M8_OverlapHoleAndOrderNameTheTensor) {
    expectRefused(header({entry("a", 0, 4), entry("late", 2, 6)}), 6, "late");
    expectRefused(header({entry("a", 0, 4), entry("late", 5, 8)}), 8, "late");
    expectRefused(header({entry("first", 1, 4)}), 4, "first");
    expectRefused(header({entry("a", 0, 4)}), 9, "the data at 9");
    expectRefused(R"({"turned":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}})", 4, "turned");
}

TEST_F(SafetensorsRows, M9_M10_ImpossibleNumbersNameTheTensor) {
    for (const char* shape : {"2147483648,2147483648,4", "4294967296,4294967296", "-1", "1.5", "\"1\"", "1e30", "null",
                              "true", "[1]", "1,1,1,1,1,1,1,1,4"})
        expectRefused(header({entry("weight.one", 0, 4, shape)}), 4, "weight.one");
}

TEST_F(SafetensorsRows, M11_DuplicateKeysAreRefused) {
    expectRefused(header({entry("a", 0, 4), entry("a", 0, 4)}), 4, "tensor a comes twice");
    expectRefused(header({entry("a", 0, 4), entry("b", 4, 8), entry("a", 0, 4)}), 8, "tensor a comes twice");
    for (const char* twice : {R"("dtype":"U8","dtype":"F32")", R"("dtype":"U8","shape":[4],"shape":[1])",
                              R"("dtype":"U8","data_offsets":[0,4],"data_offsets":[0,4])"})
        expectRefused(fmt::format(R"({{"a":{{{},"shape":[4],"data_offsets":[0,4]}}}})", twice), 4, "twice");
    expectRefused(R"({"__metadata__":{"k":"1","k":"2"}})", 0, "twice");
    expectRefused(R"({"__metadata__":{},"__metadata__":{}})", 0, "twice");
    expectRefused(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"extra":1}})", 4, "extra");
}

TEST_F(SafetensorsRows, M12_EmptyTensorThatSharesAPlaceIsRefused) {
    expectRefused(header({entry("none", 0, 0), entry("a", 0, 4)}), 4, "none");
    expectRefused(header({entry("a", 0, 4), entry("none", 4, 4), entry("b", 4, 8)}), 8, "none");
    expectRefused(header({entry("a", 0, 4), entry("none", 4, 4), entry("also", 4, 4)}), 4, "empty tensor");
    const auto written = writeSafetensors(m_path, {{"a", at::empty({0})}, {"b", at::empty({0, 3})}});
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::InvalidArgument);
}

TEST_F(SafetensorsRows, M13_ScalarAndEmptyTensorAreAccepted) {
    const auto file =
        open(safetensorsBytes(header({entry("a", 0, 4), R"("scalar":{"dtype":"U8","shape":[],"data_offsets":[4,5]})",
                                      entry("none", 5, 5, "0,4")}),
                              5));
    ASSERT_TRUE(file) << file.error().message;
    const auto scalar = (*file)->read("scalar"), none = (*file)->read("none");
    ASSERT_TRUE(scalar && none);
    EXPECT_EQ(scalar->dim(), 0);
    EXPECT_EQ(none->sizes(), (at::IntArrayRef{0, 4}));
}

TEST_F(SafetensorsRows, M14_UnknownTypeNamesTypeAndTensor) {
    for (const char* type : {"F8_E4M3", "F4", "C64"}) {
        const auto file = open(safetensorsBytes(
            fmt::format(R"({{"weight.one":{{"dtype":"{}","shape":[1],"data_offsets":[0,4]}}}})", type), 4));
        ASSERT_FALSE(file);
        EXPECT_EQ(file.error().code, ErrorCode::Unsupported);
        EXPECT_NE(file.error().message.find(type), std::string::npos);
        EXPECT_NE(file.error().message.find("weight.one"), std::string::npos);
    }
}

// The limits of reliability.md 2.1.
TEST_F(SafetensorsRows, NamesAndMetadataAreLimited) {
    expectRefused(header({entry("", 0, 1)}), 1, "0 bytes");
    expectRefused(header({entry(std::string(513, 'n'), 0, 1)}), 1, "513 bytes");
    expectRefused(header({entry("a\\u0007b", 0, 1)}), 1, "control character");
    expectRefused(header({entry("a\\u0085b", 0, 1)}), 1, "control character");
    expectRefused(R"({"__metadata__":{"k":1}})", 0, "__metadata__");
    expectRefused(R"({"__metadata__":{"k":{"l":"m"}}})", 0, "__metadata__");
    expectRefused(fmt::format(R"({{"__metadata__":{{"k":"{}"}}}})", std::string(70'000, 'v')), 0, "65536");
    EXPECT_TRUE(open(safetensorsBytes(header({entry(std::string(512, 'n'), 0, 1)}), 1)));
    EXPECT_TRUE(open(safetensorsBytes(header({entry("caf\xc3\xa9", 0, 1)}), 1)));
    for (const std::string& name :
         {std::string(), std::string(513, 'n'), std::string("a\nb"), std::string("\xff"), std::string("__metadata__")})
        EXPECT_FALSE(writeSafetensors(m_path, {{name, at::ones({1})}})) << name;
    EXPECT_FALSE(writeSafetensors(m_path, {{"a", at::ones({1})}}, {{"k", std::string(70'000, 'v')}}));
    EXPECT_FALSE(writeSafetensors(m_path, {{"a", at::ones({1, 1, 1, 1, 1, 1, 1, 1, 1})}}));
}

TEST_F(SafetensorsRows, BytesThatAreNoBooleansAreRefused) {
    const auto file = open(safetensorsBytes(R"({"flags":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]}})", 3, '\2'));
    ASSERT_TRUE(file);
    const auto flags = (*file)->read("flags");
    ASSERT_FALSE(flags);
    EXPECT_NE(flags.error().message.find("3 values"), std::string::npos);
}

TEST_F(SafetensorsRows, WriterAlignsEachTensorToItsElements) {
    TensorMap tensors;
    for (const auto type : {at::kDouble, at::kFloat, at::kHalf, at::kLong, at::kShort, at::kByte})
        for (const int n : {1, 3})
            tensors[fmt::format("{}{}", n, c10::toString(type))] = at::ones({n}, type);
    ASSERT_TRUE(writeSafetensors(m_path, tensors, {{"odd", "\xff not UTF-8"}}));
    const auto bytes = readFile(m_path);
    ASSERT_TRUE(bytes);
    std::uint64_t length = 0;
    std::memcpy(&length, bytes->data(), 8);
    const auto json = nlohmann::json::parse(bytes->substr(8, length));
    for (const auto& [name, tensor] : tensors)
        EXPECT_EQ((8 + length + json[name]["data_offsets"][0].get<std::uint64_t>()) % tensor.element_size(), 0u)
            << name;
    const auto back = readSafetensors(m_path);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(back->size(), tensors.size());
}

} // namespace
} // namespace s1::weights
