#pragma once

#include "bridge/event_inbox.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <thread>

namespace s1::ui {

// The only caller of the engine. Owns it, makes it in the background and brings its events to the GUI thread, where
// every method here is called and every handler runs. Jobs may be submitted before the engine is there: they wait.
class EngineBridge : public QObject {
    Q_OBJECT

public:
    using Factory = std::function<Result<std::unique_ptr<Engine>>(EventSink)>;
    using Handler = std::function<void(const JobEvent&)>;

    explicit EngineBridge(Factory factory, QObject* parent = nullptr);
    ~EngineBridge() override; // the engine goes first, so no event can reach a half-dead object

    void start();
    bool isReady() const { return m_engine != nullptr; }

    // The handler is called as long as context lives; its last event is Succeeded, Failed or Cancelled.
    JobId submit(JobRequest request, QObject* context, Handler handler);
    void cancel(JobId job);

    // Empty until ready.
    std::optional<Forecast> forecast(ModelKind kind, const CascadePlan& plan) const;
    std::vector<ExportFormatInfo> exportFormats() const;
    std::optional<DeviceInfo> device() const;

Q_SIGNALS:
    void ready();
    void unavailable(const s1::Error& error);

private:
    struct Job {
        std::optional<JobRequest> waiting; // until the engine takes it
        JobId engineId = 0;
        QPointer<QObject> context;
        Handler handler;
    };

    void receive(JobId engineId, const JobEvent& event); // engine threads
    void adopt(std::shared_ptr<Result<std::unique_ptr<Engine>>> made);
    void hand(JobId id, Job& job);
    void drain();
    void deliver(JobId id, const JobEvent& event);
    void deliverLater(JobId id, JobEvent event);

    Factory m_factory;
    std::unique_ptr<Engine> m_engine;
    std::optional<Error> m_unavailable;
    std::thread m_maker;
    EventInbox m_inbox;
    std::atomic_bool m_urgentPosted = false;
    std::atomic_bool m_tickPosted = false;
    QTimer m_tick;
    std::map<JobId, Job> m_jobs;
    std::map<JobId, JobId> m_byEngineId;
    JobId m_lastId = 0;
};

} // namespace s1::ui
