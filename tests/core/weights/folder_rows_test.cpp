#include "weights/load.h"

#include "base/files.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <future>

#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

// Rows M20, M25, M26, M28 to M30 and M37 of reliability.md 3.1: what lies in a component folder, and where it leads.
namespace s1::weights {
namespace {

namespace fs = std::filesystem;

// Tells whether anything opened a file.
class OpenWatch {
public:
    explicit OpenWatch(const fs::path& file) : m_descriptor(inotify_init1(IN_NONBLOCK)) {
        EXPECT_GE(inotify_add_watch(m_descriptor, file.c_str(), IN_OPEN), 0);
    }
    ~OpenWatch() { ::close(m_descriptor); }
    bool opened() const {
        char event[4096];
        return ::read(m_descriptor, event, sizeof event) > 0;
    }

private:
    int m_descriptor;
};

class FolderRows : public testing::Test {
protected:
    void SetUp() override { fs::create_directories(m_unet); }
    static TensorMap one() { return {{"x", at::ones({2})}}; }
    static void putTensors(const fs::path& path, const TensorMap& tensors = one()) {
        ASSERT_TRUE(writeSafetensors(path, tensors));
    }
    void put(const std::string& name, const std::string& bytes) {
        ASSERT_TRUE(writeFileAtomically(m_unet / name, bytes));
    }
    void index(const std::string& map) { put("model.safetensors.index.json", "{\"weight_map\": {" + map + "}}"); }

    // Refused without blocking, naming the words.
    void expectRefused(const std::string& words, std::optional<ErrorCode> code = {}) {
        auto opening = std::async(std::launch::async, [&] { return openComponentWeights(m_unet); });
        ASSERT_EQ(opening.wait_for(std::chrono::seconds(20)), std::future_status::ready) << "blocked";
        const auto file = opening.get();
        ASSERT_FALSE(file) << words;
        EXPECT_NE(file.error().message.find(words), std::string::npos) << file.error().message;
        if (code) {
            EXPECT_EQ(file.error().code, *code);
        }
    }

    test::TemporaryFolder m_folder;
    fs::path m_unet = m_folder / "show-1-base/unet";
    fs::path m_file = m_unet / "model.safetensors";
};

TEST_F(FolderRows, M20_ChecklistOfWhatIsThere) {
    expectRefused("is empty", ErrorCode::NotFound);
    put("flax_model.msgpack", "x");
    expectRefused("config.json is missing, weights such as", ErrorCode::NotFound);
    expectRefused("holds flax_model.msgpack");
    put("config.json", "{}");
    expectRefused("config.json is present");
    for (int i = 0; i < 20; ++i)
        put("note" + std::to_string(i), "x");
    expectRefused("and 14 more");
    const auto noFolder = openComponentWeights(m_folder / "none");
    ASSERT_FALSE(noFolder);
    EXPECT_EQ(noFolder.error().code, ErrorCode::NotFound);
    fs::remove(m_unet / "config.json");
    putTensors(m_file);
    const auto config = readComponentConfig(m_unet);
    ASSERT_FALSE(config);
    EXPECT_NE(config.error().message.find(
                  "config.json is missing, weights such as diffusion_pytorch_model.safetensors or .bin are present"),
              std::string::npos)
        << config.error().message;
}

TEST_F(FolderRows, M25_ShardsAndTheirIndex) {
    putTensors(m_unet / "model-00001-of-00002.safetensors", {{"a", at::ones({2})}});
    index(R"("a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors")");
    expectRefused("model-00002-of-00002.safetensors", ErrorCode::NotFound);
    putTensors(m_unet / "model-00002-of-00002.safetensors", {{"c", at::ones({2})}});
    expectRefused("promises b in model-00002-of-00002.safetensors", ErrorCode::Corrupt);
    putTensors(m_unet / "model-00002-of-00002.safetensors", {{"b", at::ones({2})}, {"a", at::ones({2})}});
    expectRefused("model-00002-of-00002.safetensors holds it too", ErrorCode::Corrupt);
    putTensors(m_unet / "model-00002-of-00002.safetensors", {{"b", at::ones({2})}});
    EXPECT_TRUE(openComponentWeights(m_unet));
    index(R"("a": "model-00001-of-00002.safetensors")");
    expectRefused("does not name the shard model-00002-of-00002.safetensors", ErrorCode::Corrupt);
    index(R"("a": "model-00001-of-00002.safetensors", "a": "model-00002-of-00002.safetensors")");
    expectRefused("\"a\" twice", ErrorCode::Corrupt);
}

TEST_F(FolderRows, M26_ShardNamesThatLeadOutAreNotOpened) {
    const fs::path outside = m_folder / "outside.safetensors", sub = m_unet / "sub";
    fs::create_directories(sub);
    putTensors(outside);
    putTensors(sub / "x.safetensors");
    const OpenWatch watch(outside), inner(sub / "x.safetensors");
    for (const std::string& name :
         {std::string("../../outside.safetensors"), outside.string(), std::string("../../../../../../etc/passwd"),
          std::string("C:\\\\x"), std::string("C:x"), std::string("\\\\\\\\server\\\\x"), std::string("a\\u0000b"),
          std::string("sub/../../../outside.safetensors"), std::string("sub/x.safetensors"), std::string(5000, 'n'),
          std::string("."), std::string(".."), std::string()}) {
        SCOPED_TRACE(name.substr(0, 60));
        index("\"x\": \"" + name + "\"");
        expectRefused("outside the model folder", ErrorCode::Corrupt);
    }
    EXPECT_FALSE(watch.opened() || inner.opened());
}

TEST_F(FolderRows, M28_LinksThatLeadOut) {
    const auto link = [&](const fs::path& target) {
        fs::remove(m_file);
        fs::create_symlink(target, m_file);
    };
    const fs::path outside = m_folder / "outside.safetensors";
    putTensors(outside);
    const OpenWatch watch(outside);
    link(outside);
    expectRefused("outside the model folder", ErrorCode::Corrupt);
    link("../../outside.safetensors");
    expectRefused("outside the model folder", ErrorCode::Corrupt);
    EXPECT_FALSE(watch.opened());
    link("model.safetensors");
    expectRefused("leads nowhere", ErrorCode::NotFound);
    link("nothing.safetensors");
    expectRefused("leads nowhere", ErrorCode::NotFound);
    link("/dev/zero");
    expectRefused("outside the model folder", ErrorCode::Corrupt);
    link(".");
    expectRefused("a folder", ErrorCode::InvalidArgument);
    ASSERT_EQ(mkfifo((m_unet / "pipe").c_str(), 0600), 0);
    link("pipe");
    expectRefused("not a file", ErrorCode::InvalidArgument);
    putTensors(m_unet / "real.safetensors");
    link("real.safetensors");
    EXPECT_TRUE(openComponentWeights(m_unet));
    // The config is looked at in the same way.
    fs::create_symlink("/dev/zero", m_unet / "config.json");
    const auto config = readComponentConfig(m_unet);
    ASSERT_FALSE(config);
    EXPECT_NE(config.error().message.find("outside the model folder"), std::string::npos) << config.error().message;
}

TEST_F(FolderRows, M28_LinksOfTheHubCacheAreFollowed) {
    const fs::path cache = m_folder / "models--showlab--show-1-base", unet = cache / "snapshots/0123abcd/unet";
    fs::create_directories(unet);
    fs::create_directories(cache / "blobs");
    putTensors(cache / "blobs/9f86d081");
    fs::create_symlink("../../../blobs/9f86d081", unet / "model.safetensors");
    const auto file = openComponentWeights(unet);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_TRUE((*file)->read("x"));
    putTensors(m_folder / "other");
    fs::create_symlink("../../../../other", unet / "diffusion_pytorch_model.safetensors");
    const auto refused = openComponentWeights(unet);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("outside the model folder"), std::string::npos);
}

TEST_F(FolderRows, M29_FolderPipeSocketAndDevice) {
    fs::create_directory(m_file);
    expectRefused("a folder", ErrorCode::InvalidArgument);
    fs::remove(m_file);
    ASSERT_EQ(mkfifo(m_file.c_str(), 0600), 0);
    expectRefused("not a file", ErrorCode::InvalidArgument);
    fs::remove(m_file);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{.sun_family = AF_UNIX};
    m_file.string().copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    expectRefused("not a file", ErrorCode::InvalidArgument);
    ::close(socket);
    const auto device = openTensorFile("/dev/zero");
    ASSERT_FALSE(device);
    EXPECT_EQ(device.error().code, ErrorCode::InvalidArgument);
    ASSERT_EQ(mkfifo((m_unet / "config.json").c_str(), 0600), 0);
    const auto config = readComponentConfig(m_unet);
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().code, ErrorCode::InvalidArgument);
}

