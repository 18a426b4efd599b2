#include "engine/job_queue.h"

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace s1 {

namespace {

// Of the calling thread and the ones it starts, LibTorch's workers among them.
void yieldToOthers() {
#ifdef __linux__
    (void)setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 5);
#endif
}

} // namespace

JobQueue::JobQueue(Priority priority)
    : m_thread([this, priority] {
          if (priority == Priority::Background)
              yieldToOthers();
          run();
      }) {}

JobQueue::~JobQueue() {
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
        for (auto& job : m_waiting)
            job.stop.request_stop();
        if (m_running)
            m_running->second.request_stop();
    }
    m_wake.notify_one();
    m_thread.join();
}

void JobQueue::submit(JobId id, Work work) {
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back({id, std::move(work), {}});
    }
    m_wake.notify_one();
}

void JobQueue::cancel(JobId id) {
    const std::lock_guard lock(m_mutex);
    for (auto& job : m_waiting)
        if (job.id == id)
            job.stop.request_stop(); // it still runs, to say that it was cancelled
    if (m_running && m_running->first == id)
        m_running->second.request_stop();
}

void JobQueue::run() {
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_closing || !m_waiting.empty(); });
        if (m_waiting.empty())
            return;
        Job job = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_running.emplace(job.id, job.stop);
        lock.unlock();
        job.work(job.stop.get_token());
        lock.lock();
        m_running.reset();
    }
}

} // namespace s1
