#pragma once

#include <QWidget>

class QDockWidget;

namespace s1::ui {

// A dock's heading, as quiet as every other heading, with a close button. Dragging it moves the dock.
class DockTitle : public QWidget {
    Q_OBJECT

public:
    explicit DockTitle(QDockWidget* dock);
};

} // namespace s1::ui
