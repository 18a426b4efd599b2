#pragma once

#include "models/generation.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;

namespace s1::ui {

class ClipThumbnail;
class ElidedLabel;
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
    void say(const QString& full, const QString& brief = {});
    void fitTexts();

    StageId m_stage;
    ElidedLabel* m_title;
    ClipThumbnail* m_thumbnail;
    QLabel* m_status;
    QLabel* m_time;
    QProgressBar* m_progress;
    QPushButton* m_rerun;
    QString m_full, m_brief; // status
};

} // namespace s1::ui
