#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace s1::ui {

// Says which frame is on show. Shared by everything that plays the same clip, so all stay in step.
class PlaybackClock : public QObject {
    Q_OBJECT

public:
    explicit PlaybackClock(QObject* parent = nullptr);

    int frame() const { return m_frame; }
    int frameCount() const { return m_frameCount; }
    double fps() const { return m_fps; }
    bool isPlaying() const { return m_playing; }
    bool isLooping() const { return m_looping; }

    void setLength(int frameCount, double fps); // keeps the place when it still exists
    void setPlaying(bool playing);
    void setLooping(bool looping);
    void toggle() { setPlaying(!m_playing); }
    void seek(int frame);  // clamped
    void step(int frames); // pauses first; wraps around

Q_SIGNALS:
    void frameChanged(int frame);
    void lengthChanged();
    void playingChanged(bool playing);
    void loopingChanged(bool looping);

private:
    void tick();
    void restart(); // counts time from the frame on show
    void show(int frame);

    QTimer m_timer;
    QElapsedTimer m_since;
    int m_sinceFrame = 0;
    int m_frame = 0;
    int m_frameCount = 0;
    double m_fps = 8;
    bool m_playing = false;
    bool m_looping = true;
};

} // namespace s1::ui
