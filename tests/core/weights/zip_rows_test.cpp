#include "weights/tensor_file.h"

#include "base/files.h"
#include "support/peak_memory.h"
#include "support/pickle_program.h"
#include "support/stored_zip.h"
#include "support/temporary_folder.h"

#include <caffe2/serialize/inline_container.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

// Rows M35, M36 and M38 of reliability.md 3.1: archives that are not as torch.save writes them.
namespace s1::weights {
namespace {

using test::storedZip;
using test::pickle::floats;
using test::pickle::raw;

const std::string kProgram = test::pickle::stateDict({{"layer.weight", {}}});
std::string archive() {
    return storedZip({{"archive/data.pkl", kProgram}, {"archive/data/0", floats(6)}});
}

class ZipRows : public testing::Test {
protected:
    Result<TensorMap> read(const std::string& bytes) {
        EXPECT_TRUE(writeFileAtomically(m_folder / "model.bin", bytes));
        S1_TRY(const auto file, openTorchZip(m_folder / "model.bin"));
        return readAll(*file);
    }
    void expectRefused(const std::string& bytes, const std::string& words) {
        const test::PeakMemory memory;
        const auto tensors = read(bytes);
        ASSERT_FALSE(tensors) << words;
        EXPECT_TRUE(tensors.error().code == ErrorCode::Corrupt || tensors.error().code == ErrorCode::Unsupported);
        EXPECT_NE(tensors.error().message.find("model.bin"), std::string::npos) << tensors.error().message;
        EXPECT_NE(tensors.error().message.find(words), std::string::npos) << tensors.error().message;
        EXPECT_LT(memory.growth(), 16 << 20);
    }
    // The archive with some bytes of a header replaced.
    enum class Header { Local, Central, End };
    void expectPatchRefused(Header header, std::size_t offset, const std::string& patch, const std::string& words) {
        SCOPED_TRACE(testing::Message() << "header " << int(header) << " offset " << offset);
        std::string bytes = archive();
        const std::size_t at = header == Header::Local     ? bytes.find("PK\3\4")
                               : header == Header::Central ? bytes.find("PK\1\2")
                                                           : bytes.rfind("PK\5\6");
        ASSERT_NE(at, std::string::npos);
        bytes.replace(at + offset, patch.size(), patch);
        expectRefused(bytes, words);
    }

