#pragma once

#include "models/clip_slice.h"

#include <QFrame>

#include <array>

class QComboBox;
class QLabel;
class QToolButton;

namespace s1::ui {

class PlaybackClock;
class CutLine;
class SliceView;

// The X-T slice beside the picture, live with the line, the playback and the sampling.
class SlicePanel : public QFrame {
    Q_OBJECT

public:
    SlicePanel(CutLine& line, PlaybackClock& clock, QWidget* parent = nullptr);

    void setClip(ClipPtr clip);
    const ClipSlice& slice() const { return m_slice; }
    SliceView& view() { return *m_view; }
    QImage exportImage() const; // every row repeated, so that time can be read

Q_SIGNALS:
    void exportRequested();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    void showNumbers();
    void showWhere();

    CutLine& m_line;
    PlaybackClock& m_clock;
    ClipPtr m_clip;
    ClipSlice m_slice;
    SliceView* m_view;
    QComboBox* m_kind;
    QLabel* m_where;
    QToolButton* m_export;
    std::array<QLabel*, 4> m_values{};
};

} // namespace s1::ui
