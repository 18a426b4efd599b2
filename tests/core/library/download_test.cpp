#include "library_test.h"

#include "library/file_lock.h"

#include <gmock/gmock.h>

#include <atomic>

namespace s1::library {
namespace {

namespace fs = std::filesystem;
using test::HubReply;
using test::HubRequest;
using testing::HasSubstr;

// Meddles with the answers for the weights only, the first `times` of them.
test::HubServer::Meddle firstOnes(int times, std::function<void(HubReply&)> change) {
    return [left = times, change](const HubRequest& request, HubReply& reply) mutable {
        if (request.isFor("unet/diffusion_pytorch_model.bin") && left-- > 0)
            change(reply);
    };
}

TEST_F(LibraryTest, ARepositoryComesInTheLayoutThatAllClientsShare) {
    ASSERT_TRUE(download());
    EXPECT_EQ(downloaded(), weights);
    EXPECT_TRUE(fs::is_symlink(snapshot() / kWeights));
    EXPECT_EQ(fs::read_symlink(snapshot() / kWeights), fs::path("../../../blobs") / test::hexDigest("SHA256", weights));
    EXPECT_EQ(readFile(cached.folder() / "refs/main").value(), test::HubServer::kCommit);
    EXPECT_TRUE(fs::exists(folder / "hub/CACHEDIR.TAG"));
    EXPECT_FALSE(fs::exists(partial()));
    EXPECT_FALSE(fs::exists(snapshot() / "text_encoder")) << "nothing that the cascade does not read";
    EXPECT_THAT(missingFiles(model()), testing::Not(testing::Contains(HasSubstr("show-1-interpolation"))));
    EXPECT_TRUE(fs::exists(store.folderOf("show-1") / "show-1-interpolation" / kWeights));
}

TEST_F(LibraryTest, ProgressRisesToTheEnd) {
    std::uint64_t last = 0, size = 0;
    ASSERT_TRUE(download({}, [&](const DownloadState& state) {
        EXPECT_GE(state.bytes, last);
        last = state.bytes;
        size = state.size;
    }));
    EXPECT_EQ(last, size);
    EXPECT_GT(size, weights.size());
}

TEST_F(LibraryTest, ASecondDownloadTransfersNoFile) {
    ASSERT_TRUE(download());
    ASSERT_TRUE(download());
    EXPECT_EQ(server.requestsFor(kWeights).size(), 1u);
}

TEST_F(LibraryTest, FilesOfAnotherProgramAreSharedNotFetched) {
    fs::create_directories(cached.folder() / "blobs");
    ASSERT_TRUE(writeFileAtomically(blob(), weights));
    ASSERT_TRUE(download());
    EXPECT_TRUE(server.requestsFor(kWeights).empty());
    EXPECT_EQ(downloaded(), weights);
}

TEST_F(LibraryTest, ABlobWithOtherBytesThanItsNameSaysIsReplaced) {
    fs::create_directories(cached.folder() / "blobs");
    ASSERT_TRUE(writeFileAtomically(blob(), noise(weights.size(), 9)));
    ASSERT_TRUE(download());
    EXPECT_EQ(downloaded(), weights);
}

TEST_F(LibraryTest, CancelledItKeepsThePartAndGoesOnFromThere) {
    server.meddle(firstOnes(1, [](HubReply& reply) { reply.stallAfter = 100'000; }));
    std::stop_source stop;
    std::jthread other([&] {
        server.waitUntilStalled();
        while (!fs::exists(partial()) || fs::file_size(partial()) < 100'000)
            std::this_thread::yield();
        stop.request_stop();
    });
    const auto cancelled = download(stop.get_token());
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(fs::file_size(partial()), 100'000u);
    EXPECT_FALSE(fs::exists(snapshot() / kWeights)) << "half there is not there";
    EXPECT_THAT(missingFiles(model()), testing::Contains("show-1-interpolation/unet/diffusion_pytorch_model.bin"));

    ASSERT_TRUE(download());
    EXPECT_EQ(downloaded(), weights);
    const HubRequest second = server.requestsFor(kWeights).at(1);
    EXPECT_EQ(second.header("range"), "bytes=100000-");
    EXPECT_EQ(second.header("if-range"), "\"" + server.blobOf(kWeights) + "\"");
}

TEST_F(LibraryTest, ALineThatBreaksInMidBodyIsPickedUpThere) {
    server.meddle(firstOnes(2, [](HubReply& reply) { reply.cutAfter = 50'000; }));
    ASSERT_TRUE(download());
    EXPECT_EQ(downloaded(), weights);
    EXPECT_EQ(server.requestsFor(kWeights).at(2).header("range"), "bytes=100000-");
}

TEST_F(LibraryTest, AServerThatIgnoresRangesStartsOver) {
    server.meddle([this, first = true](const HubRequest& request, HubReply& reply) mutable {
        if (!request.isFor(kWeights))
            return;
        reply.status = 200;
        reply.body = weights;
        reply.headers.erase("Content-Range");
        if (std::exchange(first, false))
            reply.cutAfter = 50'000;
    });
    ASSERT_TRUE(download());
    EXPECT_EQ(downloaded(), weights);
}

TEST_F(LibraryTest, AnotherPartThanAskedForIsNotTaken) {
    server.meddle([first = true](const HubRequest& request, HubReply& reply) mutable {
        if (!request.isFor(kWeights))
            return;
        if (std::exchange(first, false))
            reply.cutAfter = 50'000;
        else
            reply.headers["Content-Range"] = "bytes 7-299999/300000";
    });
    const auto failed = download();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::Io);
    EXPECT_THAT(failed.error().message, HasSubstr("bytes 7-299999/300000"));
    server.meddle({});
    ASSERT_TRUE(download());
    EXPECT_EQ(downloaded(), weights);
}

TEST_F(LibraryTest, APartThatTheServerCannotGoOnFromIsDropped) {
    fs::create_directories(cached.folder() / "blobs");
    ASSERT_TRUE(writeFileAtomically(partial(), noise(100, 3)));
    server.meddle(firstOnes(1, [](HubReply& reply) { reply = {416, {{"Content-Range", "bytes */300000"}}, ""}; }));
    ASSERT_TRUE(download());
    EXPECT_EQ(downloaded(), weights);
    EXPECT_EQ(server.requestsFor(kWeights).at(1).header("range"), "");
}

TEST_F(LibraryTest, APartLongerThanTheFileIsDropped) {
    fs::create_directories(cached.folder() / "blobs");
    ASSERT_TRUE(writeFileAtomically(partial(), noise(400'000, 3)));
    ASSERT_TRUE(download());
    EXPECT_EQ(downloaded(), weights);
}

TEST_F(LibraryTest, APartOfAnotherFileCostsOneMoreTransfer) {
    fs::create_directories(cached.folder() / "blobs");
    ASSERT_TRUE(writeFileAtomically(partial(), noise(1000, 3)));
    ASSERT_TRUE(download());
    EXPECT_EQ(downloaded(), weights);
}

TEST_F(LibraryTest, AWrongHashIsRefusedAndNothingStays) {
    server.meddle([](const HubRequest& request, HubReply& reply) {
        if (request.isFor(kWeights))
            reply.body = noise(reply.body.size(), 5);
    });
    const auto failed = download();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::Corrupt);
    EXPECT_THAT(failed.error().message, HasSubstr(server.blobOf(kWeights)));
    EXPECT_FALSE(fs::exists(partial()));
    EXPECT_FALSE(fs::exists(blob()));
    EXPECT_FALSE(fs::exists(snapshot() / kWeights));
}

TEST_F(LibraryTest, APageInPlaceOfTheFileIsRefusedAtOnce) {
    server.meddle([](const HubRequest& request, HubReply& reply) {
        if (request.isFor("unet/config.json"))
            reply = {200, {}, "<html>log in to the guest network</html>"};
    });
    const auto failed = download();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::Corrupt);
    EXPECT_EQ(server.requestsFor("unet/config.json").size(), 1u);
}

TEST_F(LibraryTest, ABusyServerIsAskedAgain) {
    server.meddle([count = 0](const HubRequest&, HubReply& reply) mutable {
        ++count;
        if (count == 1)
            reply = {500, {}, "oh"};
        else if (count == 3)
            reply = {429, {{"Retry-After", "1"}}, "later"};
        else if (count == 5)
            reply = {503, {}, ""};
    });
    ASSERT_TRUE(download());
    EXPECT_EQ(downloaded(), weights);
}

TEST_F(LibraryTest, TriesEndAndTheErrorSaysWhatTheLastOneWas) {
    server.meddle(firstOnes(100, [](HubReply& reply) { reply = {502, {}, ""}; }));
    const auto failed = download();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::Busy);
    EXPECT_THAT(failed.error().message, HasSubstr("HTTP 502"));
    EXPECT_EQ(server.requestsFor(kWeights).size(), 4u);
}

TEST_F(LibraryTest, AServerThatAsksToWaitTooLongIsLeftForLater) {
    server.meddle(firstOnes(1, [](HubReply& reply) { reply = {429, {{"Retry-After", "3600"}}, ""}; }));
    const auto failed = download();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::Busy);
    EXPECT_THAT(failed.error().message, HasSubstr("3600 s"));
}

TEST_F(LibraryTest, ALineThatStallsIsGivenUpAndPickedUp) {
    limits.stall = std::chrono::seconds(1);
    retry.tries = 50; // a machine under load may stall by itself
    server.meddle(firstOnes(1, [](HubReply& reply) { reply.stallAfter = 1000; }));
    ASSERT_TRUE(download());
    EXPECT_EQ(downloaded(), weights);
    EXPECT_EQ(server.requestsFor(kWeights).at(1).header("range"), "bytes=1000-");
}

TEST_F(LibraryTest, NobodyThereIsAnIoError) {
    settings.endpoint = "http://127.0.0.1:1";
    const auto failed = download();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::Io);
}

TEST_F(LibraryTest, OfflineNobodyIsAsked) {
    settings.offline = true;
    const auto failed = download();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::Unsupported);
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(LibraryTest, ADiskTooSmallIsSaidBeforeTheFirstByte) {
    server.lieAboutSize(kWeights, 1ull << 60);
    const auto failed = download();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::CannotCreate);
    EXPECT_THAT(failed.error().message, HasSubstr("GiB more"));
    EXPECT_TRUE(server.requestsFor("model_index.json").empty());
}

TEST_F(LibraryTest, AnInterruptedDownloadKeepsToItsCommit) {
    server.meddle(firstOnes(100, [](HubReply& reply) { reply = {500, {}, ""}; }));
    ASSERT_FALSE(download());
    server.meddle({});
    const std::string next(40, '2');
    server.moveMain(next);
    ASSERT_TRUE(download());
    EXPECT_EQ(downloaded(), weights);
    EXPECT_FALSE(fs::exists(snapshot(next)));
    ASSERT_TRUE(download({}, {}, "main")) << "asked for, it moves on";
    EXPECT_EQ(readFile(snapshot(next) / kWeights).value(), weights);
    EXPECT_EQ(readFile(cached.folder() / "refs/main").value(), next);
}

TEST_F(LibraryTest, WithoutLinksTheFileLiesInTheSnapshot) {
    settings.links = false;
    ASSERT_TRUE(download());
    EXPECT_FALSE(fs::is_symlink(snapshot() / kWeights));
    EXPECT_EQ(downloaded(), weights);
    ASSERT_TRUE(download());
    EXPECT_EQ(server.requestsFor(kWeights).size(), 1u);
}

TEST_F(LibraryTest, AFileThatAnotherProgramDownloadsIsLeftToIt) {
    const auto lock = FileLock::take(cached.lockOf(server.blobOf(kWeights)), FileLock::Wait::No);
    ASSERT_TRUE(lock);
    const auto failed = download();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::Busy);
}

TEST_F(LibraryTest, ARevisionWithAWayOutIsRefused) {
    const auto failed = download({}, {}, "../../other");
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::InvalidArgument);
}

} // namespace
} // namespace s1::library
