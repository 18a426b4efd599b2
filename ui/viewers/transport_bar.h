#pragma once

#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace s1::ui {

class PlaybackClock;

// Play, step, seek; speaks frame and time.
class TransportBar : public QWidget {
    Q_OBJECT

public:
    explicit TransportBar(PlaybackClock& clock, QWidget* parent = nullptr);

private:
    QToolButton* addButton(const QString& icon, const QString& name);
    void showLength();
    void showFrame();
    void showPlaying();

    PlaybackClock& m_clock;
    QToolButton* m_play = nullptr;
    QSlider* m_slider = nullptr;
    QLabel* m_place = nullptr;
};

} // namespace s1::ui
