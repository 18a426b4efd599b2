#pragma once

#include "bridge/engine_bridge.h"

#include <QElapsedTimer>
#include <QObject>

#include <array>
#include <optional>

namespace s1::ui {

// The clip being made, or the last one made or opened: what the stage cards and the viewer show.
class Generation : public QObject {
    Q_OBJECT

public:
    enum class Phase { Waiting, Running, Done, Stopped };

    struct Stage {
        Phase phase = Phase::Waiting;
        int step = 0;
        int steps = 0;
        double secondsPerStep = 0;
        double secondsLeft = 0;
        double seconds = 0; // once done
        bool fromCache = false;
        ClipPtr clip; // the newest preview, then the result
    };

    explicit Generation(EngineBridge& bridge, QObject* parent = nullptr);

    // Only while nothing runs. kind is the model's, for the forecast.
    void start(GenerateRequest request, ModelKind kind = ModelKind::Embedded);
    void cancel();
    void adopt(ClipPtr clip, std::string recipe); // an opened clip stands where a finished one would

    bool isRunning() const { return m_job != 0; }
    bool isStopping() const { return m_stopping; }
    const Stage& stage(StageId id) const { return m_stages[static_cast<std::size_t>(id)]; }
    const GenerateRequest& request() const { return m_request; }
    const ClipPtr& result() const { return m_result; }
    const std::string& recipe() const { return m_recipe; }
    bool canRerun() const { return m_hasRun && !isRunning(); }
    double secondsLeft() const; // of the running stage, and of the waiting ones by the forecast
    double progress() const;    // 0…1

Q_SIGNALS:
    void started();
    void stageStarted(s1::StageId stage);
    void stageChanged(s1::StageId stage); // steps, phase
    void clipChanged(s1::StageId stage);  // a new preview or result
    void finished();
    void failed(const s1::Error& error);
    void cancelled();
    void runningChanged(bool running); // after each of the three above, and after started

private:
    Stage& at(StageId id) { return m_stages[static_cast<std::size_t>(id)]; }
    void handle(const JobEvent& event);
    void end();

    EngineBridge& m_bridge;
    JobId m_job = 0;
    bool m_stopping = false;
    bool m_hasRun = false;
    GenerateRequest m_request;
    std::array<Stage, kStages.size()> m_stages;
    ClipPtr m_result;
    std::string m_recipe;
    std::array<double, kStages.size()> m_forecastSeconds{}; // of each stage
    QElapsedTimer m_elapsed;
};

} // namespace s1::ui
