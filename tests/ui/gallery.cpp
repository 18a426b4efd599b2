// ui_gallery OUT [light|dark] [WIDTHxHEIGHT] [state…]: grabs the window in each of its states. Run it with
// QT_QPA_PLATFORM=offscreen and QT_SCALE_FACTOR=1, 1.5 or 2; S1_LANGUAGE=de and S1_RIGHT_TO_LEFT=1 change the words
// and the direction.
#include "dialogs/export_dialog.h"
#include "main_window.h"
#include "panels/model_picker.h"
#include "panels/motion_sheet.h"
#include "panels/prompt_edit.h"
#include "panels/prompt_panel.h"
#include "settings/language.h"
#include "settings/theme.h"
#include "ui_test.h"
#include "viewers/picture_viewer.h"
#include "viewers/viewer_panel.h"
#include "widgets/fold.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QMimeData>

#include <cstdio>

using namespace s1;
using namespace s1::ui;
using namespace s1::test;
using namespace Qt::StringLiterals;

namespace {

struct State {
    QString name;
    FakeScript script;
    std::function<void(MainWindow&, Rig&)> play;
};

void waitUntil(const std::function<bool()>& done) {
    (void)QTest::qWaitFor(done, kPatience);
}

std::function<void(MainWindow&, Rig&)> runUntilHeld() {
    return [](MainWindow& window, Rig& rig) {
        window.generate();
        waitUntil([&] { return rig.engine->isHolding(); });
        QTest::qWait(700);
    };
}

FakeScript holding(StageId stage, int step) {
    FakeScript script;
    script.holdIn = stage;
    script.holdStep = step;
    return script;
}

void finish(MainWindow& window) {
    window.generate();
    waitUntil([&] { return !window.studio().generation().isRunning(); });
    QTest::qWait(300);
}

std::vector<State> states() {
    FakeScript failing;
    failing.failIn = StageId::Superres;
    failing.error = {ErrorCode::OutOfMemory,
                     "super-resolution needs 5.8 GB for 29 frames of 256 × 160 and 3.1 GB are free", "superres"};
    FakeScript learning;
    learning.holdLessonAt = 120;
    learning.stepTime = std::chrono::milliseconds(1);
    FakeScript half, refusing, whole, bad;
    half.models = {toyland(), publishedSet(2)};
    half.models[1].parts[1].missing = {"unet/diffusion_pytorch_model.safetensors"};
    refusing.addError = {ErrorCode::NotFound,
                         "/pictures holds none of the published repositories; give a folder with show-1-base and the "
                         "others, or a hub cache",
                         "/pictures"};
    whole.models = bad.models = {toyland(), publishedSet(5)};
    whole.holdVerify = true;
    bad.faults = {{"show-1-base/text_encoder/pytorch_model-00002-of-00002.bin", "has 1340211200 bytes instead of 4989319680"},
                  {"show-1-sr2/vae/config.json", "is missing"}};
    half.recipe = sampleRecipe("a panda takes a selfie", 345);
    half.recipe.replace(half.recipe.find("toyland"), 7, "show-1");
    return {
        {u"first"_s, {}, [](MainWindow&, Rig&) { QTest::qWait(400); }},
        {u"empty"_s, {}, [](MainWindow&, Rig&) { QTest::qWait(300); }},
        {u"words"_s,
         {},
         [](MainWindow& window, Rig&) {
             window.promptPanel().prompt().replaceText(u"a tiger and a kangaroo jump over a blue background"_s);
             QTest::qWait(600);
         }},
        {u"color"_s,
         {},
         [](MainWindow& window, Rig&) {
             window.promptPanel().prompt().replaceText(u"a ball"_s);
             QTest::qWait(600);
         }},
        {u"expert"_s,
         {},
         [](MainWindow& window, Rig&) {
             for (Fold* fold : window.findChildren<Fold*>())
                 fold->setOpen(true);
             QTest::qWait(100);
         }},
        {u"keyframes"_s, holding(StageId::Keyframes, 12), runUntilHeld()},
        {u"interpolation"_s, holding(StageId::Interpolation, 4), runUntilHeld()},
        {u"superres"_s, holding(StageId::Superres, 2), runUntilHeld()},
        {u"translation"_s, holding(StageId::Translation, 6), runUntilHeld()},
        {u"finished"_s,
         {},
         [](MainWindow& window, Rig&) {
             finish(window);
             window.studio().clock().setPlaying(false);
             window.studio().clock().seek(11);
         }},
        {u"free-line"_s,
         {},
         [](MainWindow& window, Rig&) {
             finish(window);
             window.studio().sliceLine().moveEnd(0, {0.1, 0.2});
             window.studio().sliceLine().moveEnd(1, {0.9, 0.85});
             QTest::qWait(100);
         }},
        {u"error"_s, failing, [](MainWindow& window, Rig&) { finish(window); }},
        {u"export"_s,
         {},
         [](MainWindow& window, Rig&) {
             finish(window);
             window.openExport();
             QTest::qWait(200);
         }},
        {u"shortcuts"_s,
         {},
         [](MainWindow& window, Rig&) {
             window.actions().shortcuts->trigger();
             QTest::qWait(200);
         }},
        {u"drop"_s,
         {},
         [](MainWindow& window, Rig&) {
             QMimeData data;
             data.setUrls({QUrl::fromLocalFile(u"/clips/a.mp4"_s)});
             QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
             QCoreApplication::sendEvent(&window, &enter);
         }},
        {u"about"_s,
         {},
         [](MainWindow& window, Rig&) {
             window.actions().about->trigger();
             QTest::qWait(200);
         }},
        {u"models"_s,
         {},
         [](MainWindow& window, Rig&) {
             window.openModels();
             QTest::qWait(300);
         }},
        {u"models-half"_s, half,
         [](MainWindow& window, Rig&) {
             window.openModels();
             window.studio().models().add(u"/models"_s);
             QTest::qWait(300);
         }},
        {u"models-refused"_s, refusing,
         [](MainWindow& window, Rig&) {
             window.openModels();
             QTest::qWait(100);
             window.studio().models().add(u"/pictures"_s);
             QTest::qWait(300);
         }},
        {u"models-verifying"_s, whole,
         [](MainWindow& window, Rig& rig) {
             window.promptPanel().chooseModel("show-1");
             window.openModels();
             QTest::qWait(200);
             window.studio().models().verify("show-1");
             waitUntil([&] { return rig.engine->isHolding(); });
             QTest::qWait(300);
         }},
        {u"models-bad"_s, bad,
         [](MainWindow& window, Rig&) {
             window.openModels();
             QTest::qWait(200);
             window.studio().models().verify("show-1");
             QTest::qWait(300);
         }},
        {u"published"_s, whole,
         [](MainWindow& window, Rig&) {
             window.promptPanel().chooseModel("show-1");
             window.promptPanel().prompt().replaceText(u"A panda taking a selfie, 4k, high resolution."_s);
             QTest::qWait(400);
         }},
        {u"model-list"_s, half,
         [](MainWindow& window, Rig&) {
             window.findChild<ModelPicker*>()->findChild<QComboBox*>()->showPopup();
             QTest::qWait(300);
         }},
        {u"published-missing"_s, half,
         [](MainWindow& window, Rig&) {
             window.openFile(u"/clips/panda.mp4"_s);
             QTest::qWait(400);
         }},
        {u"motion-empty"_s,
         {},
         [](MainWindow& window, Rig&) {
             window.openMotionSheet();
             QTest::qWait(200);
         }},
        {u"motion-learning"_s, learning,
         [](MainWindow& window, Rig& rig) {
             window.openFile(u"/clips/skater plain.mp4"_s);
             waitUntil([&] { return window.isMotionSheetOpen(); });
             window.motionSheet().sentence().setText(u"a shape bounces to the right"_s);
             window.motionSheet().learnButton().click();
             waitUntil([&] { return rig.engine->isHolding(); });
             QTest::qWait(200);
         }},
        {u"motion-learned"_s,
         {},
         [](MainWindow& window, Rig&) {
             window.openFile(u"/clips/skater plain.mp4"_s);
             waitUntil([&] { return window.isMotionSheetOpen(); });
             window.motionSheet().sentence().setText(u"a shape bounces to the right"_s);
             window.motionSheet().learnButton().click();
             waitUntil([&] { return !window.studio().motions().files().isEmpty(); });
             window.closeMotionSheet();
             QTest::qWait(200);
         }},
    };
}

void grab(MainWindow& window, const QString& file) {
    QPixmap picture = window.grab();
    for (QDialog* dialog : window.findChildren<QDialog*>())
        if (dialog->isVisible()) {
            const QPixmap over = dialog->grab();
            QPainter painter(&picture);
            painter.fillRect(window.rect(), QColor(0, 0, 0, 90));
            painter.drawPixmap((window.width() - dialog->width()) / 2, (window.height() - dialog->height()) / 2, over);
        }
    if (QWidget* popup = QApplication::activePopupWidget()) {
        QPainter painter(&picture);
        painter.drawPixmap(window.mapFromGlobal(popup->pos()), popup->grab());
    }
    picture.save(file);
}

} // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    QStringList arguments = app.arguments().mid(1);
    if (arguments.isEmpty()) {
        std::fputs("usage: ui_gallery OUT [light|dark] [WIDTHxHEIGHT] [state…]\n", stderr);
        return 2;
    }
    const QDir out(arguments.takeFirst());
    out.mkpath(u"."_s);
    const QString theme = arguments.isEmpty() ? u"light"_s : arguments.takeFirst();
    const QStringList size = (arguments.isEmpty() ? u"1360x860"_s : arguments.takeFirst()).split(u'x');
    if (const QString language = qEnvironmentVariable("S1_LANGUAGE"); !language.isEmpty()) {
        QLocale::setDefault(QLocale(language));
        applyLanguage(app, QLocale(language));
    }
    if (qEnvironmentVariableIsSet("S1_RIGHT_TO_LEFT"))
        QApplication::setLayoutDirection(Qt::RightToLeft);
    applyTheme(app, theme == u"dark" ? ThemeChoice::Dark : ThemeChoice::Light);
    const QString scale = qEnvironmentVariable("QT_SCALE_FACTOR", u"1"_s);
    for (State& state : states()) {
        if (!arguments.isEmpty() && !arguments.contains(state.name))
            continue;
        if (state.script.recipe.empty())
            state.script.recipe = sampleRecipe("a red ball bounces over a blue background", 345);
        Rig rig(state.script);
        rig.start();
        MainWindow window(rig.bridge, rig.session, state.name == u"empty" ? u"missing.mp4"_s : u"ready_clip.mp4"_s);
        window.resize(size.value(0).toInt(), size.value(1).toInt());
        window.show();
        if (state.name != "empty"_L1)
            waitUntil([&] { return window.viewerPanel().clip() != nullptr; });
        QTest::qWait(400); // the description of the prompt
        state.play(window, rig);
        grab(window, out.filePath(u"%1-%2-%3.png"_s.arg(state.name, theme, scale)));
        std::printf("%s\n", qPrintable(state.name));
    }
    return 0;
}
