#pragma once

#include "engine/engine.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>

namespace s1 {

// One thread that runs jobs one after another. Each job has a stop token; its end is announced by the job itself.
class JobQueue {
public:
    using Work = std::function<void(std::stop_token)>;

    enum class Priority { Usual, Background }; // Background: yields to the window when processors are short
    explicit JobQueue(Priority priority = Priority::Usual);
    ~JobQueue(); // asks the running job to stop, drops the waiting ones after running them with a stopped token, joins

    void submit(JobId id, Work work);
    void cancel(JobId id);

private:
    struct Job {
        JobId id;
        Work work;
        std::stop_source stop;
    };
    void run();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_waiting;
    std::optional<std::pair<JobId, std::stop_source>> m_running;
    bool m_closing = false;
    std::thread m_thread;
};

} // namespace s1
