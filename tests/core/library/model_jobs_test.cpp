#include "engine/model_jobs.h"

#include "base/files.h"
#include "support/environment_variable.h"
#include "support/published_set.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

namespace s1 {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ModelJobs : public testing::Test {
protected:
    Result<Succeeded> run(const JobRequest& request, std::stop_token stop = {}) {
        EXPECT_TRUE(isModelJob(request));
        return runModelJob(
            request, registry, [this](const JobEvent& event) { events.push_back(event); }, stop);
    }
    ModelInfo published() { return run(ListModelsRequest{}).value().models.at(1); }

    test::TemporaryFolder folder;
    test::EnvironmentVariable cache{"HF_HUB_CACHE", (folder / "hub").c_str()};
    ModelRegistry registry{folder / "resources", folder / "data"};
    std::vector<JobEvent> events;
};

TEST_F(ModelJobs, ThePublishedSetIsListedBeforeAnybodyHasIt) {
    const ModelInfo model = published();
    EXPECT_EQ(model.name, "show-1");
    EXPECT_FALSE(model.registered);
    EXPECT_FALSE(model.complete);
    ASSERT_EQ(model.parts.size(), 5u);
    for (const ModelPartInfo& part : model.parts) {
        EXPECT_TRUE(part.folder.empty());
        EXPECT_FALSE(part.licence.empty());
    }
    EXPECT_EQ(registry.models().size(), 1u) << "the command line lists what there is";
}

TEST_F(ModelJobs, AddedPartsAreTherePieceByPiece) {
    test::writePart(*library::findRepository("show-1-base"), folder / "one/base");
    const auto added = run(AddModelRequest{folder / "one"});
    ASSERT_TRUE(added);
    EXPECT_EQ(added->model, "show-1");
    ModelInfo model = added->models.at(1);
    EXPECT_TRUE(model.registered);
    EXPECT_EQ(model.parts.at(0).folder, folder / "one/base");
    EXPECT_GT(model.parts[0].bytes, 0u);
    EXPECT_TRUE(model.parts[1].folder.empty());
    EXPECT_THAT(model.missing, ElementsAre("show-1-interpolation", "IF-II-L-v1.0", "show-1-sr1", "show-1-sr2"));
    test::writePublishedSet(folder / "rest");
    fs::remove_all(folder / "rest/show-1-base");
    model = run(AddModelRequest{folder / "rest"}).value().models.at(1);
    EXPECT_TRUE(model.complete);
    EXPECT_EQ(model.parts[0].folder, folder / "one/base");
}

TEST_F(ModelJobs, AFileThatWentIsMissingFromItsPart) {
    test::writePublishedSet(folder / "set");
    ASSERT_TRUE(run(AddModelRequest{folder / "set"}));
    const std::uint64_t whole = published().parts.at(4).bytes;
    fs::remove(folder / "set/show-1-sr2/vae/config.json");
    const ModelPartInfo part = published().parts.at(4);
    EXPECT_THAT(part.missing, ElementsAre("vae/config.json"));
    EXPECT_LT(part.bytes, whole);
    EXPECT_THAT(published().parts.at(0).missing, IsEmpty());
}

TEST_F(ModelJobs, AModelLikeTheEmbeddedOneHasNoFirstFramePart) {
    test::writePublishedSet(folder / "mine");
    fs::remove_all(folder / "mine/IF-II-L-v1.0");
    ASSERT_TRUE(writeFileAtomically(folder / "mine" / kEmbeddedMarker, "{}"));
    const auto added = run(AddModelRequest{folder / "mine"});
    ASSERT_TRUE(added);
    EXPECT_EQ(added->model, "mine");
    ASSERT_EQ(added->models.size(), 3u); // the embedded one, the published set, this
    EXPECT_EQ(added->models[2].kind, ModelKind::Embedded);
    EXPECT_TRUE(added->models[2].complete);
    EXPECT_EQ(added->models[2].parts.size(), 4u);
}

TEST_F(ModelJobs, NoFolderMeansTheHubsCache) {
    EXPECT_EQ(run(AddModelRequest{}).error().code, ErrorCode::NotFound);
    test::writePublishedSet(folder / "hub");
    EXPECT_TRUE(run(AddModelRequest{}).value().models.at(1).complete);
}

TEST_F(ModelJobs, WhatCannotBeAddedChangesNothing) {
    fs::create_directories(folder / "empty");
    const auto empty = run(AddModelRequest{folder / "empty"});
    ASSERT_FALSE(empty);
    EXPECT_EQ(empty.error().code, ErrorCode::NotFound);
    EXPECT_THAT(empty.error().message, HasSubstr("none of the published repositories"));
    EXPECT_FALSE(run(AddModelRequest{folder / "nowhere"}));
    EXPECT_FALSE(published().registered);
}

TEST_F(ModelJobs, AFolderThatCannotBeReadIsSaidToBeThat) {
    test::writePublishedSet(folder / "closed");
    fs::permissions(folder.path(), fs::perms::all);
    fs::permissions(folder / "closed", fs::perms::none);
    const uid_t user = geteuid();
    if (user == 0) { // nothing is closed to root
        ASSERT_EQ(seteuid(65534), 0);
    }
    const auto closed = run(AddModelRequest{folder / "closed"});
    if (user == 0) {
        ASSERT_EQ(seteuid(0), 0);
    }
    fs::permissions(folder / "closed", fs::perms::owner_all);
    ASSERT_FALSE(closed);
    EXPECT_EQ(closed.error().code, ErrorCode::Io);
    EXPECT_THAT(closed.error().message, HasSubstr("permissions"));
}

TEST_F(ModelJobs, VerifyingNamesWhatIsWrongAndSaysHowFarItIs) {
    const std::string main(40, 'a');
    const fs::path repository = folder / "hub/models--showlab--show-1-sr1";
    test::writePart(*library::findRepository("show-1-sr1"), repository / "snapshots" / main);
    const std::string hash = "0000000000000000000000000000000000000000000000000000000000000000";
    fs::create_directories(repository / "blobs");
    const fs::path weights = repository / "snapshots" / main / "unet/diffusion_pytorch_model.safetensors";
    fs::rename(weights, repository / "blobs" / hash);
    fs::create_symlink("../../../blobs/" + hash, weights);
    ASSERT_TRUE(run(AddModelRequest{}));
    const auto done = run(VerifyModelRequest{"show-1"});
    ASSERT_TRUE(done) << done.error().message;
    ASSERT_EQ(done->faults.size(), 5u); // four parts and the weights
    EXPECT_EQ(done->faults[0].file, "show-1-base");
    EXPECT_EQ(done->faults[4].file, "show-1-sr1/unet/diffusion_pytorch_model.safetensors");
    EXPECT_THAT(done->faults[4].why, HasSubstr("another hash"));
    ASSERT_FALSE(events.empty());
    const auto& progress = std::get<VerifyProgress>(events.back());
    EXPECT_EQ(progress.size, std::string("weights").size());
    EXPECT_LE(progress.bytes, progress.size);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(run(VerifyModelRequest{"show-1"}, stop.get_token()).error().code, ErrorCode::Cancelled);
    EXPECT_EQ(run(VerifyModelRequest{"show-2"}).error().code, ErrorCode::NotFound);
}

TEST_F(ModelJobs, AForgottenModelLeavesItsFiles) {
    test::writePublishedSet(folder / "set");
    ASSERT_TRUE(run(AddModelRequest{folder / "set"}));
    const auto removed = run(RemoveModelRequest{"show-1"});
    ASSERT_TRUE(removed);
    EXPECT_FALSE(removed->models.at(1).registered);
    EXPECT_TRUE(fs::exists(folder / "set/show-1-base/unet/config.json"));
    EXPECT_EQ(run(RemoveModelRequest{"show-1"}).error().code, ErrorCode::NotFound);
}

TEST_F(ModelJobs, ADamagedListIsSaid) {
    fs::create_directories(folder / "data");
    ASSERT_TRUE(writeFileAtomically(folder / "data/models.json", "{"));
    EXPECT_EQ(run(ListModelsRequest{}).error().code, ErrorCode::Corrupt);
}

} // namespace
} // namespace s1
