// The window's menus, messages, file dialogs and drops.
#include "main_window.h"

#include "dialogs/export_dialog.h"
#include "dialogs/models_dialog.h"
#include "dialogs/shortcuts_dialog.h"
#include "panels/prompt_edit.h"
#include "panels/prompt_panel.h"
#include "panels/slice_panel.h"
#include "settings/session.h"
#include "text.h"
#include "viewers/picture_viewer.h"
#include "viewers/viewer_panel.h"
#include "widgets/drop_veil.h"

#include <QAction>
#include <QApplication>
#include <QDesktopServices>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QMimeData>
#include <QUrl>

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {

QString droppedFile(const QMimeData& data) {
    const QList<QUrl> urls = data.urls();
    return urls.isEmpty() || !urls.first().isLocalFile() ? QString() : urls.first().toLocalFile();
}

bool isMotionFile(const QString& path) {
    return path.endsWith(u".s1motion"_s, Qt::CaseInsensitive);
}

} // namespace

void MainWindow::connectActions() {
    PlaybackClock& clock = m_studio.clock();
    const auto on = [this](QAction* action, auto slot) { connect(action, &QAction::triggered, this, slot); };
    on(m_actions.open, [this] {
        chooseFile(tr("Open a clip"), tr("Clips (*.mp4 *.mov *.mkv *.webm *.avi *.gif *.png);;All files (*)"),
                   [this](const QString& path) { openFile(path); });
    });
    on(m_actions.exportClip, [this] { openExport(); });
    on(m_actions.saveSlice, [this] { saveSlice(); });
    on(m_actions.models, [this] { openModels(); });
    on(m_actions.quit, [this] { close(); });
    on(m_actions.undo, [this] { m_prompt->prompt().undo(); });
    on(m_actions.redo, [this] { m_prompt->prompt().redo(); });
    for (const StageId id : kStages)
        on(m_actions.stages[static_cast<std::size_t>(id)], [this, id] {
            closeMotionSheet();
            m_viewer->pickStage(id);
        });
    m_actions.sliceLine->setChecked(m_studio.sliceLine().isVisible());
    connect(m_actions.sliceLine, &QAction::toggled, &m_studio.sliceLine(), &CutLine::setVisible);
    connect(&m_studio.sliceLine(), &CutLine::visibleChanged, m_actions.sliceLine, &QAction::setChecked);
    on(m_actions.zoomFit, [this] { m_viewer->picture().setZoom(std::nullopt); });
    on(m_actions.zoomOriginal, [this] { m_viewer->picture().setZoom(1.0); });
    on(m_actions.resetLayout, [this] { resetLayout(); });
    on(m_actions.themeSystem, [this] { setTheme(ThemeChoice::System); });
    on(m_actions.themeLight, [this] { setTheme(ThemeChoice::Light); });
    on(m_actions.themeDark, [this] { setTheme(ThemeChoice::Dark); });
    on(m_actions.fullScreen, [this](bool on) { on ? showFullScreen() : showNormal(); });
    on(m_actions.generate, [this] { generate(); });
    on(m_actions.cancel, [this] { cancel(); });
    on(m_actions.play, [&clock] { clock.toggle(); });
    on(m_actions.previous, [&clock] { clock.step(-1); });
    on(m_actions.next, [&clock] { clock.step(1); });
    on(m_actions.first, [&clock] {
        clock.setPlaying(false);
        clock.seek(0);
    });
    on(m_actions.last, [&clock] {
        clock.setPlaying(false);
        clock.seek(clock.frameCount() - 1);
    });
    on(m_actions.learnMotion, [this] { openMotionSheet(); });
    on(m_actions.openMotion, [this] {
        chooseFile(tr("Open a motion"), tr("Motions (*.s1motion)"),
                   [this](const QString& path) { m_studio.addMotion(path); });
    });
    on(m_actions.shortcuts, [this] {
        auto* sheet = new ShortcutsDialog(m_actions.all(), this);
        sheet->setAttribute(Qt::WA_DeleteOnClose);
        sheet->open();
    });
    on(m_actions.about, [this] {
        auto* box = new QMessageBox(this);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setWindowTitle(tr("About Show-1 Studio"));
        box->setIconPixmap(QIcon(u":/icons/show1-studio.svg"_s).pixmap(64, 64));
        box->setText(tr("<b>Show-1 Studio %1</b>").arg(QString::fromLatin1(S1_VERSION)));
        box->setInformativeText(tr("Text to video with the four stages of Show-1, on this computer. No account, no "
                                   "telemetry: nothing you write or make leaves it.\n\nMade with Qt, LibTorch and "
                                   "FFmpeg, each under its own licence."));
        box->open();
    });
}

void MainWindow::setTheme(ThemeChoice choice) {
    m_studio.session().saveTheme(choice);
    applyTheme(*qApp, choice);
}

void MainWindow::showError(const Error& error, Task task, std::function<void()> again) {
    if (error.code == ErrorCode::Cancelled)
        return;
    const ErrorText text = describeError(error, task);
    Message message{.kind = Message::Kind::Error,
                    .sentence = text.sentence,
                    .cause = text.cause,
                    .button = text.button,
                    .details = text.details};
    switch (text.remedy) {
    case Remedy::None:
        break;
    case Remedy::TryAgain:
        message.action = again;
        break;
    case Remedy::UseDraft:
        if (m_prompt->hasDraft())
            message.action = [this] { m_prompt->useDraft(); };
        break;
    case Remedy::ChooseAnotherFolder:
        message.action = [this] { openExport(); };
        break;
    case Remedy::ChooseAnotherFile:
        message.action = [this] { m_actions.open->trigger(); };
        break;
    case Remedy::ShowModels:
        message.action = [this] { openModels(); };
        break;
    }
    if (!message.action)
        message.button.clear();
    m_message->showMessage(std::move(message));
}

