#pragma once

#include "engine/engine.h"

#include <mutex>
#include <utility>
#include <vector>

namespace s1::ui {

// Events on their way from engine threads to the GUI thread. Of steps and previews only the latest of a job and stage
// waits here, so a flood costs no memory and no time; everything else is kept, in order. Any thread.
class EventInbox {
public:
    using Entry = std::pair<JobId, JobEvent>;

    // True when the event should be delivered at once; false when the next tick is soon enough.
    bool push(JobId job, JobEvent event);
    std::vector<Entry> take();

private:
    std::mutex m_mutex;
    std::vector<Entry> m_entries;
};

} // namespace s1::ui
