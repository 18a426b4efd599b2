#include "weights/pickle.h"

#include "support/no_system_calls.h"
#include "support/peak_memory.h"
#include "support/pickle_program.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>

#include <sys/socket.h>

// Rows M31 to M34 of reliability.md 3.1; torch_zip_test.cpp has them inside archives.
namespace s1::weights {
namespace {

using test::pickle::global;
using test::pickle::kProto;
using test::pickle::raw;

std::string why(const std::string& program) {
    const test::PeakMemory memory;
    const auto value = readPickle(program, "model.bin");
    EXPECT_LT(memory.growth(), 64 << 20);
    if (value)
        return "accepted";
    EXPECT_EQ(value.error().code, ErrorCode::Corrupt);
    EXPECT_NE(value.error().message.find("model.bin"), std::string::npos);
    return value.error().message;
}
void expectWhy(const std::string& program, const std::string& words) {
    const std::string message = why(program);
    EXPECT_NE(message.find(words), std::string::npos) << message;
}

constexpr std::pair<const char*, const char*> kForeign[] = {
    {"os", "system"},
    {"posix", "system"},
    {"nt", "system"},
    {"builtins", "eval"},
    {"builtins", "__import__"},
    {"subprocess", "Popen"},
    {"torch.hub", "load"},
    {"runpy", "run_path"},
    {"operator", "attrgetter"},
    {"numpy.core.multiarray", "_reconstruct"},
    {"torch", "load"},
    {"torch.storage", "_load_from_bytes"},
    {"torch._utils", "_rebuild_device_tensor_from_numpy"},
    {"collections", "OrderedDict.fromkeys"},
    {"__main__", "Storage"}};

TEST(PickleRows, M31_AnyOtherNameIsRefusedWhereItStands) {
    for (const auto& [module, name] : kForeign) {
        const std::string word = std::string(module) + "." + name;
        expectWhy(kProto + global(module, name) + "0N.", word); // named, never called, and dropped
        expectWhy(kProto + test::pickle::text(module) + test::pickle::text(name) +
                      "\x93"
                      "0N.",
                  word);
    }
    expectWhy(kProto + global("os\x1b[31m", "x") + ".", "os?[31m.x"); // nothing reaches the terminal
}

TEST(PickleRows, M31_NothingIsStartedOrOpened) {
    EXPECT_FALSE(test::opensAndStartsNothing([] { (void)socket(AF_UNIX, SOCK_STREAM, 0); })) << "nobody watches";
    EXPECT_FALSE(test::opensAndStartsNothing([] { (void)std::system("true"); }));
    EXPECT_TRUE(test::opensAndStartsNothing([] {
        for (const auto& [module, name] : kForeign)
            (void)readPickle(kProto + global(module, name) + "(" + test::pickle::text("true") + "tR.", "model.bin");
    }));
}

TEST(PickleRows, M32_PayloadFirstAndABrokenStreamAfter) {
    test::TemporaryFolder folder;
    const std::string canary = folder / "canary";
    expectWhy(kProto + global("os", "system") + "(" + test::pickle::text("touch " + canary) + "tR\xff\xff broken",
              "os.system");
    EXPECT_FALSE(std::filesystem::exists(canary));
}

TEST(PickleRows, M33_EveryOpcodeOnAnEmptyStack) {
    const auto start = std::chrono::steady_clock::now();
    for (int op = 0; op < 256; ++op)
        for (const std::string& tail : {std::string("."), std::string("\0.", 2), std::string(8, '\0') + "."})
            (void)readPickle(kProto + static_cast<char>(op) + tail, "model.bin"); // any answer, no crash
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(256 * 5));
    for (const char op : {'o',    'i',    'P',    'F',    'I',    'L',    'S',    'T',    'V',    'B',    'C',
                          'd',    'l',    'g',    'p',    '2',    '1',    '\x81', '\x82', '\x83', '\x84', '\x8b',
                          '\x8d', '\x8e', '\x8f', '\x90', '\x91', '\x92', '\x96', '\x97', '\x98'})
        expectWhy(kProto + op + std::string(16, '\0') + ".", "opcode 0x"); // NEWOBJ, INST, EMPTY_SET and the rest
}

TEST(PickleRows, M34_SizesThatNoStateDictHas) {
    expectWhy(std::string("X") + raw(std::uint32_t(1) << 31) + "x", "ends in the middle");
    expectWhy(std::string("X") + raw(std::uint32_t(1 << 20) + 1) + std::string((1 << 20) + 1, 'x') + ".", "bytes");
    EXPECT_EQ(why(std::string("X") + raw(std::uint32_t(1 << 20)) + std::string(1 << 20, 'x') + "."), "accepted");
    expectWhy(std::string(")") + std::string(10'000'000, '\x85') + ".", "nests deeper");
    expectWhy("j\xff\xff\xff\xff.", "memo 4294967295");
    expectWhy(std::string(1'000'001, '('), "marks");
    expectWhy("t.", "mark");
    std::string endless = "N";
    for (int i = 0; i < 100; ++i)
        endless += "0N";
    EXPECT_EQ(why(endless + "."), "accepted");
}

TEST(PickleRows, TooManyObjectsStopAtAMillion) {
    const auto value = readPickle(std::string(1'000'001, 'N') + ".", "model.bin");
    ASSERT_FALSE(value);
    EXPECT_NE(value.error().message.find("too many"), std::string::npos);
}

TEST(PickleRows, TuplesStayAsTheyAre) {
    expectWhy(")K\1a.", "tuple");
    expectWhy("K\1\x85K\2a.", "tuple");
    EXPECT_EQ(why("]K\1a."), "accepted");
}

TEST(PickleRows, AttributesGoToDictionariesOnly) {
    EXPECT_EQ(why("}}b."), "accepted"); // _metadata of a state dict
    expectWhy("}K\1b.", "attributes");
    expectWhy("]}b.", "no dictionary");
    expectWhy("}b.", "empty stack");
}

TEST(PickleRows, CallsHaveTheArgumentsOfTorchSave) {
    const std::string ordered = global("collections", "OrderedDict"),
                      rebuild = global("torch._utils", "_rebuild_tensor_v2"),
                      parameter = global("torch._utils", "_rebuild_parameter");
    EXPECT_EQ(why(ordered + ")R."), "accepted");
    expectWhy(ordered + "K\1\x85R.", "OrderedDict with 1 arguments");
    expectWhy(rebuild + ")R.", "with 0 arguments");
    expectWhy(parameter + "K\1\x89}\x87R.", "a tensor is missing");
    expectWhy(global("torch", "FloatStorage") + ")R.", "FloatStorage");
    EXPECT_EQ(why(parameter + test::pickle::tensor({}) + "\x89}\x87R."), "accepted");
    EXPECT_EQ(why(std::string("U\3abc.", 6)), "accepted"); // SHORT_BINSTRING
}

} // namespace
} // namespace s1::weights
