#pragma once

#include "media/clip.h"

#include <QWidget>

namespace s1::ui {

// Shows one frame of a clip. Holds no timer: the shared PlaybackClock says which frame.
class ClipViewer : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual void setClip(ClipPtr clip) = 0; // null: nothing to show
    virtual void showFrame(int frame) = 0;  // clamped
};

} // namespace s1::ui
