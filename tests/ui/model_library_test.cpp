#include "model_desk.h"
#include "settings/theme.h"

#include <QPushButton>
#include <QSpinBox>
#include <QStandardItemModel>

#include <nlohmann/json.hpp>

using namespace s1;
using namespace s1::ui;
using namespace s1::test;
using namespace Qt::StringLiterals;

namespace {

std::string recipeOf(const std::string& model, const CascadePlan& plan) {
    return nlohmann::json{
        {"schema", "show1.recipe/1"}, {"prompt", "a panda"}, {"seed", 5}, {"model", model}, {"plan", toJson(plan)}}
        .dump();
}

} // namespace

class ModelLibraryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }

    // The start
    void aSlowModelFolderHoldsUpNothing() {
        FakeScript script = withParts(5);
        script.listTime = std::chrono::milliseconds(1500);
        Rig rig(script);
        QElapsedTimer timer;
        timer.start();
        MainWindow window(rig.bridge, rig.session, u"ready_clip.mp4"_s);
        window.show();
        rig.start();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(timer.elapsed() < 1000);
        ModelList& models = window.studio().models();
        QVERIFY(!models.isListed());
        double longest = 0;
        while (!models.isListed() && timer.elapsed() < 10000) {
            const qint64 before = timer.elapsed();
            QTest::qWait(5);
            longest = std::max(longest, double(timer.elapsed() - before));
        }
        QVERIFY(models.isListed());
        QVERIFY2(longest < 700, qPrintable(u"blocked for %1 ms"_s.arg(longest)));
        QVERIFY(!rig.engine->listedFrom().empty());
        QVERIFY(!rig.engine->listedFrom().contains(std::this_thread::get_id()));
    }

    void theSessionsModelIsKeptWhileNobodyKnows() {
        FakeScript script = withParts(5);
        script.listTime = std::chrono::milliseconds(300);
        Rig rig(script);
        GenerateRequest request{.prompt = "a panda", .model = "show-1"};
        request.plan = makePlan(Preset::Script, ModelKind::Published);
        rig.session.saveWork(request, true);
        MainWindow window(rig.bridge, rig.session, u"ready_clip.mp4"_s);
        window.show();
        QCOMPARE(window.promptPanel().request().model, std::string("show-1"));
        rig.start();
        QVERIFY(QTest::qWaitFor([&] { return window.studio().models().isListed(); }));
        QCOMPARE(window.promptPanel().request().model, std::string("show-1"));
        QVERIFY(window.promptPanel().preset() == Preset::Script);
        QVERIFY(!window.messageBar().isVisible());
    }

    void aModelThatWentSinceIsSaid() {
        Rig rig(withParts(3));
        GenerateRequest request{.prompt = "a panda", .model = "show-1"};
        request.plan = makePlan(Preset::Script, ModelKind::Published);
        rig.session.saveWork(request, true);
        rig.start();
        MainWindow window(rig.bridge, rig.session, u"ready_clip.mp4"_s);
        window.show();
        QVERIFY(QTest::qWaitFor([&] { return window.messageBar().isVisible(); }));
        QVERIFY(window.messageBar().message().sentence.contains(u"Show-1"_s));
        QVERIFY(window.promptPanel().request().model.empty());
        QVERIFY(window.promptPanel().request().plan == makePlan(Preset::Standard, ModelKind::Embedded));
        window.messageBar().actionButton().click();
        QVERIFY(window.findChild<ModelsDialog*>());
    }

    void aDamagedListIsSaidAndToylandStays() {
        FakeScript script = withParts(0);
        script.listError =
            Error{ErrorCode::Corrupt, "/data/models.json is not as this version writes it", "models.json"};
        Rig rig(script);
        rig.start();
        MainWindow window(rig.bridge, rig.session, u"ready_clip.mp4"_s);
        window.show();
        QVERIFY(QTest::qWaitFor([&] { return window.messageBar().isVisible(); }));
        QVERIFY(window.messageBar().message().kind == Message::Kind::Error);
        QVERIFY(window.messageBar().message().cause.contains(u"models.json"_s));
        window.generate();
        QVERIFY(QTest::qWaitFor([&] { return window.studio().generation().result() != nullptr; }, kPatience));
    }

    // Choosing
    void eachKindOfModelHasItsPresets() {
        ModelDesk desk(withParts(5));
        QCOMPARE(presetsOf(desk.panel()), (QStringList{u"Draft"_s, u"Standard"_s, u"Custom"_s}));
        desk.choose("show-1");
        QCOMPARE(presetsOf(desk.panel()), (QStringList{u"Standard"_s, u"Paper"_s, u"Script"_s, u"Custom"_s}));
        QVERIFY(desk.request().plan == makePlan(Preset::Standard, ModelKind::Published));
        QVERIFY(wordsOf(desk.panel()).contains(u" h · 12.0 GB"_s)); // what it costs is said before
        desk.choose("");
        QVERIFY(desk.request().plan == makePlan(Preset::Standard, ModelKind::Embedded));
    }

    void aPlanMadeByHandIsNotTheOtherKinds() {
        ModelDesk desk(withParts(5));
        named<QSpinBox>(desk.panel(), u"Steps of Keyframes"_s)->setValue(33);
        QVERIFY(!desk.panel().preset());
        desk.choose("show-1");
        QVERIFY(desk.request().plan == makePlan(Preset::Standard, ModelKind::Published));
        desk.panel().chooseModel("show-1"); // again: nothing changes
        QVERIFY(desk.panel().preset() == Preset::Standard);
    }

    void theKeyboardChooses() {
        ModelDesk desk(withParts(5));
        desk.combo().setFocus();
        QTest::keyClick(&desk.combo(), Qt::Key_Down);
        QCOMPARE(desk.request().model, std::string("show-1"));
        QTest::keyClick(&desk.combo(), Qt::Key_Up);
        QCOMPARE(desk.request().model, std::string());
    }

    void anIncompleteModelCannotBeChosen() {
        ModelDesk desk(withParts(2));
        QCOMPARE(desk.combo().itemText(1), u"Show-1 (2 of 5 parts)"_s);
        QVERIFY(!qobject_cast<QStandardItemModel*>(desk.combo().model())->item(1)->isEnabled());
        desk.combo().setFocus();
        QTest::keyClick(&desk.combo(), Qt::Key_Down);
        QCOMPARE(desk.request().model, std::string());
        ModelsDialog& dialog = desk.openDialog();
        QVERIFY(!named<QPushButton>(dialog, u"Use Show-1"_s)->isEnabled());
    }

    void theRunIsTheChosenModels() {
        FakeScript script = withParts(5);
        script.holdIn = StageId::Keyframes;
        ModelDesk desk(script);
        desk.choose("show-1");
        desk.window->generate();
        QVERIFY(QTest::qWaitFor([&] { return desk.rig.engine->isHolding(); }));
        QCOMPARE(desk.rig.asked<GenerateRequest>().at(0).model, std::string("show-1"));
        QVERIFY(desk.window->studio().generation().secondsLeft() > 3600);
    }

    void fromHereStaysWithTheModelOfTheRun() {
        ModelDesk desk(withParts(5));
        desk.window->generate();
        QVERIFY(desk.untilDone());
        desk.choose("show-1");
        desk.window->rerunFrom(StageId::Translation);
        const GenerateRequest again = desk.rig.asked<GenerateRequest>().at(1);
        QCOMPARE(again.model, std::string());
        QCOMPARE(again.plan[StageId::Translation].steps,
                 makePlan(Preset::Standard, ModelKind::Embedded)[StageId::Translation].steps);
    }

    void whereThereIsNoDraftNoneIsOffered() {
        FakeScript script = withParts(5);
        script.failIn = StageId::Keyframes;
        script.error = {ErrorCode::OutOfMemory, "12 GB are needed and 3 are free", "keyframes"};
        ModelDesk desk(script);
        desk.choose("show-1");
        desk.window->generate();
        QVERIFY(QTest::qWaitFor([&] { return desk.window->messageBar().isVisible(); }, kPatience));
        QVERIFY(!desk.window->messageBar().actionButton().isVisible());
    }

    // Clips
    void ourClipBringsItsModelBack() {
        FakeScript script = withParts(5);
        script.recipe = recipeOf("show-1", makePlan(Preset::Paper, ModelKind::Published));
        ModelDesk desk(script);
        desk.window->openFile(u"/clips/panda.mp4"_s);
        QVERIFY(QTest::qWaitFor([&] { return desk.request().prompt == "a panda"; }));
        QCOMPARE(desk.request().model, std::string("show-1"));
        QVERIFY(desk.panel().preset() == Preset::Paper);
        QCOMPARE(desk.combo().currentText(), u"Show-1"_s);
    }

    void aClipOfHalfAModelSaysSo() {
        FakeScript script = withParts(3);
        script.recipe = recipeOf("show-1", makePlan(Preset::Paper, ModelKind::Published));
        ModelDesk desk(script);
        desk.window->openFile(u"/clips/panda.mp4"_s);
        QVERIFY(QTest::qWaitFor([&] { return desk.request().prompt == "a panda"; }));
        QVERIFY(desk.request().model.empty());
        QVERIFY(desk.request().plan == makePlan(Preset::Standard, ModelKind::Embedded));
        QVERIFY(desk.window->messageBar().message().cause.contains(u"Show-1"_s));
        desk.window->messageBar().actionButton().click();
        QVERIFY(desk.window->findChild<ModelsDialog*>());
    }
};

QTEST_MAIN(ModelLibraryTest)
#include "model_library_test.moc"
