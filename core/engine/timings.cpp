#include "engine/timings.h"

#include "base/files.h"
#include "base/json.h"

#include <fmt/format.h>

namespace s1 {

namespace {

// Seconds per step on two cores (embedded model: measured; published: counted work at 100 GFLOP/s).
constexpr double kEmbeddedStep[] = {0.4, 0.5, 4, 6};
constexpr double kPublishedStep[] = {82, 360, 830, 690};
static_assert(std::size(kEmbeddedStep) == kStages.size() && std::size(kPublishedStep) == kStages.size());

} // namespace

Timings::Timings(std::filesystem::path file) : m_file(std::move(file)), m_seconds(nlohmann::json::object()) {
    if (auto json = readJson(m_file); json && json->is_object())
        m_seconds = *json;
}

std::string Timings::key(ModelKind kind, StageId stage, const StagePlan& plan) {
    return fmt::format("{} {} {}x{}x{} {}", kind == ModelKind::Embedded ? "embedded" : "published", toString(stage), plan.frames,
                       plan.width, plan.height, plan.guidance <= 1 ? "plain" : plan.guidanceFrom == 0 ? "guided" : fmt::format("guided from {}", plan.guidanceFrom));
}

void Timings::record(ModelKind kind, StageId stage, const StagePlan& plan, int steps, double seconds) {
    if (steps < 1)
        return;
    const std::lock_guard lock(m_mutex);
    m_seconds[key(kind, stage, plan)] = seconds / plan.stepsThatRun();
    std::error_code ignored;
    std::filesystem::create_directories(m_file.parent_path(), ignored);
    (void)writeFileAtomically(m_file, m_seconds.dump(1)); // a lost timing costs a worse forecast, nothing else
}

double Timings::forecast(ModelKind kind, StageId stage, const StagePlan& plan) const {
    const std::lock_guard lock(m_mutex);
    const auto it = m_seconds.find(key(kind, stage, plan));
    if (it != m_seconds.end() && it->is_number())
        return plan.stepsThatRun() * it->get<double>();
    const auto i = static_cast<std::size_t>(stage);
    return plan.stepsThatRun() * (kind == ModelKind::Embedded ? kEmbeddedStep[i] : kPublishedStep[i]);
}

} // namespace s1
