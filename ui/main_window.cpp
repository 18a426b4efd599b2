#include "main_window.h"

#include "dialogs/models_dialog.h"
#include "panels/motion_sheet.h"
#include "panels/prompt_edit.h"
#include "panels/prompt_panel.h"
#include "panels/slice_panel.h"
#include "panels/stages_panel.h"
#include "settings/session.h"
#include "text.h"
#include "viewers/picture_viewer.h"
#include "viewers/viewer_panel.h"
#include "widgets/dock_title.h"
#include "widgets/drop_veil.h"
#include "widgets/seed_edit.h"
#include "widgets/type_scale.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QDockWidget>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int kSaveMs = 800; // after the last change; a crash costs at most that
constexpr int kLayoutVersion = 1;
} // namespace

MainWindow::MainWindow(EngineBridge& bridge, Session& session, const QString& readyClip, QWidget* parent)
    : QMainWindow(parent),
      m_studio(bridge, session),
      m_actions(*this),
      m_prompt(new PromptPanel(bridge, m_studio.models(), m_studio.motions())),
      m_viewer(new ViewerPanel(m_studio.generation(), m_studio.clock(), m_studio.sliceLine())),
      m_stages(new StagesPanel(m_studio.generation(), m_studio.thumbnailClock())),
      m_slice(new SlicePanel(m_studio.sliceLine(), m_studio.clock())),
      m_motion(new MotionSheet(m_studio.lesson(), m_studio.thumbnailClock())),
      m_message(new MessageBar),
      m_splitter(new QSplitter(Qt::Vertical)),
      m_pages(new QStackedWidget),
      m_status(new QLabel),
      m_lastMessage(new QLabel) {
    setWindowTitle(tr("Show-1 Studio"));
    setObjectName(u"studio"_s);
    setAcceptDrops(true);
    setMinimumSize(960, 600);

    m_splitter->addWidget(m_viewer);
    m_splitter->addWidget(m_stages);
    m_splitter->setStretchFactor(0, 5);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setHandleWidth(10);
    m_splitter->setChildrenCollapsible(false);
    m_pages->addWidget(m_splitter);
    m_pages->addWidget(m_motion);
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(4, 6, 4, 2);
    column->setSpacing(8);
    column->addWidget(m_message);
    column->addWidget(m_pages, 1);
    setCentralWidget(centre);
    m_promptDock = addDock(u"prompt"_s, tr("Prompt"), m_prompt, Qt::LeftDockWidgetArea);
    m_sliceDock = addDock(u"slice"_s, tr("Slice"), m_slice, Qt::RightDockWidgetArea);
    m_veil = new DropVeil(this);
    for (QWidget* field : findChildren<QWidget*>())
        field->setAcceptDrops(false); // a file dropped on a field is for the window, not text

    makeSmall(*m_status);
    makeSmall(*m_lastMessage);
    setTone(*m_status, Tone::Muted);
    setTone(*m_lastMessage, Tone::Muted);
    m_status->setContentsMargins(8, 0, 8, 2);
    m_lastMessage->setContentsMargins(8, 0, 8, 2);
    statusBar()->addWidget(m_status, 1);
    statusBar()->addPermanentWidget(m_lastMessage);
    statusBar()->setSizeGripEnabled(false);

    connectActions();
    connectStudio();
    connectModels();
    resetLayout();
    m_defaultLayout = saveState(kLayoutVersion);
    restoreSession();
    m_actions.exportClip->setEnabled(false); // until there is a clip
    m_actions.saveSlice->setEnabled(false);
    showRunning(false);
    m_studio.openReadyClip(readyClip);
    m_prompt->prompt().setFocus();
}

MainWindow::~MainWindow() = default;

