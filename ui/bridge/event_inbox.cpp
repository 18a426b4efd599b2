#include "bridge/event_inbox.h"

namespace s1::ui {

namespace {

bool isReplaceable(const JobEvent& event) {
    return std::holds_alternative<StepDone>(event) || std::holds_alternative<PreviewReady>(event);
}

bool isFrequent(const JobEvent& event) {
    return isReplaceable(event) || std::holds_alternative<TrainStepDone>(event);
}

bool sameStage(const JobEvent& left, const JobEvent& right) {
    if (const auto* step = std::get_if<StepDone>(&left))
        return step->stage == std::get<StepDone>(right).stage;
    return std::get<PreviewReady>(left).stage == std::get<PreviewReady>(right).stage;
}

} // namespace

bool EventInbox::push(JobId job, JobEvent event) {
    const bool urgent = !isFrequent(event);
    const std::lock_guard lock(m_mutex);
    if (isReplaceable(event)) {
        for (auto entry = m_entries.rbegin(); entry != m_entries.rend(); ++entry) {
            if (entry->first != job)
                continue;
            if (!isFrequent(entry->second))
                break; // a stage began or ended since: order matters more than thrift
            if (entry->second.index() == event.index() && sameStage(entry->second, event)) {
                entry->second = std::move(event);
                return urgent;
            }
        }
    }
    m_entries.emplace_back(job, std::move(event));
    return urgent;
}

std::vector<EventInbox::Entry> EventInbox::take() {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_entries, {});
}

} // namespace s1::ui
