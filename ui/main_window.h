#pragma once

#include "actions.h"
#include "settings/theme.h"
#include "studio.h"
#include "widgets/message_bar.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

class QDockWidget;
class QLabel;
class QSplitter;
class QStackedWidget;

namespace s1::ui {

class DropVeil;
class ModelsDialog;
class MotionSheet;
class PromptPanel;
class SlicePanel;
class StagesPanel;
class ViewerPanel;

// Puts the panels together and connects them with the studio's state.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    // readyClip: the clip that plays at the start; may be missing.
    MainWindow(EngineBridge& bridge, Session& session, const QString& readyClip, QWidget* parent = nullptr);
    ~MainWindow() override;

    Studio& studio() { return m_studio; }
    Actions& actions() { return m_actions; }
    PromptPanel& promptPanel() { return *m_prompt; }
    ViewerPanel& viewerPanel() { return *m_viewer; }
    StagesPanel& stagesPanel() { return *m_stages; }
    SlicePanel& slicePanel() { return *m_slice; }
    MotionSheet& motionSheet() { return *m_motion; }
    MessageBar& messageBar() { return *m_message; }
    bool isMotionSheetOpen() const;

    void generate();
    void rerunFrom(StageId stage);
    void openMotionSheet();
    void closeMotionSheet();
    void openFile(const QString& path); // as a drop would
    void openExport();
    void openModels();

protected:
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QDockWidget* addDock(const QString& id, const QString& title, QWidget* panel, Qt::DockWidgetArea area);
    void connectActions();
    void connectStudio();
    void restoreSession();
    void saveSession();
    void resetLayout();
    void cancel();
    void showRunning(bool running);
    void showError(const Error& error, Task task, std::function<void()> again = {});
    void showSaved(const QString& path);
    void showModelLost(const QString& name);
    void connectModels();
    void showStatus();
    void chooseFile(const QString& title, const QString& filter, std::function<void(const QString&)> chosen);
    void saveSlice();
    void setTheme(ThemeChoice choice);

    Studio m_studio;
    Actions m_actions;
    PromptPanel* m_prompt;
    ViewerPanel* m_viewer;
    StagesPanel* m_stages;
    SlicePanel* m_slice;
    MotionSheet* m_motion;
    MessageBar* m_message;
    DropVeil* m_veil;
    QSplitter* m_splitter;
    QStackedWidget* m_pages;
    QDockWidget* m_promptDock;
    QDockWidget* m_sliceDock;
    QLabel* m_status;
    QLabel* m_lastMessage;
    QPointer<ModelsDialog> m_modelsDialog;
    QTimer m_saveSoon;
    QByteArray m_defaultLayout;
};

} // namespace s1::ui
