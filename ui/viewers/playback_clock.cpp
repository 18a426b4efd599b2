#include "viewers/playback_clock.h"

#include <algorithm>
#include <cmath>

namespace s1::ui {

PlaybackClock::PlaybackClock(QObject* parent) : QObject(parent) {
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &PlaybackClock::tick);
}

void PlaybackClock::setLength(int frameCount, double fps) {
    const double rate = fps > 0 ? fps : 8;
    if (frameCount == m_frameCount && rate == m_fps)
        return; // a newer preview of the same clip plays on without a hitch
    m_frameCount = std::max(0, frameCount);
    m_fps = rate;
    Q_EMIT lengthChanged();
    show(std::clamp(m_frame, 0, std::max(0, m_frameCount - 1)));
    restart();
}

void PlaybackClock::setPlaying(bool playing) {
    if (playing == m_playing)
        return;
    m_playing = playing;
    if (playing && !m_looping && m_frame == m_frameCount - 1)
        show(0);
    restart();
    Q_EMIT playingChanged(playing);
}

void PlaybackClock::setLooping(bool looping) {
    if (looping == m_looping)
        return;
    m_looping = looping;
    restart();
    Q_EMIT loopingChanged(looping);
}

void PlaybackClock::seek(int frame) {
    show(std::clamp(frame, 0, std::max(0, m_frameCount - 1)));
    restart();
}

void PlaybackClock::step(int frames) {
    setPlaying(false);
    if (m_frameCount > 0)
        seek(((m_frame + frames) % m_frameCount + m_frameCount) % m_frameCount);
}

void PlaybackClock::restart() {
    m_timer.stop();
    m_since.start();
    m_sinceFrame = m_frame;
    if (m_playing && m_frameCount > 1)
        m_timer.start(static_cast<int>(std::lround(1000 / m_fps)));
}

void PlaybackClock::tick() {
    // From the time that passed, not by counting ticks: a late tick skips a frame and does not slow the clip.
    const auto passed = static_cast<int>(std::lround(static_cast<double>(m_since.elapsed()) * m_fps / 1000));
    const int target = m_sinceFrame + std::max(1, passed);
    if (!m_looping && target >= m_frameCount - 1) {
        show(m_frameCount - 1);
        setPlaying(false);
        return;
    }
    show(target % m_frameCount);
    const double next = (target - m_sinceFrame + 1) * 1000 / m_fps;
    m_timer.start(std::max(1, static_cast<int>(std::lround(next - static_cast<double>(m_since.elapsed())))));
}

void PlaybackClock::show(int frame) {
    if (frame == m_frame)
        return;
    m_frame = frame;
    Q_EMIT frameChanged(frame);
}

} // namespace s1::ui
