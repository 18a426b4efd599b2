#include "weights/pickle.h"
#include "weights/tensor_file.h"

#include "base/files.h"
#include "support/pickle_program.h"
#include "support/stored_zip.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

namespace s1::weights {
namespace {

using namespace test::pickle;
using Spec = test::pickle::Tensor;

class TorchZip : public testing::Test {
protected:
    Result<TensorFilePtr> open(const std::string& program, const std::string& data = floats(6), std::uint16_t method = 0) {
        return openBytes(test::storedZip({{"archive/data.pkl", program}, {"archive/data/0", data}}, method));
    }
    Result<TensorFilePtr> openBytes(const std::string& bytes) {
        EXPECT_TRUE(writeFileAtomically(m_folder / "model.bin", bytes));
        return openTorchZip(m_folder / "model.bin");
    }
    void expectRefused(const Result<TensorFilePtr>& file, const std::string& words = {}) {
        ASSERT_FALSE(file);
        EXPECT_TRUE(file.error().code == ErrorCode::Corrupt || file.error().code == ErrorCode::Unsupported);
        EXPECT_NE(file.error().message.find("model.bin"), std::string::npos) << file.error().message;
        EXPECT_NE(file.error().message.find(words), std::string::npos) << file.error().message;
    }
    void expectSpecRefused(Spec spec) { expectRefused(open(stateDict({{"layer.weight", spec}})), "layer.weight"); }

    test::TemporaryFolder m_folder;
};

TEST_F(TorchZip, ReadsStridesOffsetsAndTiedStorages) {
    const auto file = open(stateDict({{"plain", {}},
                                      {"turned", {.shape = {3, 2}, .stride = {1, 3}}},
                                      {"tail", {.offset = 4, .shape = {2}, .stride = {1}}},
                                      {"scalar", {.offset = 5, .shape = {}, .stride = {}}},
                                      {"empty", {.shape = {0, 7}, .stride = {7, 1}}}}));
    ASSERT_TRUE(file) << file.error().message;
    const auto all = readAll(**file);
    ASSERT_TRUE(all) << all.error().message;
    const at::Tensor plain = at::arange(6, at::kFloat).view({2, 3});
    EXPECT_TRUE(at::equal(all->at("plain"), plain));
    EXPECT_TRUE(at::equal(all->at("turned"), plain.t()));
    EXPECT_TRUE(all->at("turned").is_contiguous());
    EXPECT_TRUE(at::equal(all->at("tail"), at::tensor({4.0f, 5.0f})));
    EXPECT_EQ(all->at("scalar").item<float>(), 5);
    EXPECT_EQ(all->at("empty").numel(), 0);
    const auto unknown = (*file)->read("nothing");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, ErrorCode::NotFound);
}

TEST_F(TorchZip, EveryStorageType) {
    const std::pair<const char*, at::ScalarType> types[] = {
        {"HalfStorage", at::kHalf}, {"FloatStorage", at::kFloat}, {"BFloat16Storage", at::kBFloat16}, {"DoubleStorage", at::kDouble},
        {"LongStorage", at::kLong}, {"IntStorage", at::kInt}, {"ShortStorage", at::kShort}, {"CharStorage", at::kChar},
        {"ByteStorage", at::kByte}, {"BoolStorage", at::kBool}};
    for (const auto& [name, type] : types) {
        const at::Tensor value = at::tensor({1, 0, 1}).to(type);
        const auto file = open(stateDict({{"x", {.type = name, .elements = 3, .shape = {3}, .stride = {1}}}}),
                               std::string(static_cast<const char*>(value.data_ptr()), value.nbytes()));
        ASSERT_TRUE(file) << name;
        const auto read = (*file)->read("x");
        ASSERT_TRUE(read) << name;
        EXPECT_TRUE(read->scalar_type() == type && at::equal(*read, value)) << name;
    }
    expectRefused(open(stateDict({{"x", {.type = "QInt8Storage"}}})), "QInt8Storage");
}

TEST_F(TorchZip, CutAtEveryByteOfTheProgram) {
    const std::string program = stateDict({{"a", {}}, {"b", {.offset = 4, .shape = {2}, .stride = {1}}}});
    for (std::size_t n = 0; n < program.size(); ++n)
        expectRefused(open(program.substr(0, n)));
    EXPECT_TRUE(open(program));
}

TEST_F(TorchZip, CutAtEveryByteOfTheArchive) {
    const std::string bytes = test::storedZip({{"archive/data.pkl", stateDict({{"a", {}}})}, {"archive/data/0", floats(6)}});
    for (std::size_t n = 0; n < bytes.size(); ++n)
        expectRefused(openBytes(bytes.substr(0, n)));
    EXPECT_TRUE(openBytes(bytes));
}

TEST_F(TorchZip, FlippedBitsNeverCrash) {
    const std::string bytes = test::storedZip({{"archive/data.pkl", stateDict({{"a", {}}})}, {"archive/data/0", floats(6)}});
    int refused = 0;
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        std::string broken = bytes;
        broken[bit / 8] = static_cast<char>(broken[bit / 8] ^ (1 << (bit % 8)));
        const auto file = openBytes(broken);
        if (!file || !readAll(**file))
            ++refused;
    }
    EXPECT_GT(refused, 1000);
}

