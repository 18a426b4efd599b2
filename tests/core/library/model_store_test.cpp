#include "engine/model_registry.h"
#include "library/catalogue.h"
#include "library/find_parts.h"

#include "base/files.h"
#include "support/published_set.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace s1::library {
namespace {

namespace fs = std::filesystem;
using test::writePart;
using test::writePublishedSet;
using testing::HasSubstr;

class StoreTest : public testing::Test {
protected:
    Result<void> add(const fs::path& from, const std::string& name = "show-1") {
        S1_TRY(const auto parts, findParts(from));
        return store.update([&](std::vector<RegisteredModel>& models) -> Result<void> {
            RegisteredModel* model = findModel(models, name);
            if (!model)
                model = &models.emplace_back(RegisteredModel{name});
            for (const auto& part : parts)
                model->put(part);
            return {};
        });
    }

    test::TemporaryFolder folder;
    ModelStore store{folder / "data"};
};

TEST_F(StoreTest, ClonesBesideEachOtherAreToldApartByContent) {
    writePublishedSet(folder / "set", [](std::string_view name) { return fmt::format("copy of {}", name); });
    const auto parts = findParts(folder / "set");
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->size(), repositories().size());
    for (std::size_t i = 0; i < parts->size(); ++i) {
        EXPECT_EQ((*parts)[i].repository, repositories()[i].id);
        EXPECT_EQ((*parts)[i].folder, folder / "set" / fmt::format("copy of {}", repositories()[i].name()));
        EXPECT_THAT((*parts)[i].missing, testing::IsEmpty());
    }
}

TEST_F(StoreTest, OneRepositoryAloneIsFoundToo) {
    writePart(*findRepository("show-1-sr1"), folder / "downloads");
    const auto parts = findParts(folder / "downloads/");
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->size(), 1u);
    EXPECT_EQ((*parts)[0].repository, "showlab/show-1-sr1");
    EXPECT_EQ((*parts)[0].folder, folder / "downloads");
}

TEST_F(StoreTest, OfTwoOfAKindTheOneWithThePublishedNameCounts) {
    writePart(*findRepository("show-1-base"), folder / "a-show-1-base-0.0");
    writePart(*findRepository("show-1-base"), folder / "show-1-base");
    EXPECT_EQ(findParts(folder.path()).value()[0].folder, folder / "show-1-base");
}

TEST_F(StoreTest, InAHubCacheTheSnapshotOfMainCountsAndBlobsNameTheirHash) {
    const fs::path repository = folder / "hub/models--showlab--show-1-sr1";
    const std::string main(40, 'a'), other(40, 'b'), hash(64, 'c');
    writePart(*findRepository("show-1-sr1"), repository / "snapshots" / main);
    writePart(*findRepository("show-1-sr1"), repository / "snapshots" / other);
    fs::create_directories(repository / "refs");
    fs::create_directories(repository / "blobs");
    ASSERT_TRUE(writeFileAtomically(repository / "refs/main", main));
    const fs::path weights = repository / "snapshots" / main / "unet/diffusion_pytorch_model.safetensors";
    fs::rename(weights, repository / "blobs" / hash);
    fs::create_symlink("../../../blobs/" + hash, weights);
    const auto parts = findParts(folder / "hub");
    ASSERT_TRUE(parts);
    EXPECT_EQ((*parts)[0].folder, repository / "snapshots" / main);
    EXPECT_EQ((*parts)[0].files.back().hash, hash);
}

TEST_F(StoreTest, ALinkOutOfItsRepositoryIsRefused) {
    writePart(*findRepository("show-1-sr1"), folder / "set/sr1");
    ASSERT_TRUE(writeFileAtomically(folder / "secret", "secret"));
    const fs::path weights = folder / "set/sr1/unet/diffusion_pytorch_model.safetensors";
    fs::remove(weights);
    fs::create_symlink(folder / "secret", weights);
    const auto parts = findParts(folder / "set");
    ASSERT_FALSE(parts);
    EXPECT_EQ(parts.error().code, ErrorCode::Corrupt);
}

TEST_F(StoreTest, NothingToAddIsSaid) {
    EXPECT_EQ(findParts(folder / "none").error().code, ErrorCode::NotFound);
    ASSERT_TRUE(writeFileAtomically(folder / "model_index.json", R"({"_class_name": "StableDiffusionPipeline"})"));
    EXPECT_EQ(findParts(folder.path()).error().code, ErrorCode::NotFound);
}

