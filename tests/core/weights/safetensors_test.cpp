#include "weights/tensor_file.h"

#include "base/files.h"
#include "support/temporary_folder.h"

#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cstring>

namespace s1::weights {
namespace {

class Safetensors : public testing::Test {
protected:
    std::filesystem::path put(const std::string& bytes) {
        const auto path = m_folder / "model.safetensors";
        EXPECT_TRUE(writeFileAtomically(path, bytes));
        return path;
    }
    static std::string bytesOf(const std::string& header, std::size_t dataBytes) {
        const std::uint64_t length = header.size();
        std::string bytes(8, '\0');
        std::memcpy(bytes.data(), &length, 8);
        return bytes + header + std::string(dataBytes, '\1');
    }
    // The file is refused and the message names the file and the given words.
    void expectRefused(const std::string& bytes, const std::string& words = {}, ErrorCode code = ErrorCode::Corrupt) {
        const auto file = openSafetensors(put(bytes));
        ASSERT_FALSE(file) << words;
        EXPECT_EQ(file.error().code, code) << file.error().message;
        EXPECT_NE(file.error().message.find("model.safetensors"), std::string::npos) << file.error().message;
        EXPECT_NE(file.error().message.find(words), std::string::npos) << file.error().message;
    }
    void expectHeaderRefused(const std::string& header, std::size_t dataBytes, const std::string& words = {},
                             ErrorCode code = ErrorCode::Corrupt) {
        SCOPED_TRACE(header.substr(0, 200));
        expectRefused(bytesOf(header, dataBytes), words, code);
    }

    test::TemporaryFolder m_folder;
};

TEST_F(Safetensors, RoundTripKeepsEveryTypeAndBit) {
    TensorMap tensors;
    for (const auto type : {at::kDouble, at::kFloat, at::kHalf, at::kBFloat16, at::kLong, at::kInt, at::kShort, at::kChar, at::kByte})
        tensors[std::string("t.") + c10::toString(type)] = at::arange(-3, 4).to(type);
    tensors["bool"] = at::tensor({1, 0, 1}).to(at::kBool);
    tensors["scalar"] = at::scalar_tensor(2.5f);
    tensors["empty"] = at::empty({0, 4});
    tensors["transposed"] = at::arange(6).view({2, 3}).t();
    const auto path = m_folder / "out.safetensors";
    ASSERT_TRUE(writeSafetensors(path, tensors, {{"format", "pt"}, {"by", "caf\xc3\xa9 \"x\""}}));
    const auto file = openSafetensors(path);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ((*file)->metadata(), (std::map<std::string, std::string>{{"format", "pt"}, {"by", "caf\xc3\xa9 \"x\""}}));
    EXPECT_EQ((*file)->tensors().size(), tensors.size());
    for (const auto& [name, tensor] : tensors) {
        const auto read = (*file)->read(name);
        ASSERT_TRUE(read) << name;
        EXPECT_EQ(read->scalar_type(), tensor.scalar_type()) << name;
        EXPECT_TRUE(read->is_contiguous()) << name;
        EXPECT_TRUE(read->sizes() == tensor.sizes() && at::equal(*read, tensor)) << name;
    }
}

TEST_F(Safetensors, NotANumberSurvives) {
    const auto path = m_folder / "nan.safetensors";
    ASSERT_TRUE(writeSafetensors(path, {{"x", at::tensor({NAN, INFINITY, -0.0f})}}));
    const auto back = readSafetensors(path);
    ASSERT_TRUE(back);
    EXPECT_TRUE(std::isnan(back->at("x")[0].item<float>()));
    EXPECT_TRUE(std::isinf(back->at("x")[1].item<float>()));
    EXPECT_TRUE(std::signbit(back->at("x")[2].item<float>()));
}

TEST_F(Safetensors, DataStartsOnEightBytes) {
    for (const std::string name : {"a", "ab", "abc", "abcdefgh"}) {
        const auto path = m_folder / "aligned.safetensors";
        ASSERT_TRUE(writeSafetensors(path, {{name, at::ones({2}, at::kDouble)}}));
        const auto bytes = readFile(path);
        ASSERT_TRUE(bytes);
        std::uint64_t length = 0;
        std::memcpy(&length, bytes->data(), 8);
        EXPECT_EQ(length % 8, 0u);
        EXPECT_EQ(bytes->size(), 8 + length + 16);
    }
}

TEST_F(Safetensors, WritingLeavesNoTemporaryFile) {
    ASSERT_TRUE(writeSafetensors(m_folder / "a.safetensors", {{"x", at::ones({3})}}));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(m_folder.path()), {}), 1);
    const auto failed = writeSafetensors(m_folder / "missing/a.safetensors", {{"x", at::ones({3})}});
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::CannotCreate);
}

