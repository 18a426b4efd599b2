#pragma once

#include "bridge/engine_bridge.h"

#include <QObject>

#include <vector>

namespace s1::ui {

// One learning of a motion from a clip: what the motion sheet shows.
class MotionLesson : public QObject {
    Q_OBJECT

public:
    explicit MotionLesson(EngineBridge& bridge, QObject* parent = nullptr) : QObject(parent), m_bridge(bridge) {}

    void start(MotionLearnRequest request); // only while nothing runs
    void cancel();

    bool isRunning() const { return m_job != 0; }
    int step() const { return m_step; }
    int steps() const { return m_steps; }
    double secondsLeft() const { return m_secondsLeft; }
    const std::vector<double>& losses() const { return m_losses; }

Q_SIGNALS:
    void framesSampled(const s1::ClipPtr& frames);
    void stepped();
    void learned(const QString& file);
    void failed(const s1::Error& error);
    void cancelled();
    void runningChanged(bool running);

private:
    void handle(const JobEvent& event);
    void end();

    EngineBridge& m_bridge;
    JobId m_job = 0;
    int m_step = 0;
    int m_steps = 0;
    double m_secondsLeft = 0;
    std::vector<double> m_losses;
};

} // namespace s1::ui