TEST_F(TorchZip, ForeignCallsAreRefusedByName) {
    for (const auto& [module, name] : std::initializer_list<std::pair<std::string, std::string>>{
             {"os", "system"}, {"posix", "system"}, {"builtins", "eval"}, {"builtins", "__import__"}, {"subprocess", "Popen"},
             {"torch.hub", "load"}, {"runpy", "_run_code"}, {"operator", "attrgetter"}, {"numpy.core.multiarray", "_reconstruct"},
             {"collections", "Counter"}, {"torch._utils", "_rebuild_sparse_tensor"}}) {
        const auto canary = m_folder / "canary";
        const std::string call = global(module, name) + "(" + text("touch " + canary.string()) + "tR";
        expectRefused(open(kProto + call + "."), module + "." + name);
        expectRefused(open(kProto + call + "garbage"), module + "." + name); // payload first, then a broken stream
        expectRefused(open(kProto + text(module) + text(name) + "\x93(tR."), module + "." + name); // STACK_GLOBAL
        EXPECT_FALSE(std::filesystem::exists(canary));
    }
    expectRefused(open(kProto + global("os", "system") + "."));
    expectRefused(open(kProto + "(" + text("storage") + global("os", "system") + text("0") + text("cpu") + number(1) + "tQ."), "os.system");
}

TEST_F(TorchZip, EveryOpcodeAloneOnAnEmptyStack) {
    for (int op = 0; op < 256; ++op)
        for (const std::string& tail : {std::string("."), std::string(16, '\0') + ".", std::string()}) {
            if (op == '}' && tail == ".") // a state dict without tensors
                continue;
            const std::string program = kProto + static_cast<char>(op) + tail;
            SCOPED_TRACE(op);
            expectRefused(open(program));
        }
}

TEST(Pickle, MarksMemoAndStackAreChecked) {
    const auto why = [](const std::string& program) {
        const auto value = readPickle(program, "x.pkl");
        return value ? std::string("accepted") : value.error().message;
    };
    EXPECT_NE(why("h\x07.").find("memo 7"), std::string::npos);
    EXPECT_NE(why("j\xff\xff\xff\xff.").find("memo 4294967295"), std::string::npos);
    EXPECT_NE(why(std::string("q\0.", 3)).find("memo"), std::string::npos);
    EXPECT_NE(why("t.").find("mark"), std::string::npos);
    EXPECT_NE(why("K\1(0.").find("empty stack"), std::string::npos); // pops through a mark
    EXPECT_NE(why("K\1K\2s.").find("empty stack"), std::string::npos);
    EXPECT_NE(why("}(K\1u.").find("no dictionary"), std::string::npos); // odd number of items
    EXPECT_NE(why("]K\1K\2s.").find("no dictionary"), std::string::npos);
    EXPECT_NE(why("}K\1a.").find("no list"), std::string::npos);
    EXPECT_NE(why("X\xff\xff\xff\x7fx").find("ends in the middle"), std::string::npos);
    EXPECT_NE(why("\x8a\x09" "123456789.").find("64 bits"), std::string::npos);
    EXPECT_EQ(why("]K\1a."), "accepted");
}

TEST(Pickle, NothingHoldsItself) {
    for (const std::string& program : {std::string("]q\0h\0a.", 8), std::string("]q\0(h\0e.", 9), std::string("]q\0h\0\x85" "0h\0K\1a.", 14),
                                       std::string("}q\0K\1h\0s.", 10), std::string("}q\0(K\1h\0tK\2s.", 13)}) {
        const auto value = readPickle(program, "x.pkl");
        ASSERT_FALSE(value);
        EXPECT_NE(value.error().message.find("part of another"), std::string::npos) << value.error().message;
    }
}