TEST_F(Safetensors, TypeTheFormatLacksIsNotWritten) {
    const auto failed = writeSafetensors(m_folder / "a.safetensors", {{"wave", at::ones({3}, at::kComplexFloat)}});
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::InvalidArgument);
    EXPECT_NE(failed.error().message.find("wave"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(m_folder / "a.safetensors"));
}

TEST_F(Safetensors, MissingFileFolderAndUnknownTensor) {
    const auto missing = openSafetensors(m_folder / "none.safetensors");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
    EXPECT_FALSE(openSafetensors(m_folder.path()));
    ASSERT_TRUE(writeSafetensors(m_folder / "a.safetensors", {{"x", at::ones({3})}}));
    const auto file = openSafetensors(m_folder / "a.safetensors");
    ASSERT_TRUE(file);
    const auto unknown = (*file)->read("y");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, ErrorCode::NotFound);
}

TEST_F(Safetensors, TooShort) {
    for (std::size_t n = 0; n < 8; ++n)
        expectRefused(std::string(n, '\0'));
}

TEST_F(Safetensors, ImpossibleHeaderLength) {
    for (const std::uint64_t length : {std::uint64_t(0), std::uint64_t(1), std::uint64_t(3), std::uint64_t(1) << 63, ~std::uint64_t(0), ~std::uint64_t(0) - 7}) {
        std::string bytes(8, '\0');
        std::memcpy(bytes.data(), &length, 8);
        SCOPED_TRACE(length);
        expectRefused(bytes + "{}");
    }
}

TEST_F(Safetensors, HeaderOverTheCapIsNotRead) {
    const auto path = m_folder / "model.safetensors";
    const std::uint64_t length = 100'000'001;
    ASSERT_TRUE(writeFileAtomically(path, std::string_view(reinterpret_cast<const char*>(&length), 8)));
    std::filesystem::resize_file(path, 8 + length); // sparse
    const auto file = openSafetensors(path);
    ASSERT_FALSE(file);
    EXPECT_NE(file.error().message.find("100000001"), std::string::npos) << file.error().message;
}

TEST_F(Safetensors, HeaderThatIsNotTheRightJson) {
    expectHeaderRefused("<!doctype html>", 0);
    expectHeaderRefused("version https://git-lfs.github.com/spec/v1", 0);
    expectHeaderRefused("{\"\xff\": 1}", 0);
    expectHeaderRefused("[]", 0);
    expectHeaderRefused("7", 0);
    expectHeaderRefused(R"({"__metadata__":[1]})", 0, "__metadata__");
    expectHeaderRefused(R"({"__metadata__":5})", 0, "__metadata__");
    expectHeaderRefused(std::string(10000, '[') + std::string(10000, ']'), 0, "nests");
    std::string deep = R"({"a":)";
    for (int i = 0; i < 100000; ++i)
        deep += R"({"a":)";
    expectHeaderRefused(deep, 0, "nests");
}

TEST_F(Safetensors, EntryWithMissingOrWrongFields) {
    expectHeaderRefused(R"({"w":{"shape":[1],"data_offsets":[0,4]}})", 4, "w");
    expectHeaderRefused(R"({"w":{"dtype":"F32","data_offsets":[0,4]}})", 4, "w");
    expectHeaderRefused(R"({"w":{"dtype":"F32","shape":[1]}})", 4, "w");
    expectHeaderRefused(R"({"w":{"dtype":1,"shape":[1],"data_offsets":[0,4]}})", 4, "w");
    expectHeaderRefused(R"({"w":{"dtype":"F32","shape":1,"data_offsets":[0,4]}})", 4, "w");
    expectHeaderRefused(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}})", 4, "w");
    expectHeaderRefused(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":4}})", 4, "w");
    expectHeaderRefused(R"({"w":[1]})", 4, "w");
    expectHeaderRefused(R"({"w":null})", 4, "w");
}