QDockWidget* MainWindow::addDock(const QString& id, const QString& title, QWidget* panel, Qt::DockWidgetArea area) {
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(id);
    auto* frame = new QWidget; // room between the card and the window's edge
    auto* column = new QVBoxLayout(frame);
    if (isRightToLeft()) // Qt leaves docks where they are
        area = area == Qt::LeftDockWidgetArea ? Qt::RightDockWidgetArea : Qt::LeftDockWidgetArea;
    const bool left = area == Qt::LeftDockWidgetArea;
    column->setContentsMargins(left ? 8 : 0, 0, left ? 0 : 8, 2);
    column->addWidget(panel);
    dock->setWidget(frame);
    dock->setTitleBarWidget(new DockTitle(dock));
    dock->titleBarWidget()->setContentsMargins(left ? 8 : 0, 0, left ? 0 : 8, 0);
    addDockWidget(area, dock);
    m_actions.panels->addAction(dock->toggleViewAction());
    return dock;
}

void MainWindow::resetLayout() {
    if (!m_defaultLayout.isEmpty())
        restoreState(m_defaultLayout, kLayoutVersion);
    m_promptDock->show();
    m_sliceDock->show();
    const int letter = fontMetrics().averageCharWidth();
    resizeDocks({m_promptDock, m_sliceDock}, {letter * 46, letter * 42}, Qt::Horizontal);
    m_splitter->setSizes({560, 230});
}

void MainWindow::restoreSession() {
    Session& session = m_studio.session();
    if (const auto work = session.work()) {
        m_prompt->restore(*work);
        m_prompt->setSeedLocked(session.isSeedLocked());
    } else {
        m_prompt->prompt().setPlainText(u"a red ball bounces over a blue background"_s); // words of the model
        m_prompt->restore({.prompt = m_prompt->prompt().toPlainText().toStdString(), .seed = 345});
        m_prompt->setSeedLocked(false);
    }
    if (!restoreGeometry(session.geometry())) {
        const QSize room = screen()->availableSize();
        resize(QSize(1360, 860).boundedTo(room));
    }
    if (const QByteArray layout = session.layout(); !layout.isEmpty())
        restoreState(layout, kLayoutVersion);
    if (const QByteArray sizes = session.splitter(); !sizes.isEmpty())
        m_splitter->restoreState(sizes);
    m_actions.themeSystem->setChecked(session.theme() == ThemeChoice::System);
    m_actions.themeLight->setChecked(session.theme() == ThemeChoice::Light);
    m_actions.themeDark->setChecked(session.theme() == ThemeChoice::Dark);
    m_motion->setMotionsFolder(session.motionsFolder());

    m_saveSoon.setSingleShot(true);
    m_saveSoon.setInterval(kSaveMs);
    m_saveSoon.start();
    connect(&m_saveSoon, &QTimer::timeout, this, &MainWindow::saveSession);
    connect(m_prompt, &PromptPanel::changed, this, [this] { m_saveSoon.start(); });
}

void MainWindow::saveSession() {
    Session& session = m_studio.session();
    session.saveWork(m_prompt->request(), m_prompt->isSeedLocked());
    session.saveWindow(saveGeometry(), saveState(kLayoutVersion), m_splitter->saveState());
    session.sync();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    saveSession();
    QMainWindow::closeEvent(event);
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
    if (!m_actions.runPlainKey(*event))
        QMainWindow::keyPressEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    m_veil->setGeometry(rect());
    m_saveSoon.start();
}

