#include "models/generation.h"

#include <algorithm>

namespace s1::ui {

namespace {
template <class... Ts>
struct Overloaded : Ts... {
    using Ts::operator()...;
};
} // namespace

Generation::Generation(EngineBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge) {}

void Generation::start(GenerateRequest request, ModelKind kind) {
    if (isRunning())
        return;
    m_request = std::move(request);
    const StageId first = m_request.rerunFrom.value_or(StageId::Keyframes);
    for (const StageId id : kStages)
        if (id >= first)
            at(id) = {.steps = m_request.plan[id].steps};
    m_hasRun = true;
    m_stopping = false;
    m_result = nullptr;
    m_recipe.clear();
    m_forecastSeconds = {};
    for (const StageId id : kStages) {
        if (m_request.stopAfter && id > *m_request.stopAfter)
            break;
        CascadePlan alone = m_request.plan;
        for (const StageId other : kStages)
            if (other != id)
                alone[other].steps = 0;
        const auto forecast = m_bridge.forecast(kind, alone);
        m_forecastSeconds[static_cast<std::size_t>(id)] = forecast ? forecast->seconds : 0;
    }
    m_elapsed.start();
    m_job = m_bridge.submit(m_request, this, [this](const JobEvent& event) { handle(event); });
    Q_EMIT started();
    for (const StageId id : kStages)
        Q_EMIT stageChanged(id);
    Q_EMIT runningChanged(true);
}

void Generation::cancel() {
    if (!isRunning() || m_stopping)
        return;
    m_stopping = true;
    m_bridge.cancel(m_job);
    Q_EMIT runningChanged(true); // still running, but on its way out
}

void Generation::adopt(ClipPtr clip, std::string recipe) {
    if (isRunning())
        return;
    m_stages = {};
    m_hasRun = false;
    m_result = clip;
    m_recipe = std::move(recipe);
    at(kStages.back()).clip = std::move(clip);
    for (const StageId id : kStages) {
        Q_EMIT stageChanged(id);
        Q_EMIT clipChanged(id);
    }
}

double Generation::secondsLeft() const {
    if (!isRunning())
        return 0;
    double seconds = 0;
    for (std::size_t i = 0; i < m_stages.size(); ++i) {
        const Stage& stage = m_stages[i];
        if (stage.phase == Phase::Running && stage.step > 0)
            seconds += stage.secondsLeft;
        else if (stage.phase == Phase::Running || stage.phase == Phase::Waiting)
            seconds += m_forecastSeconds[i];
    }
    return seconds;
}

double Generation::progress() const {
    if (!isRunning())
        return 0;
    const double spent = static_cast<double>(m_elapsed.elapsed()) / 1000;
    const double all = spent + secondsLeft();
    return all > 0 ? spent / all : 0;
}

void Generation::handle(const JobEvent& event) {
    std::visit(Overloaded{
                   [this](const StageStarted& started) {
                       at(started.stage) = {.phase = Phase::Running, .steps = started.steps};
                       Q_EMIT stageStarted(started.stage);
                       Q_EMIT stageChanged(started.stage);
                   },
                   [this](const StepDone& done) {
                       Stage& stage = at(done.stage);
                       stage.phase = Phase::Running;
                       stage.step = done.step;
                       stage.steps = done.steps;
                       stage.secondsPerStep = done.secondsPerStep;
                       stage.secondsLeft = done.stageSecondsLeft;
                       Q_EMIT stageChanged(done.stage);
                   },
                   [this](const PreviewReady& preview) {
                       at(preview.stage).clip = preview.clip;
                       Q_EMIT clipChanged(preview.stage);
                   },
                   [this](const StageFinished& done) {
                       Stage& stage = at(done.stage);
                       stage.phase = Phase::Done;
                       stage.step = stage.steps;
                       stage.secondsLeft = 0;
                       stage.seconds = done.seconds;
                       stage.fromCache = done.fromCache;
                       stage.clip = done.clip;
                       Q_EMIT stageChanged(done.stage);
                       Q_EMIT clipChanged(done.stage);
                   },
                   [this](const Succeeded& success) {
                       m_result = success.clip;
                       m_recipe = success.recipe;
                       end();
                       Q_EMIT finished();
                       Q_EMIT runningChanged(false);
                   },
                   [this](const Failed& failure) {
                       end();
                       Q_EMIT failed(failure.error);
                       Q_EMIT runningChanged(false);
                   },
                   [this](const Cancelled&) {
                       end();
                       Q_EMIT cancelled();
                       Q_EMIT runningChanged(false);
                   },
                   [](const auto&) {},
               },
               event);
}

void Generation::end() {
    m_job = 0;
    m_stopping = false;
    for (const StageId id : kStages)
        if (at(id).phase == Phase::Running) {
            at(id).phase = Phase::Stopped;
            at(id).secondsLeft = 0;
            Q_EMIT stageChanged(id);
        }
}

} // namespace s1::ui