TEST_F(Safetensors, ImpossibleShapesAndOffsets) {
    for (const char* shape : {"[-1]", "[1.5]", "[\"1\"]", "[1e30]", "[null]", "[4294967296,4294967296]", "[9223372036854775808]",
                              "[18446744073709551615]", "[18446744073709551616]", "[2147483648,2147483648,4]",
                              "[0,18446744073709551615]", "[0,4611686018427387904,4611686018427387904]", "[2]", "[0]"})
        expectHeaderRefused(std::string(R"({"weight.one":{"dtype":"F32","shape":)") + shape + R"(,"data_offsets":[0,4]}})", 4, "weight.one");
    for (const char* offsets : {"[0,8]", "[4,0]", "[-4,0]", "[0,-4]", "[0,1e30]", "[0.5,4.5]", "[\"0\",\"4\"]", "[4,8]", "[0,3]",
                                "[18446744073709551612,18446744073709551616]", "[18446744073709551612,0]"})
        expectHeaderRefused(std::string(R"({"weight.one":{"dtype":"F32","shape":[1],"data_offsets":)") + offsets + "}}", 4, "weight.one");
    // No bytes are needed, yet the strides would overflow.
    expectHeaderRefused(R"({"w":{"dtype":"F32","shape":[0,4611686018427387904,8],"data_offsets":[0,0]}})", 0, "w");
    expectHeaderRefused(R"({"w":{"dtype":"F32","shape":[0,18446744073709551615],"data_offsets":[0,0]}})", 0, "w");
}

TEST_F(Safetensors, OverlapHoleAndTrailingBytes) {
    const auto entry = [](const char* name, int begin, int end) {
        return fmt::format(R"("{}":{{"dtype":"U8","shape":[{}],"data_offsets":[{},{}]}})", name, end - begin, begin, end);
    };
    const auto header = [](const std::vector<std::string>& entries) { return fmt::format("{{{}}}", fmt::join(entries, ",")); };
    const std::string a = entry("a", 0, 4);
    expectHeaderRefused(header({a, entry("b", 2, 6)}), 6, "b");
    expectHeaderRefused(header({a, entry("b", 0, 4)}), 4, "b");
    expectHeaderRefused(header({a, entry("b", 5, 8)}), 8, "b");
    expectHeaderRefused(header({a}), 5);
    expectHeaderRefused("{}", 1);
    expectHeaderRefused(header({entry("b", 1, 2)}), 2, "b");
    EXPECT_TRUE(openSafetensors(put(bytesOf(header({entry("b", 4, 8), a}), 8)))); // any order in the header
    EXPECT_TRUE(openSafetensors(put(bytesOf(fmt::format("  {}   ", header({a})), 4)))); // padding
}

TEST_F(Safetensors, UnknownTypeIsNamed) {
    for (const char* type : {"F8_E4M3", "F4", "C64", "f32", ""})
        expectHeaderRefused(fmt::format(R"({{"weight.one":{{"dtype":"{}","shape":[1],"data_offsets":[0,4]}}}})", type), 4,
                            fmt::format("weight.one of {} has dtype \"{}\"", (m_folder / "model.safetensors").string(), type),
                            ErrorCode::Unsupported);
}

TEST_F(Safetensors, CutAnywhereIsRefused) {
    ASSERT_TRUE(writeSafetensors(m_folder / "whole.safetensors", {{"a", at::ones({5})}, {"b", at::ones({3}, at::kHalf)}}));
    const auto whole = readFile(m_folder / "whole.safetensors");
    ASSERT_TRUE(whole);
    for (std::size_t n = 0; n < whole->size(); ++n)
        EXPECT_FALSE(openSafetensors(put(whole->substr(0, n)))) << n;
    EXPECT_TRUE(openSafetensors(put(*whole)));
}

TEST_F(Safetensors, FlippedBitsNeverCrash) {
    ASSERT_TRUE(writeSafetensors(m_folder / "whole.safetensors", {{"a", at::ones({2, 3})}, {"b", at::ones({3}, at::kHalf)}}, {{"k", "v"}}));
    const auto whole = readFile(m_folder / "whole.safetensors");
    ASSERT_TRUE(whole);
    int refused = 0;
    for (std::size_t bit = 0; bit < whole->size() * 8; ++bit) {
        std::string bytes = *whole;
        bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
        if (const auto tensors = readSafetensors(put(bytes)); !tensors)
            ++refused;
    }
    EXPECT_GT(refused, 200);
}

} // namespace
} // namespace s1::weights