void MainWindow::connectStudio() {
    Generation& generation = m_studio.generation();
    connect(m_prompt, &PromptPanel::generateRequested, this, &MainWindow::generate);
    connect(m_prompt, &PromptPanel::cancelRequested, this, &MainWindow::cancel);
    connect(m_prompt, &PromptPanel::learnRequested, this, &MainWindow::openMotionSheet);
    connect(m_prompt, &PromptPanel::openMotionRequested, m_actions.openMotion, &QAction::trigger);
    connect(m_prompt, &PromptPanel::changed, this, &MainWindow::showStatus);
    connect(m_stages, &StagesPanel::rerunRequested, this, &MainWindow::rerunFrom);
    connect(m_stages, &StagesPanel::stagePicked, m_viewer, &ViewerPanel::pickStage);
    connect(m_viewer, &ViewerPanel::clipChanged, this, [this] {
        m_slice->setClip(m_viewer->clip());
        m_actions.saveSlice->setEnabled(m_viewer->clip() != nullptr);
        m_actions.exportClip->setEnabled(m_viewer->clip() != nullptr);
    });
    connect(m_slice, &SlicePanel::exportRequested, this, &MainWindow::saveSlice);
    connect(m_message, &MessageBar::shown, m_lastMessage, &QLabel::setText);

    connect(&generation, &Generation::runningChanged, this, &MainWindow::showRunning);
    connect(&generation, &Generation::started, m_message, &MessageBar::dismiss);
    connect(&generation, &Generation::finished, this, [this] { m_lastMessage->setText(tr("The clip is ready.")); });
    connect(&generation, &Generation::cancelled, this, [this] { m_lastMessage->setText(tr("Stopped.")); });
    connect(&generation, &Generation::failed, this,
            [this](const Error& error) { showError(error, Task::Generate, [this] { generate(); }); });

    connect(&m_studio.lesson(), &MotionLesson::failed, this, [this](const Error& error) {
        showError(error, Task::Learn, [this] { m_studio.lesson().start(m_motion->request()); });
    });
    connect(&m_studio.lesson(), &MotionLesson::runningChanged, this,
            [this] { showRunning(m_studio.generation().isRunning()); });
    connect(m_motion, &MotionSheet::closeRequested, this, &MainWindow::closeMotionSheet);
    connect(m_motion, &MotionSheet::openRequested, this, [this] {
        chooseFile(tr("Choose a clip to learn from"),
                   tr("Videos (*.mp4 *.mov *.mkv *.webm *.avi *.gif);;All files (*)"),
                   [this](const QString& path) { m_studio.openMotionSource(path); });
    });
    connect(m_motion, &MotionSheet::learnRequested, this, [this] {
        MotionLearnRequest request = m_motion->request();
        request.model = m_prompt->request().model;
        QDir().mkpath(m_studio.session().motionsFolder());
        m_studio.lesson().start(std::move(request));
    });

    connect(&m_studio, &Studio::recipeOpened, this, [this](const Recipe& recipe, const QString& path) {
        const bool whole = m_prompt->restore(recipe);
        closeMotionSheet();
        m_viewer->setCaption(bareName(toPath(path)));
        if (whole)
            m_message->showMessage({.sentence = tr("Prompt, seed and settings are back from this clip.")});
        else
            m_message->showMessage({.sentence = tr("Prompt and seed are back from this clip; its model is not here."),
                                    .cause = tr("“%1” made it. Toyland is chosen and will make something else.")
                                                 .arg(m_studio.models().titleOf(recipe.model)),
                                    .button = tr("Models…"),
                                    .action = [this] { openModels(); }});
    });
    connect(&m_studio, &Studio::readyClipOpened, m_viewer, [this](const QString& prompt) {
        m_viewer->setCaption(prompt.isEmpty() ? tr("A ready clip") : tr("A ready clip: “%1”").arg(prompt));
    });
    connect(&m_studio, &Studio::sourceOpened, this, [this](const QString& path, const ClipPtr& clip) {
        if (!m_studio.lesson().isRunning())
            m_motion->setSource(toPath(path), clip);
        openMotionSheet();
        m_motion->sentence().setFocus();
    });
    connect(&m_studio, &Studio::motionAdded, this, [this](const QString& path) {
        m_prompt->chooseMotion(path);
        m_message->showMessage(
            {.sentence = tr("The motion “%1” is chosen for the next clip.").arg(bareName(toPath(path))),
             .cause = tr("Its strength is in the prompt panel: 0 leaves it out, 1.5 exaggerates it.")});
    });
    connect(&m_studio, &Studio::saved, this, &MainWindow::showSaved);
    connect(&m_studio, &Studio::failed, this, [this](const Error& error, Task task) { showError(error, task); });
    connect(&m_studio, &Studio::busy, this, [this] {
        m_message->showMessage({.sentence = tr("A clip is being made. Cancel it or wait, then open this one."),
                                .button = tr("Cancel the run"),
                                .action = [this] { cancel(); }});
    });
    connect(&m_studio.bridge(), &EngineBridge::ready, this, &MainWindow::showStatus);
    connect(&m_studio.bridge(), &EngineBridge::unavailable, this,
            [this](const Error& error) { showError(error, Task::Start); });
}

