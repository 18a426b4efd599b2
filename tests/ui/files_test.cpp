#include "desk.h"
#include "dialogs/export_dialog.h"
#include "panels/motion_sheet.h"
#include "panels/prompt_edit.h"
#include "panels/prompt_panel.h"
#include "panels/slice_panel.h"
#include "settings/theme.h"
#include "viewers/viewer_panel.h"
#include "widgets/seed_edit.h"

#include <QDockWidget>
#include <QFile>

using namespace s1;
using namespace s1::ui;
using namespace s1::test;
using namespace Qt::StringLiterals;

class FilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }

    // Export
    void controlEExportsAndRemembers() {
        Desk desk;
        QVERIFY(desk.generate());
        QTest::keyClick(desk.window.get(), Qt::Key_E, Qt::ControlModifier);
        auto* dialog = desk.window->findChild<ExportDialog*>();
        QVERIFY(dialog);
        dialog->path().setText(u"/somewhere/else/ball.mp4"_s);
        dialog->accept();
        QVERIFY(QTest::qWaitFor([&] { return desk.window->messageBar().isVisible(); }));
        QVERIFY(desk.window->messageBar().message().sentence.contains(u"ball.mp4"_s));
        const auto asked = desk.rig.asked<ExportRequest>();
        QCOMPARE(int(asked.size()), 1);
        QCOMPARE(asked[0].path.string(), std::string("/somewhere/else/ball.mp4"));
        QVERIFY(!asked[0].recipe.empty());
        QCOMPARE(desk.rig.session.exportFolder(), u"/somewhere/else"_s);
    }

    void anEarlierStageIsExportedWithoutRecipe() {
        Desk desk;
        QVERIFY(desk.generate());
        desk.window->viewerPanel().pickStage(StageId::Keyframes);
        desk.window->openExport();
        auto* dialog = desk.window->findChild<ExportDialog*>();
        QVERIFY(dialog->request().recipe.empty());
        QCOMPARE(dialog->request().clip->frameCount(), 8);
    }

    void aFailedExportOffersAnotherPlace() {
        FakeScript script;
        script.exportError = Error{ErrorCode::CannotCreate, "read-only", "/x"};
        Desk desk(script);
        QVERIFY(desk.generate());
        desk.window->studio().exportClip({.clip = desk.generation().result(), .path = "/x/a.mp4"});
        QVERIFY(QTest::qWaitFor([&] { return desk.window->messageBar().isVisible(); }));
        desk.window->messageBar().actionButton().click();
        QVERIFY(desk.window->findChild<ExportDialog*>());
    }

    void savesTheSliceAsPng() {
        Desk desk;
        QVERIFY(desk.generate());
        const QString file = desk.rig.profile.filePath(u"slice.png"_s);
        desk.window->studio().savePicture(desk.window->slicePanel().exportImage(), file);
        QVERIFY(QTest::qWaitFor([&] { return desk.window->messageBar().isVisible(); }));
        QCOMPARE(QImage(file).height(), 29 * 8);
    }

    void aSliceThatCannotBeSavedIsAnError() {
        Desk desk;
        desk.window->studio().savePicture(QImage(4, 4, QImage::Format_RGB32), u"/nowhere/at/all/slice.png"_s);
        QVERIFY(QTest::qWaitFor([&] { return desk.window->messageBar().isVisible(); }));
        QVERIFY(desk.window->messageBar().message().kind == Message::Kind::Error);
    }

    // Drops
    void ourClipBringsEverythingBack() {
        FakeScript script;
        script.recipe = sampleRecipe("a green square spins", 77);
        Desk desk(script);
        desk.drop(u"/clips/last week.mp4"_s);
        QVERIFY(QTest::qWaitFor(
            [&] { return desk.window->promptPanel().prompt().toPlainText() == u"a green square spins"; }));
        const GenerateRequest request = desk.window->promptPanel().request();
        QCOMPARE(quint64(request.seed), quint64(77));
        QCOMPARE(request.negative, std::string("grain"));
        QVERIFY(request.plan == makePlan(Preset::Draft, ModelKind::Embedded));
        QVERIFY(desk.window->promptPanel().isSeedLocked());
        QVERIFY(!desk.window->isMotionSheetOpen());
    }

    void aClipOfAModelThatIsNotHereSaysSo() {
        FakeScript script;
        script.recipe = sampleRecipe();
        script.recipe.replace(script.recipe.find("toyland"), 7, "show-1");
        script.models = {toyland()};
        Desk desk(script);
        QVERIFY(QTest::qWaitFor([&] { return desk.window->studio().models().isListed(); }));
        desk.drop(u"/clips/big.mp4"_s);
        QVERIFY(QTest::qWaitFor([&] { return desk.window->messageBar().isVisible(); }));
        QVERIFY(desk.window->messageBar().message().cause.contains(u"show-1"_s));
        QVERIFY(desk.window->promptPanel().request().model.empty());
    }

    void anyOtherVideoOpensTheMotionSheet() {
        Desk desk;
        desk.drop(u"/clips/skater plain.mp4"_s);
        QVERIFY(QTest::qWaitFor([&] { return desk.window->isMotionSheetOpen(); }));
        QCOMPARE(desk.window->motionSheet().sampledFrames()->frameCount(), 8);
    }

    void anyClipMayTeachWhenTheSheetIsOpen() {
        Desk desk;
        desk.window->openMotionSheet();
        desk.drop(u"/clips/ours.mp4"_s); // has a recipe
        QVERIFY(QTest::qWaitFor([&] { return desk.window->motionSheet().sampledFrames() != nullptr; }));
        QVERIFY(desk.window->isMotionSheetOpen());
    }

    void aMotionFileIsChosen() {
        Desk desk;
        desk.drop(u"/m/roll.s1motion"_s);
        QCOMPARE(desk.window->promptPanel().request().motion->file.string(), std::string("/m/roll.s1motion"));
        QCOMPARE(desk.rig.session.motions(), QStringList{u"/m/roll.s1motion"_s});
    }

    void aFileThatIsNotThereIsAnError() {
        Desk desk;
        desk.drop(u"/clips/missing.mp4"_s);
        QVERIFY(QTest::qWaitFor([&] { return desk.window->messageBar().isVisible(); }));
        QVERIFY(desk.window->messageBar().message().kind == Message::Kind::Error);
    }

    void aClipDroppedDuringARunWaits() {
        Desk desk(holding(StageId::Keyframes));
        desk.window->generate();
        QVERIFY(desk.untilHeld());
        desk.drop(u"/clips/ours.mp4"_s);
        QVERIFY(QTest::qWaitFor([&] { return desk.window->messageBar().isVisible(); }));
        QVERIFY(desk.generation().isRunning());
        QVERIFY(desk.window->messageBar().message().kind == Message::Kind::Notice);
    }

    // Motion
    void learnsAMotionAndChoosesIt() {
        Desk desk;
        desk.drop(u"/clips/skater plain.mp4"_s);
        QVERIFY(QTest::qWaitFor([&] { return desk.window->isMotionSheetOpen(); }));
        desk.window->motionSheet().sentence().setText(u"a shape rolls"_s);
        desk.window->motionSheet().learnButton().click();
        QVERIFY(QTest::qWaitFor([&] { return desk.window->promptPanel().request().motion.has_value(); }, 10000));
        const auto asked = desk.rig.asked<MotionLearnRequest>();
        QVERIFY(asked[0].output.string().ends_with("motions/skater plain.s1motion"));
        QCOMPARE(desk.window->promptPanel().request().motion->file, asked[0].output);
        QCOMPARE(desk.window->promptPanel().request().motion->strength, 1.0);
    }

    void escStopsALesson() {
        FakeScript script;
        script.holdLessonAt = 3;
        Desk desk(script);
        desk.drop(u"/clips/skater plain.mp4"_s);
        QVERIFY(QTest::qWaitFor([&] { return desk.window->isMotionSheetOpen(); }));
        desk.window->motionSheet().sentence().setText(u"rolls"_s);
        desk.window->motionSheet().learnButton().click();
        QVERIFY(desk.untilHeld());
        QTest::keyClick(desk.window.get(), Qt::Key_Escape);
        QVERIFY(QTest::qWaitFor([&] { return !desk.window->studio().lesson().isRunning(); }, 1000));
        QVERIFY(desk.window->isMotionSheetOpen()); // a second Esc leaves
        QTest::keyClick(desk.window.get(), Qt::Key_Escape);
        QVERIFY(!desk.window->isMotionSheetOpen());
    }

    // Session
    void theSessionComesBack() {
        Desk desk;
        desk.window->promptPanel().prompt().setPlainText(u"words of mine"_s);
        desk.window->promptPanel().seed().setSeed(4711);
        desk.window->promptPanel().setSeedLocked(true);
        desk.window->promptPanel().useDraft();
        desk.window->resize(1111, 700);
        desk.window->studio().addMotion(u"/m/roll.s1motion"_s);
        desk.window->findChild<QDockWidget*>(u"slice"_s)->hide();
        desk.window->close();
        desk.open();
        QCOMPARE(desk.window->promptPanel().prompt().toPlainText(), u"words of mine"_s);
        QCOMPARE(desk.window->promptPanel().seed().seed(), quint64(4711));
        QVERIFY(desk.window->promptPanel().isSeedLocked());
        QVERIFY(desk.window->promptPanel().preset() == Preset::Draft);
        QCOMPARE(desk.window->promptPanel().request().motion->file.string(), std::string("/m/roll.s1motion"));
        QVERIFY(!desk.window->findChild<QDockWidget*>(u"slice"_s)->isVisible());
        desk.window->actions().resetLayout->trigger();
        QVERIFY(desk.window->findChild<QDockWidget*>(u"slice"_s)->isVisible());
    }

    void thePromptSurvivesACrash() {
        Desk desk;
        desk.window->promptPanel().prompt().setPlainText(u"never lose me"_s);
        QVERIFY(QTest::qWaitFor(
            [&] { // nobody closes the window
                Session other(desk.rig.profile.path());
                return other.work() && other.work()->prompt == "never lose me";
            },
            3000));
    }

    void aBrokenSessionFileIsBorne() {
        QTemporaryDir profile;
        QFile file(profile.filePath(u"settings.ini"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[work]\nrecipe=\"{\\\"schema\\\":\\\"show1.recipe/"
                   "1\\\",\\\"plan\\\":3\"\n[window]\ngeometry=junk\nlayout=7\n\xff\xfe");
        file.close();
        Session session(profile.path());
        Rig rig;
        rig.start();
        MainWindow window(rig.bridge, session, u"missing.mp4"_s);
        window.show();
        QVERIFY(!window.promptPanel().prompt().toPlainText().isEmpty());
    }
};

QTEST_MAIN(FilesTest)
#include "files_test.moc"