TEST_F(StoreTest, WeightsAreFoundUnderEveryNameTheLoaderTakes) {
    const Repository& base = *findRepository("show-1-base");
    const std::set<std::string> shards{"text_encoder/pytorch_model.bin.index.json",
                                       "text_encoder/pytorch_model-00001-of-00002.bin",
                                       "text_encoder/pytorch_model-00002-of-00002.bin",
                                       "unet/diffusion_pytorch_model.fp16.bin", "unet/diffusion_pytorch_model.bin"};
    const auto loaded = chooseFiles(base, shards, WeightOrder::AsLoaded).files;
    EXPECT_THAT(loaded, testing::Contains("text_encoder/pytorch_model-00002-of-00002.bin"));
    EXPECT_THAT(loaded, testing::Contains("unet/diffusion_pytorch_model.bin"));
    EXPECT_THAT(chooseFiles(base, shards, WeightOrder::Smallest).files,
                testing::Contains("unet/diffusion_pytorch_model.fp16.bin"));
    std::set<std::string> fewer = shards;
    fewer.erase("text_encoder/pytorch_model-00001-of-00002.bin");
    EXPECT_THAT(chooseFiles(base, fewer, WeightOrder::AsLoaded).missing,
                testing::Contains("text_encoder/model.safetensors"));
}

TEST_F(StoreTest, PartsFromSeveralPlacesMakeOneModelThatResolves) {
    writePart(*findRepository("show-1-base"), folder / "one/base");
    writePart(*findRepository("show-1-sr2"), folder / "other/sr2");
    ASSERT_TRUE(add(folder / "one"));
    ASSERT_TRUE(add(folder / "other"));
    const ModelRegistry registry(folder / "resources", folder / "data");
    const auto models = registry.models();
    ASSERT_EQ(models.size(), 2u);
    EXPECT_EQ(models[1].name, "show-1");
    EXPECT_FALSE(models[1].complete);
    EXPECT_THAT(models[1].missing, testing::ElementsAre("show-1-interpolation", "IF-II-L-v1.0", "show-1-sr1"));
    const auto resolved = registry.resolve("show-1");
    ASSERT_TRUE(resolved);
    EXPECT_TRUE(fs::exists(*resolved / "show-1-base/model_index.json"));
    EXPECT_TRUE(fs::exists(*resolved / "show-1-sr2/vae/config.json"));
    EXPECT_EQ(registry.kindOf("show-1"), ModelKind::Published);
    EXPECT_EQ(registry.resolve("show-2").error().code, ErrorCode::NotFound);
}

TEST_F(StoreTest, AFileThatGoesIsMissingAndAFolderThatGoesIsAllOfIt) {
    writePublishedSet(folder / "set");
    ASSERT_TRUE(add(folder / "set"));
    const ModelRegistry registry(folder / "resources", folder / "data");
    EXPECT_TRUE(registry.models()[1].complete);
    fs::remove(folder / "set/show-1-sr2/vae/config.json");
    EXPECT_THAT(registry.models()[1].missing, testing::ElementsAre("show-1-sr2/vae/config.json"));
    fs::remove_all(folder / "set");
    EXPECT_GT(registry.models()[1].missing.size(), 20u);
}

TEST_F(StoreTest, ADamagedListIsAnErrorAndStaysAsItIs) {
    fs::create_directories(folder / "data");
    const std::string head = R"({"schema": "show1.models/1", "models": [)";
    const std::string leadsOut = R"({"name": "a", "parts": [{"repository": "showlab/show-1-sr1", "folder": "/x",)"
                                 R"("missing": [], "files": [{"path": "../y", "size": 1}]}]}]})";
    for (const std::string& text :
         {std::string("{"), std::string("[]"), std::string(R"({"schema": "show1.models/9", "models": []})"),
          head + R"({"name": "../../etc", "parts": []}]})", head + leadsOut}) {
        ASSERT_TRUE(writeFileAtomically(folder / "data/models.json", text));
        const auto models = store.load();
        ASSERT_FALSE(models) << text;
        EXPECT_EQ(models.error().code, ErrorCode::Corrupt);
        EXPECT_FALSE(store.update([](auto&) -> Result<void> { return {}; }));
        EXPECT_EQ(readFile(folder / "data/models.json").value(), text);
        EXPECT_EQ(ModelRegistry(folder / "resources", folder / "data").models().size(), 1u);
    }
}

TEST_F(StoreTest, NamesLeadNowhereElse) {
    EXPECT_TRUE(isModelName("show-1"));
    for (const char* name : {"", ".", "..", "a/b", "-x", "toyland", "a b", ".hidden"})
        EXPECT_FALSE(isModelName(name)) << name;
}

} // namespace
} // namespace s1::library
