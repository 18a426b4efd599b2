#include "support/free_port.h"
#include "train/gradient.h"
#include "weights/load.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <atomic>
#include <map>
#include <thread>

namespace s1::train {
namespace {

using Variables = std::map<std::string, std::string>;

Result<MeetingPlace> placeOf(const Variables& variables) {
    return meetingPlace([&](const char* name) {
        const auto it = variables.find(name);
        return it == variables.end() ? nullptr : it->second.c_str();
    });
}

TEST(MeetingPlace, IsWhatTheLauncherSays) {
    EXPECT_EQ(placeOf({})->count, 1);
    EXPECT_EQ(placeOf({{"SLURM_NTASKS", "4"}})->count, 1) << "a batch script that starts no step of its own";
    EXPECT_EQ(placeOf({{"WORLD_SIZE", "1"}, {"RANK", "0"}})->count, 1);

    const auto torchrun = placeOf({{"WORLD_SIZE", "4"}, {"RANK", "3"}, {"MASTER_ADDR", "10.0.0.7"}, {"MASTER_PORT", "1234"}});
    ASSERT_TRUE(torchrun);
    EXPECT_EQ(torchrun->rank, 3);
    EXPECT_EQ(torchrun->count, 4);
    EXPECT_EQ(torchrun->host, "10.0.0.7");
    EXPECT_EQ(torchrun->port, 1234);
    EXPECT_FALSE(torchrun->held);
    EXPECT_TRUE(placeOf({{"WORLD_SIZE", "2"}, {"RANK", "0"}, {"MASTER_ADDR", "a"}, {"TORCHELASTIC_USE_AGENT_STORE", "True"}})->held);

    for (const auto& [list, first] : Variables{{"node[07-12,20],login", "node07"}, {"node[3]", "node3"}, {"a,b", "a"}, {"alone", "alone"}}) {
        const auto srun = placeOf({{"SLURM_NTASKS", "2"}, {"SLURM_PROCID", "1"}, {"SLURM_STEP_NODELIST", list}});
        ASSERT_TRUE(srun) << list;
        EXPECT_EQ(srun->host, first);
        EXPECT_EQ(srun->rank, 1);
    }
}

TEST(MeetingPlace, ImpossibleOnesAreRefusedByName) {
    const Variables good{{"WORLD_SIZE", "4"}, {"RANK", "3"}, {"MASTER_ADDR", "a"}, {"MASTER_PORT", "1234"}};
    for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
             {"WORLD_SIZE", "0"}, {"WORLD_SIZE", "four"}, {"RANK", "4"}, {"RANK", "-1"}, {"RANK", ""}, {"MASTER_ADDR", ""}, {"MASTER_PORT", "70000"}, {"MASTER_PORT", "1 "}}) {
        Variables bad = good;
        bad[name] = value;
        const auto place = placeOf(bad);
        ASSERT_FALSE(place) << name << value;
        EXPECT_EQ(place.error().code, ErrorCode::InvalidArgument);
        EXPECT_NE(place.error().message.find(name), std::string::npos) << place.error().message;
    }
}

// As many processes as there are, one a thread, each with its own parameters.
template <typename Work>
void together(int count, Work&& work) {
    const auto port = test::freePort();
    std::vector<std::thread> threads;
    for (int rank = 0; rank < count; ++rank)
        threads.emplace_back([&, rank] {
            auto processes = Processes::meet({.rank = rank, .count = count, .host = "127.0.0.1", .port = port});
            ASSERT_TRUE(processes) << processes.error().message;
            work(*processes);
        });
    for (auto& thread : threads)
        thread.join();
}

TEST(Processes, SumsAndLargestAreTheSameForAll) {
    together(3, [](Processes& processes) {
        for (int round = 0; round < 4; ++round) {
            EXPECT_EQ(processes.largest(processes.rank() == 1 ? 7.5 + round : -1), 7.5 + round);
            at::Tensor values = at::arange(5, at::kFloat) * (processes.rank() + 1);
            processes.sum(values);
            EXPECT_TRUE(at::equal(values, at::arange(5, at::kFloat) * 6));
        }
        at::Tensor many = at::full({3'000'001}, 0.5 * (processes.rank() + 1)); // more than one value of the store takes
        processes.sum(many);
        EXPECT_TRUE((many == 3).all().item<bool>());
    });
}

TEST(Processes, WhoIsLeftAloneSaysSo) {
    std::atomic<bool> lost = false;
    together(2, [&](Processes& processes) {
        if (processes.rank() == 0)
            return; // and with it the store
        try {
            processes.largest(1);
        } catch (const Processes::Lost&) {
            lost = true;
        }
    });
    EXPECT_TRUE(lost);
}

TEST(Processes, TwoHaveTheGradientsOfOneWithTheDoubleBatch) {
    const at::Tensor x = weights::deterministicUniform({8, 12}, 3), start = weights::deterministicUniform({16, 12}, 1);
    const auto gradientsOf = [&](int shards, Processes& processes) {
        const at::Tensor used = start.clone().requires_grad_(), unused = at::ones({3}).requires_grad_();
        const double loss = meanGradient({{"used", used}, {"unused", unused}}, shards, processes, [&](const Shard& shard) {
            return at::linear(x.narrow(0, shard.begin(8), shard.size(8)), used).tanh().square().mean();
        });
        EXPECT_FALSE(unused.grad().defined());
        return std::pair(used.grad(), loss);
    };
    Processes alone;
    const auto [wanted, loss] = gradientsOf(2, alone);
    together(2, [&, &wanted = wanted, &loss = loss](Processes& processes) {
        const auto [gradient, mean] = gradientsOf(1, processes);
        EXPECT_TRUE(at::equal(gradient, wanted));
        EXPECT_FLOAT_EQ(mean, loss);
    });
    together(4, [&, &wanted = wanted](Processes& processes) { EXPECT_TRUE(at::allclose(gradientsOf(2, processes).first, wanted)); });
}

} // namespace
} // namespace s1::train
