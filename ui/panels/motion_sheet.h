#pragma once

#include "engine/engine.h"

#include <QFrame>

#include <array>

class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace s1::ui {

class ClipThumbnail;
class LossCurve;
class MotionLesson;
class PlaybackClock;

// Learn a motion from a clip: what will be learned from, one sentence, Learn, the curve, the result.
class MotionSheet : public QFrame {
    Q_OBJECT

public:
    MotionSheet(MotionLesson& lesson, const PlaybackClock& clock, QWidget* parent = nullptr);

    void setSource(const std::filesystem::path& file, ClipPtr clip);
    void setMotionsFolder(const QString& folder) { m_folder = folder; }
    MotionLearnRequest request() const; // everything but the model
    ClipPtr sampledFrames() const { return m_sampled; }

    QPushButton& learnButton() { return *m_learn; }
    QLineEdit& sentence() { return *m_sentence; }

Q_SIGNALS:
    void openRequested();
    void learnRequested();
    void closeRequested();

private:
    QWidget* makeSource();
    QWidget* makeForm();
    QLayout* makeStrip();
    QWidget* makeProgress();
    void showFrames(const ClipPtr& frames);
    void sampleFrames();
    void showLesson();
    void showReady();

    MotionLesson& m_lesson;
    const PlaybackClock& m_clock;
    std::filesystem::path m_file;
    ClipPtr m_clip;
    ClipPtr m_sampled;
    QString m_folder;
    ClipThumbnail* m_player = nullptr;
    QLabel* m_about = nullptr;
    std::array<ClipThumbnail*, 8> m_frames{};
    QLineEdit* m_sentence = nullptr;
    QLineEdit* m_name = nullptr;
    QDoubleSpinBox* m_from = nullptr;
    QDoubleSpinBox* m_to = nullptr;
    QSpinBox* m_steps = nullptr;
    LossCurve* m_curve = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_status = nullptr;
    QPushButton* m_learn = nullptr;
};

} // namespace s1::ui
