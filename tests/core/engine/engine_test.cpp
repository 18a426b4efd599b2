#include "engine/job_queue.h"
#include "engine/stage_cache.h"

#include "base/files.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <atomic>
#include <future>

namespace s1 {
namespace {

TEST(JobQueue, RunsInOrderOneAtATime) {
    std::vector<int> order;
    std::atomic<int> running = 0;
    {
        JobQueue queue;
        std::promise<void> all;
        for (int i = 0; i < 20; ++i)
            queue.submit(static_cast<JobId>(i + 1), [&, i](std::stop_token) {
                EXPECT_EQ(++running, 1);
                order.push_back(i);
                --running;
                if (i == 19)
                    all.set_value();
            });
        all.get_future().wait();
    }
    ASSERT_EQ(order.size(), 20u);
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST(JobQueue, CancelStopsTheRunningAndTheWaitingJob) {
    JobQueue queue;
    std::promise<void> started, release;
    std::promise<bool> first, second, third;
    auto released = release.get_future();
    queue.submit(1, [&](std::stop_token stop) {
        started.set_value();
        released.wait();
        first.set_value(stop.stop_requested());
    });
    queue.submit(2, [&](std::stop_token stop) { second.set_value(stop.stop_requested()); });
    queue.submit(3, [&](std::stop_token stop) { third.set_value(stop.stop_requested()); });
    started.get_future().wait();
    queue.cancel(1);
    queue.cancel(2);
    queue.cancel(99); // unknown: nothing happens
    release.set_value();
    EXPECT_TRUE(first.get_future().get());
    EXPECT_TRUE(second.get_future().get()) << "a waiting job still runs, to say that it was cancelled";
    EXPECT_FALSE(third.get_future().get());
}

TEST(JobQueue, GoingAwayStopsAndFinishesEveryJob) {
    std::vector<std::pair<int, bool>> ends;
    {
        JobQueue queue;
        std::promise<void> started;
        queue.submit(1, [&](std::stop_token stop) {
            started.set_value();
            while (!stop.stop_requested())
                std::this_thread::yield();
            ends.emplace_back(1, stop.stop_requested());
        });
        started.get_future().wait();
        for (int i = 2; i <= 4; ++i)
            queue.submit(static_cast<JobId>(i), [&, i](std::stop_token stop) { ends.emplace_back(i, stop.stop_requested()); });
    }
    EXPECT_EQ(ends, (std::vector<std::pair<int, bool>>{{1, true}, {2, true}, {3, true}, {4, true}}));
    JobQueue{}; // an idle queue goes at once
}

TEST(StageCache, KeepsAndFinds) {
    test::TemporaryFolder folder;
    StageCache cache(folder / "stages");
    EXPECT_FALSE(cache.find("abc"));
    const at::Tensor video = at::randn({1, 3, 2, 4, 4});
    cache.keep("abc", video);
    const auto found = cache.find("abc");
    ASSERT_TRUE(found);
    EXPECT_TRUE(at::equal(*found, video));
    EXPECT_FALSE(cache.find("abd"));
    cache.keep("abc", video + 1);
    EXPECT_TRUE(at::equal(*cache.find("abc"), video + 1));
}

TEST(StageCache, DamagedFileCountsAsMissing) {
    test::TemporaryFolder folder;
    StageCache cache(folder.path());
    cache.keep("abc", at::randn({1, 3, 2, 4, 4}));
    const auto path = folder / "abc.safetensors";
    const auto whole = readFile(path);
    ASSERT_TRUE(whole);
    for (const std::size_t length : {std::size_t(0), std::size_t(5), whole->size() / 2, whole->size() - 1}) {
        ASSERT_TRUE(writeFileAtomically(path, whole->substr(0, length)));
        EXPECT_FALSE(cache.find("abc")) << length;
    }
    ASSERT_TRUE(weights::writeSafetensors(path, {{"picture", at::ones({1})}}));
    EXPECT_FALSE(cache.find("abc")) << "another file's content";
    cache.keep("abc", at::ones({1, 3, 1, 2, 2}));
    EXPECT_TRUE(cache.find("abc")) << "and is replaced";
}

TEST(StageCache, FailingToWriteCostsNothing) {
    test::TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder / "file", "x"));
    StageCache cache(folder / "file");
    cache.keep("abc", at::ones({1}));
    EXPECT_FALSE(cache.find("abc"));
}

TEST(StageCache, TheOldestGoFirst) {
    test::TemporaryFolder folder;
    StageCache cache(folder.path(), 3000);
    const auto age = [&](const char* key, int hours) {
        std::filesystem::last_write_time(folder / (std::string(key) + ".safetensors"), std::filesystem::file_time_type::clock::now() - std::chrono::hours(hours));
    };
    const at::Tensor kilobyte = at::ones({256});
    cache.keep("a", kilobyte);
    cache.keep("b", kilobyte);
    age("a", 3);
    age("b", 2);
    EXPECT_TRUE(cache.find("a")); // used just now
    cache.keep("c", kilobyte);
    EXPECT_TRUE(cache.find("a"));
    EXPECT_FALSE(cache.find("b"));
    EXPECT_TRUE(cache.find("c"));
}

} // namespace
} // namespace s1