void MainWindow::showSaved(const QString& path) {
    m_message->showMessage(
        {.sentence = tr("Saved “%1”.").arg(QFileInfo(path).fileName()),
         .cause = QDir::toNativeSeparators(QFileInfo(path).path()),
         .button = tr("Open folder"),
         .action = [path] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).path())); }});
}

void MainWindow::chooseFile(const QString& title, const QString& filter, std::function<void(const QString&)> chosen) {
    auto* dialog = new QFileDialog(this, title, m_studio.session().openFolder(), filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, chosen](const QString& path) {
        m_studio.session().saveOpenFolder(QFileInfo(path).path());
        chosen(path);
    });
    dialog->open();
}

void MainWindow::openFile(const QString& path) {
    if (isMotionFile(path))
        m_studio.addMotion(path);
    else if (isMotionSheetOpen())
        m_studio.openMotionSource(path);
    else
        m_studio.open(path);
}

void MainWindow::openExport() {
    const ClipPtr clip = m_viewer->clip();
    if (!clip)
        return;
    // The recipe describes the finished clip; an earlier stage's pictures go out without it.
    const Generation& generation = m_studio.generation();
    const bool whole = generation.result() && clip == generation.stage(kStages.back()).clip;
    const auto recipe = parseRecipe(generation.recipe());
    const QString prompt = whole && recipe ? toQString(recipe->prompt) : toQString(generation.request().prompt);
    const quint64 seed = whole && recipe ? recipe->seed : generation.request().seed;
    Session& session = m_studio.session();
    auto* dialog = new ExportDialog({.clip = clip,
                                     .recipe = whole ? generation.recipe() : std::string(),
                                     .name = fileNameFor(prompt, seed),
                                     .folder = session.exportFolder(),
                                     .format = session.exportFormat()},
                                    m_studio.bridge().exportFormats(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_studio.session().saveExport(dialog->folder(), dialog->format());
        m_studio.exportClip(dialog->request());
    });
    dialog->open();
}

void MainWindow::openModels() {
    if (m_modelsDialog)
        return;
    m_studio.models().refresh(); // another program may have added some
    m_modelsDialog = new ModelsDialog(m_studio.models(), m_studio.bridge(), this);
    m_modelsDialog->setAttribute(Qt::WA_DeleteOnClose);
    m_modelsDialog->showChosen(m_prompt->request().model);
    connect(m_modelsDialog, &ModelsDialog::modelChosen, m_prompt,
            [this](const QString& name) { m_prompt->chooseModel(name.toStdString()); });
    connect(m_prompt, &PromptPanel::changed, m_modelsDialog,
            [this] { m_modelsDialog->showChosen(m_prompt->request().model); });
    m_modelsDialog->open();
}

// What is found out about models while their dialog is closed is said here.
void MainWindow::connectModels() {
    ModelList& models = m_studio.models();
    connect(m_prompt, &PromptPanel::modelsRequested, this, &MainWindow::openModels);
    connect(m_prompt, &PromptPanel::modelLost, this, &MainWindow::showModelLost);
    connect(&models, &ModelList::modelsChanged, this, &MainWindow::showStatus);
    connect(&models, &ModelList::failed, this, [this](const Error& error, Task task) {
        if (!m_modelsDialog && m_studio.bridge().isReady()) // without an engine, that is the news
            showError(error, task);
    });
    connect(&models, &ModelList::verified, this, [this, &models](const QString& name) {
        const auto* faults = models.faultsOf(name.toStdString());
        if (m_modelsDialog || !faults)
            return;
        const QString title = models.titleOf(name.toStdString());
        m_message->showMessage({.kind = faults->empty() ? Message::Kind::Notice : Message::Kind::Error,
                                .sentence = faults->empty() ? tr("Every file of %1 is good.").arg(title)
                                                            : tr("Not every file of %1 is good.").arg(title),
                                .button = faults->empty() ? QString() : tr("Models…"),
                                .action = [this] { openModels(); }});
    });
}

void MainWindow::showModelLost(const QString& name) {
    if (m_modelsDialog) // removed there, on purpose
        return;
    m_message->showMessage({.sentence = tr("%1 is not complete here any more, so Toyland is chosen.").arg(name),
                            .button = tr("Models…"),
                            .action = [this] { openModels(); }});
}

void MainWindow::saveSlice() {
    const QImage slice = m_slice->exportImage();
    if (slice.isNull())
        return;
    auto* dialog = new QFileDialog(this, tr("Save the slice"), m_studio.session().exportFolder(), tr("PNG (*.png)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"png"_s);
    dialog->selectFile(u"slice.png"_s);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, slice](const QString& path) { m_studio.savePicture(slice, path); });
    dialog->open();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    const QString path = droppedFile(*event->mimeData());
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    if (isMotionFile(path))
        m_veil->say(tr("Add this motion"), tr("It will be chosen for the next clip."));
    else if (isMotionSheetOpen())
        m_veil->say(tr("Learn the motion of this clip"), QString());
    else
        m_veil->say(tr("Open this clip"), tr("A clip made here brings its prompt, seed and settings back. "
                                             "From any other you can learn its motion."));
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*) {
    m_veil->hide();
}

void MainWindow::dropEvent(QDropEvent* event) {
    m_veil->hide();
    const QString path = droppedFile(*event->mimeData());
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    openFile(path);
}

} // namespace s1::ui