TEST_F(FolderRows, M30_PermissionsAreNamed) {
    putTensors(m_file);
    fs::permissions(m_folder.path(), fs::perms::all);
    const auto asNobody = [&](const std::string& words) {
        const bool root = geteuid() == 0; // who may read everything
        ASSERT_TRUE(!root || seteuid(65534) == 0);
        const auto file = openComponentWeights(m_unet);
        ASSERT_TRUE(!root || seteuid(0) == 0);
        ASSERT_FALSE(file);
        EXPECT_EQ(file.error().code, ErrorCode::Io);
        EXPECT_NE(file.error().message.find("Permission denied"), std::string::npos) << file.error().message;
        EXPECT_NE(file.error().message.find(words), std::string::npos) << file.error().message;
    };
    fs::permissions(m_file, fs::perms::none);
    asNobody(m_file.string());
    fs::permissions(m_unet, fs::perms::owner_all | fs::perms::others_read); // may be listed, not entered
    if (geteuid() != 0)
        fs::permissions(m_unet, fs::perms::owner_read);
    asNobody(m_unet.string());
    fs::permissions(m_unet, fs::perms::none);
    asNobody(m_unet.string());
    fs::permissions(m_unet, fs::perms::all);
}

TEST_F(FolderRows, M37_ContentDecidesAndForeignFilesAreNamed) {
    putTensors(m_unet / "model.bin");
    EXPECT_TRUE(openComponentWeights(m_unet)) << "safetensors called .bin";
    const auto expect = [&](const std::string& bytes, const std::string& words) {
        put("model.safetensors", bytes);
        expectRefused(words);
    };
    expect("<!DOCTYPE html><html><title>Log in to download</title></html>", "web page");
    expect("\n  <html lang=\"en\">", "web page");
    expect("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "Git LFS pointer");
    expect(std::string("GGUF\3\0\0\0\0\0\0\0", 12), "GGUF");
    expect(std::string("\x08\x07\x12\x07pytorch", 11), "ONNX");
    expect("\x89HDF\r\n\x1a\n0000", "HDF5");
    expect("\x80\x02}q\x01.", "before 1.6");
    expect("PK\3\4 and no archive", "not a usable archive");
    putTensors(m_unet / "whole.safetensors", {{"x", at::ones({100})}});
    const auto whole = readFile(m_unet / "whole.safetensors");
    ASSERT_TRUE(whole);
    expect(whole->substr(0, whole->size() / 2), "get the file again"); // what a broken download leaves
}

} // namespace
} // namespace s1::weights
