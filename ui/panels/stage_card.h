#pragma once

#include "models/generation.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;

namespace s1::ui {

class ClipThumbnail;
class PlaybackClock;

// One stage: its moving preview, how far it is, and "re-run from here".
class StageCard : public QFrame {
    Q_OBJECT

public:
    StageCard(StageId stage, const PlaybackClock& clock, QWidget* parent = nullptr);

    void showStage(const Generation& generation);
    void showClip(const ClipPtr& clip);
    QString statusText() const;

Q_SIGNALS:
    void rerunRequested(s1::StageId stage);
    void picked(s1::StageId stage);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    StageId m_stage;
    ClipThumbnail* m_thumbnail;
    QLabel* m_status;
    QLabel* m_time;
    QProgressBar* m_progress;
    QPushButton* m_rerun;
};

} // namespace s1::ui
