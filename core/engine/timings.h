#pragma once

#include "plan/plan.h"

#include <filesystem>
#include <mutex>

namespace s1 {

// Seconds a step of each stage took last time on this machine, kept in a small file; the forecast is made of them.
// Thread-safe.
class Timings {
public:
    explicit Timings(std::filesystem::path file);

    void record(ModelKind kind, StageId stage, const StagePlan& plan, int steps, double seconds);
    // Seconds for the whole stage under this plan: from the last run, else from a figure measured on two cores.
    double forecast(ModelKind kind, StageId stage, const StagePlan& plan) const;

private:
    static std::string key(ModelKind kind, StageId stage, const StagePlan& plan);

    std::filesystem::path m_file;
    mutable std::mutex m_mutex;
    nlohmann::json m_seconds; // by key: seconds per step that ran
};

} // namespace s1
