#pragma once

#include "base/result.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace s1::train {

// Where the processes of one training meet, and which of them this is.
struct MeetingPlace {
    int rank = 0, count = 1;
    std::string host; // empty when there is one process
    std::uint16_t port = 0;
    bool held = false; // by the launcher; else by rank 0
};

// As torchrun says it (WORLD_SIZE, RANK, MASTER_ADDR, MASTER_PORT) or srun (SLURM_NTASKS, SLURM_PROCID, and the first of
// SLURM_STEP_NODELIST unless MASTER_ADDR is set). variable: the value of an environment variable, null where it is not set.
Result<MeetingPlace> meetingPlace(const std::function<const char*(const char* name)>& variable);

// The processes that train one part together, each with its share of every batch. They meet in c10d's key-value store, for
// LibTorch comes without the headers of its gloo, and a step's 12 MB are little beside its seconds. Every call waits for
// all, and throws Lost when one of them has ended or has not come for five minutes.
class Processes {
public:
    struct Lost : std::runtime_error {
        using runtime_error::runtime_error;
    };

    Processes(); // this one alone
    ~Processes(); // who holds the store waits for those who still read
    Processes(Processes&&) noexcept;
    Processes& operator=(Processes&&) noexcept;

    static Result<Processes> meet(const MeetingPlace& place); // waits until all have come

    int rank() const { return m_rank; }
    int count() const { return m_count; }
    double largest(double value);
    void sum(at::Tensor& values); // f32, contiguous; added in the order of ranks, so to the same bits every time

private:
    using Bytes = std::vector<std::uint8_t>;
    Bytes exchange(Bytes own, const std::function<void(Bytes& all, const Bytes& next)>& add);

    struct Store;
    std::unique_ptr<Store> m_store; // null when alone
    int m_rank = 0, m_count = 1;
    std::uint64_t m_round = 0;
};

} // namespace s1::train