TEST(Pickle, DeepNestingIsRefusedAndFreed) {
    EXPECT_FALSE(readPickle(std::string(")") + std::string(5'000'000, '\x85') + ".", "x.pkl"));
    EXPECT_FALSE(readPickle(std::string(2'000'000, ']') + std::string(1'999'999, 'a') + ".", "x.pkl"));
    EXPECT_FALSE(readPickle(std::string(1'000'000, '(') + std::string(1'000'000, 't') + ".", "x.pkl"));
    EXPECT_TRUE(readPickle(std::string(")") + std::string(60, '\x85') + ".", "x.pkl"));
}

TEST(Pickle, TooManyObjectsAreRefused) {
    const auto value = readPickle(std::string(10'000'001, 'N'), "x.pkl");
    ASSERT_FALSE(value);
    EXPECT_NE(value.error().message.find("too many"), std::string::npos);
}

TEST(Pickle, NumbersKeepSignAndSize) {
    const auto integer = [](const std::string& program) {
        const auto value = readPickle(program, "x.pkl");
        EXPECT_TRUE(value);
        return std::get<std::int64_t>((*value)->data);
    };
    EXPECT_EQ(integer("K\xff."), 255);
    EXPECT_EQ(integer("M\xff\xff."), 65535);
    EXPECT_EQ(integer("J\xff\xff\xff\xff."), -1);
    EXPECT_EQ(integer(std::string("\x8a\0.", 3)), 0);
    EXPECT_EQ(integer("\x8a\1\x80."), -128);
    EXPECT_EQ(integer(std::string("\x8a\2\xff\0.", 5)), 255);
    const auto real = readPickle(std::string("G\x3f\xf8\0\0\0\0\0\0.", 10), "x.pkl");
    ASSERT_TRUE(real);
    EXPECT_EQ(std::get<double>((*real)->data), 1.5);
}

TEST_F(TorchZip, TensorsThatContradictTheirStorage) {
    const std::int64_t huge = std::int64_t(1) << 62, most = std::numeric_limits<std::int64_t>::max();
    expectSpecRefused({.elements = 7});             // storage shorter than promised
    expectSpecRefused({.elements = -1});
    expectSpecRefused({.elements = most});
    expectSpecRefused({.elements = std::int64_t(1) << 40});
    expectSpecRefused({.offset = 1});               // past the end
    expectSpecRefused({.offset = -1});
    expectSpecRefused({.offset = most});
    expectSpecRefused({.shape = {2, 4}});
    expectSpecRefused({.shape = {-1, 3}});
    expectSpecRefused({.shape = {2, 3}, .stride = {4, 1}}); // stride beyond the storage
    expectSpecRefused({.shape = {2, 3}, .stride = {-3, 1}});
    expectSpecRefused({.shape = {2, 3}, .stride = {3}});
    expectSpecRefused({.shape = {huge, huge}, .stride = {1, 1}});
    expectSpecRefused({.shape = {huge}, .stride = {huge}});
    expectSpecRefused({.shape = {std::int64_t(1) << 40}, .stride = {0}}); // one element, a terabyte when copied
    expectSpecRefused({.shape = {0, huge, huge}, .stride = {1, 1, 1}});
    expectSpecRefused({.key = "9"});
    expectSpecRefused({.key = "../data.pkl"});
}

TEST_F(TorchZip, ArchivesThatAreNotPlainOnes) {
    expectRefused(openBytes(""));
    expectRefused(openBytes("not a zip"));
    expectRefused(openBytes(stateDict({{"a", {}}}))); // legacy: a bare pickle
    expectRefused(openBytes(test::storedZip({{"archive/constants.pkl", "."}})), "data.pkl");
    expectRefused(openBytes(test::storedZip({{"archive/data.pkl", ""}})), "data.pkl");
    expectRefused(openBytes(test::storedZip({{"archive/data.pkl", stateDict({{"a", {}}})}})), "missing");
    expectRefused(open(stateDict({{"a", {}}}), floats(6), 8)); // claims to be compressed
    expectRefused(open(kProto + "]."), "dictionary");
    expectRefused(open(kProto + "}(" + text("a") + "K\1u."), "named tensor");
    expectRefused(open(kProto + "}(K\1" + tensor({}) + "u."), "named tensor");
    const auto missing = openTorchZip(m_folder / "none.bin");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
    EXPECT_FALSE(openTorchZip(m_folder.path()));
}

} // namespace
} // namespace s1::weights
