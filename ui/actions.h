#pragma once

#include "plan/plan.h"

#include <QList>

#include <array>

class QAction;
class QKeyEvent;
class QMainWindow;
class QMenu;

namespace s1::ui {

// Everything the menus and keys can do. The window connects them.
struct Actions {
    explicit Actions(QMainWindow& window);

    // Runs a plain key (Space, X, full stop…) that no control wanted. As window-wide shortcuts such keys would be
    // taken from buttons and fields.
    bool runPlainKey(const QKeyEvent& event) const;

    QAction* open;
    QAction* exportClip;
    QAction* saveSlice;
    QAction* models;
    QAction* quit;
    QAction* undo;
    QAction* redo;
    std::array<QAction*, kStages.size()> stages;
    QAction* sliceLine;
    QAction* zoomFit;
    QAction* zoomOriginal;
    QAction* resetLayout;
    QAction* themeSystem;
    QAction* themeLight;
    QAction* themeDark;
    QAction* fullScreen;
    QAction* generate;
    QAction* cancel;
    QAction* play;
    QAction* previous;
    QAction* next;
    QAction* first;
    QAction* last;
    QAction* learnMotion;
    QAction* openMotion;
    QAction* shortcuts;
    QAction* about;
    QMenu* panels; // the docks' own toggles

    QList<QAction*> all() const { return m_all; }

private:
    QList<QAction*> m_all;
    QList<QAction*> m_plain;
};

} // namespace s1::ui
