#pragma once

#include "media/clip.h"
#include "plan/plan.h"

#include <QWidget>

#include <array>
#include <optional>

class QComboBox;
class QLabel;
class QToolButton;

namespace s1::ui {

class Generation;
class PictureViewer;
class PlaybackClock;
class CutLine;

// Stage tabs, the picture, the transport. Follows the running stage until the user picks one.
class ViewerPanel : public QWidget {
    Q_OBJECT

public:
    ViewerPanel(Generation& generation, PlaybackClock& clock, CutLine& slice, QWidget* parent = nullptr);

    StageId stage() const { return m_stage; }
    const ClipPtr& clip() const { return m_clip; }
    PictureViewer& picture() { return *m_picture; }
    void pickStage(StageId stage);
    void setCaption(const QString& text); // what the clip is, when no run says so

Q_SIGNALS:
    void clipChanged();

private:
    QWidget* makeTabs();
    QComboBox* makeZoom();
    void showStage(StageId stage);
    void takeClip(StageId stage);
    void showCaption();

    Generation& m_generation;
    PlaybackClock& m_clock;
    PictureViewer* m_picture = nullptr;
    std::array<QToolButton*, kStages.size()> m_tabs{};
    QLabel* m_caption = nullptr;
    StageId m_stage = kStages.back();
    bool m_following = true;
    ClipPtr m_clip;
    QString m_origin; // of a clip that was opened
};

} // namespace s1::ui
