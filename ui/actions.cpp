#include "actions.h"

#include "text.h"
#include "widgets/themed_icon.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {
struct ActionTr {
    Q_DECLARE_TR_FUNCTIONS(Actions)
};
} // namespace

Actions::Actions(QMainWindow& window) {
    QMenu* menu = nullptr;
    const auto add = [&](const QString& text, const QList<QKeySequence>& keys = {}, const QString& icon = {}) {
        QAction* action = menu->addAction(icon.isEmpty() ? QIcon() : themedIcon(icon), text);
        action->setShortcuts(keys);
        window.addAction(action); // keys work in full screen, without the menu bar, too
        m_all.append(action);
        return action;
    };
    const auto addPlain = [&](const QString& text, Qt::Key key, const QString& icon = {}) {
        QAction* action = menu->addAction(icon.isEmpty() ? QIcon() : themedIcon(icon), text);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut); // listed in the menu; runPlainKey does the work
        m_all.append(action);
        m_plain.append(action);
        return action;
    };
    const auto startMenu = [&](const QString& title) { menu = window.menuBar()->addMenu(title); };

    startMenu(ActionTr::tr("&File"));
    open = add(ActionTr::tr("&Open clip…"), {QKeySequence(Qt::CTRL | Qt::Key_O)}, u"open"_s);
    exportClip = add(ActionTr::tr("&Export clip…"), {QKeySequence(Qt::CTRL | Qt::Key_E)}, u"export"_s);
    saveSlice = add(ActionTr::tr("Save &slice as PNG…"), {}, u"slice"_s);
    menu->addSeparator();
    models = add(ActionTr::tr("&Models…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M)}, u"models"_s);
    menu->addSeparator();
    quit = add(ActionTr::tr("&Quit"), {QKeySequence(Qt::CTRL | Qt::Key_Q)});

    startMenu(ActionTr::tr("&Edit"));
    undo = add(ActionTr::tr("&Undo in prompt"), {QKeySequence(Qt::CTRL | Qt::Key_Z)});
    redo = add(ActionTr::tr("&Redo in prompt"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)});

    startMenu(ActionTr::tr("&View"));
    for (const StageId id : kStages) {
        const auto index = static_cast<std::size_t>(id);
        stages[index] = add(ActionTr::tr("Show %1").arg(stageTitle(id)),
                            {QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + static_cast<int>(index)))});
    }
    menu->addSeparator();
    sliceLine = addPlain(ActionTr::tr("S&lice line"), Qt::Key_X, u"slice"_s);
    sliceLine->setCheckable(true);
    zoomFit = add(ActionTr::tr("Zoom to &fit"), {QKeySequence(Qt::CTRL | Qt::Key_0)});
    zoomOriginal = add(ActionTr::tr("Original si&ze"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_0)});
    menu->addSeparator();
    panels = menu->addMenu(ActionTr::tr("&Panels"));
    resetLayout = add(ActionTr::tr("&Reset layout"));
    QMenu* theme = menu->addMenu(ActionTr::tr("&Theme"));
    auto* themes = new QActionGroup(&window);
    const auto addTheme = [&](const QString& text) {
        QAction* action = theme->addAction(text);
        action->setCheckable(true);
        themes->addAction(action);
        return action;
    };
    themeSystem = addTheme(ActionTr::tr("As the &system"));
    themeLight = addTheme(ActionTr::tr("&Light"));
    themeDark = addTheme(ActionTr::tr("&Dark"));
    fullScreen = add(ActionTr::tr("F&ull screen"), {QKeySequence(Qt::Key_F11)});
    fullScreen->setCheckable(true);

    startMenu(ActionTr::tr("&Clip"));
    generate = add(ActionTr::tr("&Generate"),
                   {QKeySequence(Qt::CTRL | Qt::Key_Enter), QKeySequence(Qt::CTRL | Qt::Key_Return)}, u"generate"_s);
    cancel = add(ActionTr::tr("&Cancel"), {QKeySequence(Qt::Key_Escape)}, u"stop"_s);
    menu->addSeparator();
    play = addPlain(ActionTr::tr("&Play or pause"), Qt::Key_Space, u"play"_s);
    previous = addPlain(ActionTr::tr("P&revious frame"), Qt::Key_Comma, u"previous"_s);
    next = addPlain(ActionTr::tr("&Next frame"), Qt::Key_Period, u"next"_s);
    first = addPlain(ActionTr::tr("&First frame"), Qt::Key_Home, u"first"_s);
    last = addPlain(ActionTr::tr("&Last frame"), Qt::Key_End, u"last"_s);

    startMenu(ActionTr::tr("&Motion"));
    learnMotion = add(ActionTr::tr("&Learn a motion…"), {QKeySequence(Qt::CTRL | Qt::Key_M)}, u"motion"_s);
    openMotion = add(ActionTr::tr("&Open a motion file…"), {}, u"open"_s);

    startMenu(ActionTr::tr("&Help"));
    shortcuts = add(ActionTr::tr("&Keyboard shortcuts"),
                    {QKeySequence(Qt::Key_F1), QKeySequence(Qt::SHIFT | Qt::Key_Question)});
    about = add(ActionTr::tr("&About Show-1 Studio"));
}

bool Actions::runPlainKey(const QKeyEvent& event) const {
    if (event.modifiers() & ~Qt::KeypadModifier)
        return false;
    for (QAction* action : m_plain)
        if (action->shortcut() == QKeySequence(event.key()) && action->isEnabled()) {
            action->trigger();
            return true;
        }
    return false;
}

} // namespace s1::ui
