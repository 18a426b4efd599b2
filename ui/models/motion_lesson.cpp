#include "models/motion_lesson.h"

#include "text.h"

namespace s1::ui {

void MotionLesson::start(MotionLearnRequest request) {
    if (isRunning())
        return;
    m_step = 0;
    m_steps = request.steps;
    m_secondsLeft = 0;
    m_losses.clear();
    m_job = m_bridge.submit(std::move(request), this, [this](const JobEvent& event) { handle(event); });
    Q_EMIT stepped();
    Q_EMIT runningChanged(true);
}

void MotionLesson::cancel() {
    if (isRunning())
        m_bridge.cancel(m_job);
}

void MotionLesson::handle(const JobEvent& event) {
    if (const auto* sampled = std::get_if<MotionFramesSampled>(&event)) {
        Q_EMIT framesSampled(sampled->clip);
    } else if (const auto* done = std::get_if<TrainStepDone>(&event)) {
        m_step = done->step;
        m_steps = done->steps;
        m_secondsLeft = done->secondsLeft;
        m_losses.push_back(done->loss);
        Q_EMIT stepped();
    } else if (const auto* success = std::get_if<Succeeded>(&event)) {
        end();
        Q_EMIT learned(toQString(success->path));
        Q_EMIT runningChanged(false);
    } else if (const auto* failure = std::get_if<Failed>(&event)) {
        end();
        Q_EMIT failed(failure->error);
        Q_EMIT runningChanged(false);
    } else if (std::holds_alternative<Cancelled>(event)) {
        end();
        Q_EMIT cancelled();
        Q_EMIT runningChanged(false);
    }
}

void MotionLesson::end() {
    m_job = 0;
}

} // namespace s1::ui
