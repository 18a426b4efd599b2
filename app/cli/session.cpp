#include "session.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace s1::cli {

// Events from engine threads, waiting for the thread that runs the command.
struct Session::Inbox {
    std::mutex mutex;
    std::condition_variable_any arrived;
    std::deque<std::pair<JobId, JobEvent>> events;

    void put(JobId job, const JobEvent& event) {
        {
            const std::lock_guard lock(mutex);
            events.emplace_back(job, event);
        }
        arrived.notify_all();
    }

    // The next event of a job; nothing when stop is requested first.
    std::optional<JobEvent> take(JobId job, const std::stop_token& stop) {
        std::unique_lock lock(mutex);
        auto found = events.end();
        const auto isThere = [&] {
            found = std::find_if(events.begin(), events.end(), [&](const auto& event) { return event.first == job; });
            return found != events.end();
        };
        if (!arrived.wait(lock, stop, isThere))
            return std::nullopt;
        JobEvent event = std::move(found->second);
        events.erase(found);
        return event;
    }
};

Session::Session(Streams streams, EngineFactory factory, std::stop_token stop)
    : m_factory(std::move(factory)), m_stop(std::move(stop)), m_reporter(streams), m_inbox(std::make_shared<Inbox>()) {}

Session::~Session() = default;

Result<void> Session::applyOptions() {
    m_reporter.useJson(m_options.json);
    m_reporter.showProgress(!m_options.noProgress);
    // Said, not passed over in silence: somebody counts on these.
    if (m_options.maxVram > 0 && !m_options.device.starts_with("cuda"))
        m_reporter.note("show1-cli: --max-vram means nothing without --device cuda");
    if (!m_options.profile.empty())
        m_reporter.note("show1-cli: --profile records nothing in this version");
    return {};
}

Result<Engine*> Session::engine() {
    if (!m_engine) {
        if (!m_factory)
            return Error{ErrorCode::Unsupported, "this build has no engine; build it with S1_BUILD_TENSOR=ON", ""};
        EngineOptions options;
        options.device = m_options.device;
        options.threads = m_options.threads;
        options.dtype = m_options.dtype;
        options.maxRamGiB = m_options.maxRam;
        options.maxVramGiB = m_options.maxVram;
        options.checkpointSeconds = m_options.checkpoint;
        S1_TRY(m_engine,
               m_factory(options, [inbox = m_inbox](JobId job, const JobEvent& event) { inbox->put(job, event); }));
    }
    return m_engine.get();
}

Result<Succeeded> Session::run(JobRequest request, const OnEvent& onEvent) {
    S1_TRY(Engine* const engine, this->engine());
    const JobId job = engine->submit(std::move(request));
    bool cancelled = false;
    for (;;) {
        std::optional<JobEvent> event = m_inbox->take(job, cancelled ? std::stop_token() : m_stop);
        if (!event) {
            cancelled = true; // the job ends with its own word, after the current step
            engine->cancel(job);
            continue;
        }
        if (onEvent)
            onEvent(*event);
        if (auto* done = std::get_if<Succeeded>(&*event)) {
            m_reporter.endProgress();
            return std::move(*done);
        }
        if (auto* failed = std::get_if<Failed>(&*event))
            return std::move(failed->error);
        if (std::holds_alternative<Cancelled>(*event))
            return Error{ErrorCode::Cancelled, "cancelled; finished stages are kept", ""};
    }
}

} // namespace s1::cli
