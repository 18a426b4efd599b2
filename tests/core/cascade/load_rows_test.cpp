#include "cascade/cascade.h"

#include "base/notice.h"
#include "base/stop.h"
#include "support/peak_memory.h"
#include "support/slow_disk.h"
#include "support/temporary_folder.h"
#include "tiny_networks.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

// Rows M46 and M48 of reliability.md 3.1: many loads at once, and disks that do not answer.
namespace s1::cascade {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class LoadRows : public testing::Test {
protected:
    void putBase(std::int64_t width) {
        tiny::put(m_folder / "base/model_index.json", R"({"_class_name": "TextToVideoIFPipeline"})");
        tiny::putUNet(m_folder / "base/unet", tiny::unetConfig(3, 16, width));
    }
    ModelSet open() { return *ModelSet::open(m_folder.path()); }

    test::TemporaryFolder m_folder;
};

TEST_F(LoadRows, M46_SixteenLoadsAtOnceShareOneCopy) {
    putBase(160);
    const auto peakOf = [&](int threads) {
        ModelSet set = open();
        const test::SlowDisk disk(-1);
        const test::PeakMemory memory;
        std::vector<std::shared_ptr<nn::UNet>> networks(threads);
        std::vector<std::thread> loads;
        for (auto& network : networks)
            loads.emplace_back([&] { network = *set.unet(Part::Base); });
        for (auto& load : loads)
            load.join();
        for (const auto& network : networks)
            EXPECT_EQ(network, networks[0]);
        return std::pair(memory.growth(), disk.reads());
    };
    const auto [one, reads] = peakOf(1);
    const auto [many, readsOfMany] = peakOf(16);
    EXPECT_GT(one, 16 << 20);
    EXPECT_LT(static_cast<double>(many), 1.1 * static_cast<double>(one) + (2 << 20)); // stacks of the threads
    EXPECT_EQ(readsOfMany, reads);
}

TEST_F(LoadRows, ACopyGoesWithItsLastUser) {
    putBase(16);
    ModelSet set = open();
    std::weak_ptr<nn::UNet> seen;
    {
        const auto first = *set.unet(Part::Base);
        EXPECT_EQ(first, *set.unet(Part::Base));
        seen = first;
    }
    EXPECT_TRUE(seen.expired());
    set.keepLoaded(true);
    seen = *set.unet(Part::Base);
    EXPECT_FALSE(seen.expired());
}

TEST_F(LoadRows, NoticesAboutAFileComeOnce) {
    putBase(16);
    nlohmann::json config = tiny::unetConfig(3, 16);
    config["shiny"] = true;
    tiny::putUNet(m_folder / "base/unet", config);
    std::vector<std::string> heard;
    const NoticeScope scope([&](const std::string& sentence) { heard.push_back(sentence); });
    ModelSet set = open();
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(set.unet(Part::Base));
    ASSERT_EQ(heard.size(), 1u);
    EXPECT_NE(heard[0].find("\"shiny\""), std::string::npos) << heard[0];
    EXPECT_TRUE(open().unet(Part::Base));
    EXPECT_EQ(heard.size(), 2u);
}

// How long a run of the embedded model takes to end after its stop, which comes when the disk waits.
std::chrono::milliseconds cancelled(test::SlowDisk& disk, const std::function<bool()>& ready) {
    std::stop_source stop;
    auto run = std::async(std::launch::async, [token = stop.get_token()] {
        const StopScope scope(token);
        auto models = ModelSet::open(fs::path(S1_SOURCE_DIR) / "resources/models/toyland");
        if (!models)
            return models.error().code;
        CascadeJob job{.prompt = "a red ball", .plan = makePlan(Preset::Draft, ModelKind::Embedded)};
        const auto result = runCascade(*models, job, nullptr, {.stop = token});
        return result ? ErrorCode::Internal : result.error().code;
    });
    while (!ready() && run.wait_for(1ms) != std::future_status::ready) {}
    const auto start = std::chrono::steady_clock::now();
    stop.request_stop();
    EXPECT_EQ(run.get(), ErrorCode::Cancelled);
    const auto took = std::chrono::steady_clock::now() - start;
    disk.letGo();
    return std::chrono::duration_cast<std::chrono::milliseconds>(took);
}

TEST_F(LoadRows, M48_ADiskThatDoesNotAnswer) {
    // The index, the tokenizer, the text encoder, the scheduler, the network: whichever file it is.
    for (const int reads : {0, 1, 4, 9, 12, 40, 60, 100}) {
        SCOPED_TRACE(reads);
        test::SlowDisk disk(reads);
        EXPECT_LE(cancelled(disk, [&] { return disk.stalled(); }), 500ms);
        EXPECT_GE(disk.reads(), reads + 1) << "the stall was never reached";
    }
}

TEST_F(LoadRows, M48_ASlowDisk) {
    test::SlowDisk disk(-1, 30ms);
    EXPECT_LE(cancelled(disk, [&] { return disk.reads() > 20; }), 500ms);
    const int reads = disk.reads();
    std::this_thread::sleep_for(100ms);
    EXPECT_LE(disk.reads(), reads + 1) << "somebody still reads";
}

} // namespace
} // namespace s1::cascade
