#include "library_test.h"

#include "library/remove.h"
#include "library/verify.h"

#include <gmock/gmock.h>

namespace s1::library {
namespace {

namespace fs = std::filesystem;

TEST_F(LibraryTest, RemoveForgetsAndKeepsTheFiles) {
    ASSERT_TRUE(download());
    ASSERT_TRUE(removeModel(store, "show-1", Files::Keep));
    EXPECT_TRUE(store.load().value().empty());
    EXPECT_FALSE(fs::exists(store.folderOf("show-1")));
    EXPECT_EQ(downloaded(), weights);
}

TEST_F(LibraryTest, RemoveDeletesWhatTheDownloadBrought) {
    ASSERT_TRUE(download());
    const auto removed = removeModel(store, "show-1", Files::Delete);
    ASSERT_TRUE(removed);
    EXPECT_GT(removed->bytes, weights.size());
    EXPECT_FALSE(fs::exists(cached.folder()));
    EXPECT_TRUE(fs::exists(folder / "hub")) << "the cache is everybody's";
}

TEST_F(LibraryTest, RemoveLeavesWhatWasThereBefore) {
    fs::create_directories(cached.folder() / "blobs");
    ASSERT_TRUE(writeFileAtomically(blob(), weights));
    ASSERT_TRUE(writeFileAtomically(cached.folder() / "blobs" / "foreign", "x"));
    ASSERT_TRUE(download());
    ASSERT_TRUE(removeModel(store, "show-1", Files::Delete));
    EXPECT_EQ(downloaded(), weights);
    EXPECT_TRUE(fs::exists(cached.folder() / "blobs" / "foreign"));
    EXPECT_FALSE(fs::exists(cached.blob(server.blobOf("unet/config.json"))));
}

TEST_F(LibraryTest, RemoveLeavesWhatAnotherSnapshotOrModelUses) {
    ASSERT_TRUE(download());
    const fs::path other = snapshot(std::string(40, '3')) / kWeights;
    fs::create_directories(other.parent_path());
    fs::create_symlink("../../../blobs/" + server.blobOf(kWeights), other);
    ASSERT_TRUE(removeModel(store, "show-1", Files::Delete));
    EXPECT_EQ(readFile(other).value(), weights);

    ASSERT_TRUE(download());
    ASSERT_TRUE(store.update([](std::vector<RegisteredModel>& models) -> Result<void> {
        models.push_back(models[0]);
        models.back().name = "second";
        return {};
    }));
    ASSERT_TRUE(removeModel(store, "show-1", Files::Delete));
    EXPECT_EQ(downloaded(), weights);
}

TEST_F(LibraryTest, RemoveDeletesNothingOutsideTheCacheWhateverTheListSays) {
    const fs::path mine = folder / "mine";
    fs::create_directories(mine / "unet");
    ASSERT_TRUE(writeFileAtomically(mine / "unet" / "config.json", "{}"));
    ASSERT_TRUE(store.update([&](std::vector<RegisteredModel>& models) -> Result<void> {
        models.push_back({"show-1", {}, {{kId, mine, {{"unet/config.json", 2, std::string(40, 'a'), true}}, {}}}});
        return {};
    }));
    ASSERT_TRUE(removeModel(store, "show-1", Files::Delete));
    EXPECT_TRUE(fs::exists(mine / "unet" / "config.json"));
}

TEST_F(LibraryTest, VerifyNamesEachBadFile) {
    ASSERT_TRUE(download());
    const auto ofThisPart = [&] {
        auto bad = verifyModel(model(), {}, {}).value();
        std::erase_if(bad, [](const BadFile& file) { return !file.file.starts_with("show-1-interpolation/"); });
        return bad;
    };
    EXPECT_TRUE(ofThisPart().empty());

    std::string changed = weights;
    changed[weights.size() / 2] ^= 1;
    ASSERT_TRUE(writeFileAtomically(blob(), changed));
    ASSERT_TRUE(writeFileAtomically(cached.blob(server.blobOf("unet/config.json")), "short"));
    fs::remove(snapshot() / "model_index.json");
    const auto bad = ofThisPart();
    ASSERT_EQ(bad.size(), 3u);
    EXPECT_EQ(bad[0].file, "show-1-interpolation/model_index.json");
    EXPECT_TRUE(bad[0].isMissing);
    EXPECT_EQ(bad[1].file, "show-1-interpolation/unet/config.json");
    EXPECT_THAT(bad[1].why, testing::HasSubstr("5 bytes"));
    EXPECT_EQ(bad[2].file, std::string("show-1-interpolation/") + kWeights);
    EXPECT_THAT(bad[2].why, testing::HasSubstr("hash"));

    ASSERT_TRUE(download()) << "and the next download repairs them";
    EXPECT_TRUE(ofThisPart().empty());
}

TEST_F(LibraryTest, VerifyCanBeCancelled) {
    ASSERT_TRUE(download());
    std::stop_source stop;
    stop.request_stop();
    const auto bad = verifyModel(model(), {}, stop.get_token());
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().code, ErrorCode::Cancelled);
}

} // namespace
} // namespace s1::library