void MainWindow::generate() {
    if (m_studio.generation().isRunning() || m_prompt->request().prompt.empty())
        return;
    m_prompt->rollSeed();
    closeMotionSheet();
    m_studio.generation().start(m_prompt->request(), m_prompt->modelKind());
    m_viewer->picture().setFocus(); // the writing is done: Space now plays
}

void MainWindow::rerunFrom(StageId stage) {
    GenerateRequest request = m_prompt->request();
    // Earlier results are this run's: they keep the text and seed that they were made with.
    if (stage != StageId::Keyframes) {
        request.prompt = m_studio.generation().request().prompt;
        request.seed = m_studio.generation().request().seed;
        request.motion = m_studio.generation().request().motion;
        if (request.model != m_studio.generation().request().model) { // a plan is its model's
            request.model = m_studio.generation().request().model;
            request.plan = m_studio.generation().request().plan;
        }
        for (const StageId id : kStages)
            if (id < stage)
                request.plan[id] = m_studio.generation().request().plan[id];
    }
    // An unlocked seed asks for another take: new noise from here on, the same before.
    if (stage == StageId::Keyframes) {
        m_prompt->rollSeed();
        request = m_prompt->request();
    } else if (!m_prompt->isSeedLocked()) {
        for (const StageId id : kStages)
            if (id >= stage)
                request.plan[id].seed = SeedEdit::randomSeed();
    }
    request.rerunFrom = stage;
    const ModelKind kind = m_studio.models().kindOf(request.model);
    m_studio.generation().start(std::move(request), kind);
}

void MainWindow::cancel() {
    if (m_studio.lesson().isRunning() && (isMotionSheetOpen() || !m_studio.generation().isRunning()))
        m_studio.lesson().cancel();
    else if (m_studio.generation().isRunning())
        m_studio.generation().cancel();
    else
        closeMotionSheet();
}

void MainWindow::showRunning(bool running) {
    m_prompt->setRunning(running, m_studio.generation().isStopping());
    m_actions.generate->setEnabled(!running);
    if (!running)
        showStatus();
    m_actions.cancel->setEnabled(running || m_studio.lesson().isRunning() || isMotionSheetOpen());
}

bool MainWindow::isMotionSheetOpen() const {
    return m_pages->currentWidget() == m_motion;
}

void MainWindow::openMotionSheet() {
    m_pages->setCurrentWidget(m_motion);
    showRunning(m_studio.generation().isRunning());
}

void MainWindow::closeMotionSheet() {
    m_pages->setCurrentWidget(m_splitter);
    showRunning(m_studio.generation().isRunning());
}

void MainWindow::showStatus() {
    const auto device = m_studio.bridge().device();
    if (!device) {
        m_status->setText(tr("Starting the engine…"));
        return;
    }
    const GenerateRequest request = m_prompt->request();
    const auto forecast = m_studio.bridge().forecast(m_prompt->modelKind(), request.plan);
    m_status->setText(tr("%1 · %2 · about %3")
                          .arg(m_studio.models().titleOf(request.model), deviceTitle(*device),
                               durationText(forecast ? forecast->seconds : 0)));
}

} // namespace s1::ui