    test::TemporaryFolder m_folder;
};

TEST_F(ZipRows, FilesOfTorchSaveItselfAreRead) {
    const std::string path = m_folder / "model.bin";
    const std::string data = floats(6);
    {
        caffe2::serialize::PyTorchStreamWriter writer(path); // what torch.save calls
        writer.writeRecord("data.pkl", kProgram.data(), kProgram.size());
        writer.writeRecord("byteorder", "little", 6);
        writer.writeRecord("data/0", data.data(), data.size());
        writer.writeEndOfFile();
    }
    const auto file = openTensorFile(path);
    ASSERT_TRUE(file) << file.error().message;
    const auto tensor = (*file)->read("layer.weight");
    ASSERT_TRUE(tensor) << tensor.error().message;
    EXPECT_TRUE(at::equal(*tensor, at::arange(6, at::kFloat).view({2, 3})));
}

TEST_F(ZipRows, M36_CompressedAndEncryptedEntries) {
    const std::string deflated = raw(std::uint16_t(8)), bit0 = raw(std::uint16_t(1));
    expectPatchRefused(Header::Central, 10, deflated, "compressed");
    expectPatchRefused(Header::Local, 8, deflated, "disagree");
    expectPatchRefused(Header::Central, 8, bit0, "encrypted");
    expectPatchRefused(Header::Local, 6, bit0, "disagree");
    for (int bit = 0; bit < 16; ++bit)
        if (bit != 3 && bit != 11)
            expectPatchRefused(Header::Central, 8, raw(std::uint16_t(1 << bit)), "flags");
    // The shape of a bomb: a few bytes that say they are ten gigabytes.
    expectPatchRefused(Header::Central, 24, raw(std::uint32_t(4'000'000'000)), "compressed");
    expectPatchRefused(Header::Central, 20, raw(std::uint32_t(4'000'000'000)) + raw(std::uint32_t(4'000'000'000)),
                       "disagree");
}

TEST_F(ZipRows, M36_HeadersThatDisagree) {
    expectPatchRefused(Header::Local, 14, raw(std::uint32_t(1)), "disagree"); // checksum
    expectPatchRefused(Header::Local, 18, raw(std::uint32_t(1)), "disagree"); // packed size
    expectPatchRefused(Header::Local, 22, raw(std::uint32_t(1)), "disagree"); // size
    expectPatchRefused(Header::Local, 30, "Archive", "disagree");             // name
    expectPatchRefused(Header::Local, 26, raw(std::uint16_t(0xffff)), "disagree");
    expectPatchRefused(Header::Local, 28, raw(std::uint16_t(0xffff)), "disagree");
    expectPatchRefused(Header::Central, 42, raw(std::uint32_t(7)), "disagree");   // place
    expectPatchRefused(Header::Central, 42, raw(~std::uint32_t(0)), "irregular"); // asks for zip64, has none
    expectPatchRefused(Header::Local, 6, raw(std::uint16_t(8)), "disagree");      // promises a descriptor
}

TEST_F(ZipRows, M36_WrongChecksums) {
    for (const std::string& part : {std::string("layer.weight"), floats(6)}) {
        std::string bytes = archive();
        bytes[bytes.find(part) + part.size() - 1] ^= 0x40;
        expectRefused(bytes, "checksum");
    }
}

TEST_F(ZipRows, M36_NamesTwiceOrOutside) {
    const std::pair<std::string, std::string> program{"archive/data.pkl", kProgram}, data{"archive/data/0", floats(6)};
    expectRefused(storedZip({program, data, data}), "twice");
    expectRefused(storedZip({program, program, data}), "twice");
    expectRefused(storedZip({program, data, {"other/data.pkl", kProgram}}), "two data.pkl");
    for (const std::string& name :
         {std::string("/etc/passwd"), std::string("../data/0"), std::string("archive/../../x"), std::string("a//b"),
          std::string("C:\\x"), std::string("a\\..\\x"), std::string("./x"), std::string("a\0b", 3), std::string()})
        expectRefused(storedZip({program, data, {name, "x"}}), "the name");
    expectRefused(storedZip({program, data, {std::string(600, 'n'), "x"}}), "600 bytes");
    EXPECT_TRUE(read(storedZip({program, data, {"archive/.data/", ""}})));
    expectRefused(storedZip({program, data, {"archive/.data/", "x"}}), "folder");
}

TEST_F(ZipRows, M36_EndsAndComments) {
    expectRefused(archive() + "x", "end as a zip");
    expectRefused("x" + archive(), "not where it says");
    std::string commented = archive();
    commented.replace(commented.size() - 2, 2, raw(std::uint16_t(3)));
    expectRefused(commented + "tip", "end as a zip");
    expectRefused(archive() + archive().substr(archive().rfind("PK\5\6")), "not where it says"); // a second end
    expectPatchRefused(Header::End, 8, raw(std::uint16_t(1)) + raw(std::uint16_t(1)), "more than its entries");
    expectPatchRefused(Header::End, 8, raw(std::uint16_t(3)) + raw(std::uint16_t(3)), "not where it says");
    expectPatchRefused(Header::End, 8, raw(std::uint16_t(1)), "end as a zip");
    expectPatchRefused(Header::End, 4, raw(std::uint16_t(1)), "end as a zip");
    expectPatchRefused(Header::End, 12, raw(std::uint32_t(1 << 30)), "not where it says");
    expectPatchRefused(Header::End, 16, raw(std::uint32_t(0)), "not where it says");
    expectPatchRefused(Header::Central, 32, raw(std::uint16_t(5)), "");
    expectPatchRefused(Header::Central, 34, raw(std::uint16_t(1)), "irregular"); // on another disk
}

TEST_F(ZipRows, M36_EntriesThatOverlap) {
    std::string bytes = archive();
    const std::size_t first = bytes.find("PK\1\2"), second = bytes.find("PK\1\2", first + 4);
    // Both entries of the directory tell of the first file; the second under its own name.
    bytes.replace(second + 42, 4, bytes.substr(first + 42, 4));
    expectRefused(bytes, "disagree");
    expectRefused(storedZip({{"a/data.pkl", archive()}, {"a/data/0", ""}}),
                  "opcode"); // an archive in an archive is no program
}

TEST_F(ZipRows, M36_Zip64PartsThatLie) {
    const std::string plain = archive(), end = plain.substr(plain.rfind("PK\5\6"));
    const std::uint64_t start = plain.find("PK\1\2"), size = plain.size() - end.size() - start;
    const auto zip64 = [&](std::uint64_t count, std::uint64_t bytes, std::uint64_t from, std::uint64_t place) {
        return plain.substr(0, start + size) + raw(std::uint32_t(0x06064b50)) + raw(std::uint64_t(44)) +
               raw(std::uint32_t(0)) + raw(std::uint64_t(0)) + raw(count) + raw(count) + raw(bytes) + raw(from) +
               raw(std::uint32_t(0x07064b50)) + raw(std::uint32_t(0)) + raw(place) + raw(std::uint32_t(1)) + end;
    };
    EXPECT_TRUE(read(zip64(2, size, start, start + size)));
    expectRefused(zip64(2, size, start, 0), "zip64");
    expectRefused(zip64(3, size, start, start + size), "zip64");
    expectRefused(zip64(2, size + 1, start, start + size), "zip64");
    expectRefused(zip64(2, size, start + 1, start + size), "zip64");
    expectRefused(zip64(~0ull, ~0ull, ~0ull, start + size), "zip64");
}

TEST_F(ZipRows, M35_StoragesOfAnotherSizeOrName) {
    const auto refused = [&](const test::pickle::Tensor& tensor, const std::string& words) {
        expectRefused(storedZip({{"archive/data.pkl", test::pickle::stateDict({{"layer.weight", tensor}})},
                                 {"archive/data/0", floats(6)}}),
                      words);
    };
    refused({.type = "HalfStorage"}, "24 bytes are stored");
    refused({.type = "LongStorage"}, "24 bytes are stored");
    refused({.elements = 5, .shape = {5}, .stride = {1}}, "24 bytes are stored");
    refused({.key = "../x"}, "missing");
    refused({.offset = 7, .shape = {0}, .stride = {1}}, "reaches past");
    refused({.shape = {1, 1, 1, 1, 1, 1, 1, 1, 6}, .stride = {6, 6, 6, 6, 6, 6, 6, 6, 1}}, "layer.weight"); // 9 axes
    refused({.shape = {-1}, .stride = {1}}, "layer.weight");
    const std::string twice = test::pickle::stateDict({{"layer.weight", {}}, {"layer.weight", {}}});
    expectRefused(storedZip({{"archive/data.pkl", twice}, {"archive/data/0", floats(6)}}), "layer.weight comes twice");
    const std::string badName = test::pickle::stateDict({{"a\nb", {}}});
    expectRefused(storedZip({{"archive/data.pkl", badName}, {"archive/data/0", floats(6)}}), "control character");
}

TEST_F(ZipRows, M38_ProgramsAndOldForms) {
    expectRefused(
        storedZip({{"m/data.pkl", kProgram}, {"m/code/__torch__.py", "def f(): pass"}, {"m/constants.pkl", "."}}),
        "TorchScript");
    expectRefused(kProgram, "before 1.6");
    std::string tar(512, '\0');
    tar.replace(257, 5, "ustar");
    expectRefused(tar, "tar archive");
    // A training checkpoint (.ckpt) has its weights one level down, among other things.
    const std::string nested = test::pickle::kProto + "}" + test::pickle::text("epoch") + "K\1s.";
    expectRefused(storedZip({{"archive/data.pkl", nested}}), "more than weights");
}

} // namespace
} // namespace s1::weights
