#include "nn/parallel.h"

#include "base/stop.h"
#include "nn/group_norm_kernel.h"
#include "nn/spatial_attention_kernel.h"
#include "nn/temporal_attention_kernel.h"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <atomic>
#include <ctime>
#include <functional>
#include <stdexcept>

namespace s1::nn {
namespace {

class InParts : public testing::Test {
protected:
    void TearDown() override { at::set_num_threads(m_before); }
    int m_before = at::get_num_threads();
};

TEST_F(InParts, EveryNumberOnceWhateverTheThreads) {
    for (const int threads : {1, 2, 5})
        for (const std::int64_t count : {0, 1, 2, 7, 29}) {
            at::set_num_threads(threads);
            std::vector<std::atomic<int>> seen(29);
            std::atomic<int> parts = 0;
            inParts(count, [&](std::int64_t begin, std::int64_t end) {
                ++parts;
                EXPECT_EQ(at::get_num_threads(), std::max<int>(1, threads / static_cast<int>(std::min<std::int64_t>(count, threads))));
                for (auto i = begin; i < end; ++i)
                    ++seen[static_cast<std::size_t>(i)];
            });
            for (std::int64_t i = 0; i < 29; ++i)
                EXPECT_EQ(seen[static_cast<std::size_t>(i)], i < count ? 1 : 0) << count << " on " << threads;
            EXPECT_EQ(parts, std::min<std::int64_t>(count, threads));
            EXPECT_EQ(at::get_num_threads(), threads) << "handed back";
        }
}

TEST_F(InParts, ModesOfTheCallerHold) {
    at::set_num_threads(3);
    const auto expect = [](bool gradients, bool inference) {
        inParts(3, [&](std::int64_t, std::int64_t) {
            EXPECT_EQ(c10::GradMode::is_enabled(), gradients);
            EXPECT_EQ(c10::InferenceMode::is_enabled(), inference);
        });
    };
    expect(true, false);
    {
        torch::NoGradGuard none;
        expect(false, false);
    }
    c10::InferenceMode inference;
    expect(false, true);
}

TEST_F(InParts, AStopReachesEveryPart) {
    at::set_num_threads(3);
    std::stop_source source;
    {
        const StopScope scope(source.get_token());
        EXPECT_NO_THROW(inParts(3, [](std::int64_t, std::int64_t) { throwIfStopped(); }));
        source.request_stop();
        std::atomic<int> stopped = 0;
        inParts(3, [&](std::int64_t, std::int64_t) {
            try {
                throwIfStopped();
            } catch (const Stopped&) {
                ++stopped;
            }
        });
        EXPECT_EQ(stopped, 3);
    }
    EXPECT_NO_THROW(throwIfStopped()) << "the scope is over";
}

TEST_F(InParts, AnExceptionComesBackWhenAllHaveEnded) {
    at::set_num_threads(4);
    for (const std::int64_t bad : {0, 3}) {
        std::atomic<int> ended = 0;
        EXPECT_THROW(inParts(4,
                             [&](std::int64_t begin, std::int64_t) {
                                 if (begin == bad)
                                     throw std::runtime_error("bad part");
                                 ++ended;
                             }),
                     std::runtime_error);
        EXPECT_EQ(ended, 3);
        EXPECT_EQ(at::get_num_threads(), 4);
    }
}

double seconds(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// How much of what f computes is computed by other threads than the one that calls it.
double shareOfOthers(const std::function<void()>& f) {
    const int before = at::get_num_threads();
    at::set_num_threads(2);
    f(); // threads are started
    const double all = seconds(CLOCK_PROCESS_CPUTIME_ID), own = seconds(CLOCK_THREAD_CPUTIME_ID);
    for (int i = 0; i < 5; ++i)
        f();
    const double spent = seconds(CLOCK_PROCESS_CPUTIME_ID) - all, ownSpent = seconds(CLOCK_THREAD_CPUTIME_ID) - own;
    at::set_num_threads(before);
    return 1 - ownSpent / spent;
}

TEST(Parallel, OurKernelsShareTheirWork) {
    const c10::InferenceMode inference;
    const at::Tensor x = at::randn({8, 32, 96, 160}).contiguous(at::MemoryFormat::ChannelsLast), gain = at::randn({32});
    EXPECT_GT(shareOfOthers([&] { groupNormChannelsLast(x, gain, gain, 8, 1e-5, true, at::kFloat); }), 0.3) << "group norm";
    const at::Tensor q = at::randn({2, 8, 4000, 48});
    EXPECT_GT(shareOfOthers([&] { temporalAttention(q, q, q, 6); }), 0.3) << "temporal attention";
    const at::Tensor tokens = at::randn({1, 2000, 64});
    EXPECT_GT(shareOfOthers([&] { spatialAttention(tokens, tokens, tokens, 8); }), 0.3) << "spatial attention";
}

} // namespace
} // namespace s1::nn
