#include "bridge/engine_bridge.h"

#include <utility>

namespace s1::ui {

namespace {
constexpr int kTickMs = 33; // steps and previews reach the window at most this often
}

EngineBridge::EngineBridge(Factory factory, QObject* parent) : QObject(parent), m_factory(std::move(factory)) {
    m_tick.setSingleShot(true);
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, &EngineBridge::drain);
}

EngineBridge::~EngineBridge() {
    if (m_maker.joinable())
        m_maker.join();
    m_engine.reset();
}

void EngineBridge::start() {
    if (m_engine || m_maker.joinable())
        return;
    m_maker = std::thread([this] {
        auto made = std::make_shared<Result<std::unique_ptr<Engine>>>(
            m_factory([this](JobId job, const JobEvent& event) { receive(job, event); }));
        QMetaObject::invokeMethod(
            this, [this, made] { adopt(made); }, Qt::QueuedConnection);
    });
}

void EngineBridge::adopt(std::shared_ptr<Result<std::unique_ptr<Engine>>> made) {
    m_maker.join();
    if (!*made) {
        m_unavailable = made->error();
        Q_EMIT unavailable(*m_unavailable);
        for (const auto& [id, job] : m_jobs)
            deliverLater(id, Failed{*m_unavailable});
        return;
    }
    m_engine = std::move(*made).value();
    for (auto& [id, job] : m_jobs)
        hand(id, job);
    Q_EMIT ready();
}

JobId EngineBridge::submit(JobRequest request, QObject* context, Handler handler) {
    const JobId id = ++m_lastId;
    Job& job = m_jobs[id];
    job.waiting = std::move(request);
    job.context = context;
    job.handler = std::move(handler);
    if (m_engine)
        hand(id, job);
    else if (m_unavailable)
        deliverLater(id, Failed{*m_unavailable});
    return id;
}

void EngineBridge::hand(JobId id, Job& job) {
    if (!job.waiting)
        return; // cancelled while it waited
    job.engineId = m_engine->submit(*std::exchange(job.waiting, std::nullopt));
    m_byEngineId[job.engineId] = id;
}

void EngineBridge::cancel(JobId id) {
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end())
        return;
    Job& job = found->second;
    if (job.engineId != 0)
        m_engine->cancel(job.engineId);
    else if (std::exchange(job.waiting, std::nullopt))
        deliverLater(id, Cancelled{});
}

std::optional<Forecast> EngineBridge::forecast(ModelKind kind, const CascadePlan& plan) const {
    return m_engine ? std::optional(m_engine->forecast(kind, plan)) : std::nullopt;
}

std::vector<ExportFormatInfo> EngineBridge::exportFormats() const {
    return m_engine ? m_engine->exportFormats() : std::vector<ExportFormatInfo>{};
}

std::optional<DeviceInfo> EngineBridge::device() const {
    return m_engine ? std::optional(m_engine->device()) : std::nullopt;
}

void EngineBridge::receive(JobId engineId, const JobEvent& event) {
    // One posted call at a time: a job that floods us must not flood the event loop.
    if (m_inbox.push(engineId, event)) {
        if (!m_urgentPosted.exchange(true))
            QMetaObject::invokeMethod(this, &EngineBridge::drain, Qt::QueuedConnection);
    } else if (!m_tickPosted.exchange(true)) {
        QMetaObject::invokeMethod(&m_tick, qOverload<>(&QTimer::start), Qt::QueuedConnection);
    }
}

void EngineBridge::drain() {
    m_urgentPosted = false; // before taking: an event that comes now posts again
    m_tickPosted = false;
    for (const auto& [engineId, event] : m_inbox.take())
        if (const auto found = m_byEngineId.find(engineId); found != m_byEngineId.end())
            deliver(found->second, event);
}

void EngineBridge::deliver(JobId id, const JobEvent& event) {
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end())
        return;
    const Job job = found->second; // a copy: the handler may submit or cancel
    const bool last = std::holds_alternative<Succeeded>(event) || std::holds_alternative<Failed>(event) ||
                      std::holds_alternative<Cancelled>(event);
    if (last) {
        m_byEngineId.erase(job.engineId);
        m_jobs.erase(found);
    }
    if (job.context && job.handler)
        job.handler(event);
}

void EngineBridge::deliverLater(JobId id, JobEvent event) {
    QMetaObject::invokeMethod(
        this, [this, id, event = std::move(event)] { deliver(id, event); }, Qt::QueuedConnection);
}

} // namespace s1::ui
