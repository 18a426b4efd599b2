#include "dialogs/model_card.h"
#include "dialogs/models_dialog.h"
#include "main_window.h"
#include "panels/model_picker.h"
#include "panels/prompt_panel.h"
#include "settings/theme.h"
#include "ui_test.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardItemModel>

#include <nlohmann/json.hpp>

using namespace s1;
using namespace s1::ui;
using namespace s1::test;
using namespace Qt::StringLiterals;

namespace {

FakeScript withModels(std::vector<ModelInfo> models) {
    FakeScript script;
    script.models = std::move(models);
    script.recipe = sampleRecipe();
    return script;
}
FakeScript withParts(int parts) {
    return withModels({toyland(), publishedSet(parts)});
}

struct Desk {
    explicit Desk(FakeScript script = withParts(0)) : rig(std::move(script)) {
        rig.start();
        open();
    }
    void open() {
        window = std::make_unique<MainWindow>(rig.bridge, rig.session, u"ready_clip.mp4"_s);
        window->resize(1280, 800);
        window->show();
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        QVERIFY(QTest::qWaitFor([&] { return models().isListed(); }));
    }
    ModelsDialog& openDialog() {
        window->openModels();
        auto* dialog = window->findChild<ModelsDialog*>();
        (void)QTest::qWaitForWindowActive(dialog);
        (void)untilIdle();
        return *dialog;
    }
    bool untilIdle() {
        const bool idle = QTest::qWaitFor([&] { return !models().isBusy(); });
        QTest::qWait(1); // new labels show themselves
        return idle;
    }
    void choose(const std::string& name) { window->promptPanel().chooseModel(name); }
    ModelList& models() { return window->studio().models(); }
    PromptPanel& panel() { return window->promptPanel(); }
    GenerateRequest request() { return panel().request(); }
    QComboBox& combo() { return *named<QComboBox>(panel(), u"Model"_s); }

    Rig rig;
    std::unique_ptr<MainWindow> window;
};

QStringList presetsOf(PromptPanel& panel) {
    QStringList titles;
    auto* presets = named<QComboBox>(panel, u"Preset"_s);
    for (int row = 0; row < presets->count(); ++row)
        titles.append(presets->itemText(row));
    return titles;
}

QString wordsOf(QWidget& widget) {
    QString all;
    for (QLabel* label : widget.findChildren<QLabel*>())
        if (!label->isHidden())
            all += label->text() + u'\n';
    return all;
}

QPushButton* button(QWidget& widget, const QString& text) {
    for (QPushButton* each : widget.findChildren<QPushButton*>())
        if (each->text() == text)
            return each;
    return nullptr;
}

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
        QVERIFY(QTest::qWaitFor([&] { return window.studio().generation().result() != nullptr; }, 20000));
    }

    // Choosing
    void eachKindOfModelHasItsPresets() {
        Desk desk(withParts(5));
        QCOMPARE(presetsOf(desk.panel()), (QStringList{u"Draft"_s, u"Standard"_s, u"Custom"_s}));
        desk.choose("show-1");
        QCOMPARE(presetsOf(desk.panel()), (QStringList{u"Standard"_s, u"Paper"_s, u"Script"_s, u"Custom"_s}));
        QVERIFY(desk.request().plan == makePlan(Preset::Standard, ModelKind::Published));
        QVERIFY(wordsOf(desk.panel()).contains(u" h · 12.0 GB"_s)); // what it costs is said before
        desk.choose("");
        QVERIFY(desk.request().plan == makePlan(Preset::Standard, ModelKind::Embedded));
    }

    void aPlanMadeByHandIsNotTheOtherKinds() {
        Desk desk(withParts(5));
        named<QSpinBox>(desk.panel(), u"Steps of Keyframes"_s)->setValue(33);
        QVERIFY(!desk.panel().preset());
        desk.choose("show-1");
        QVERIFY(desk.request().plan == makePlan(Preset::Standard, ModelKind::Published));
        desk.panel().chooseModel("show-1"); // again: nothing changes
        QVERIFY(desk.panel().preset() == Preset::Standard);
    }

    void theKeyboardChooses() {
        Desk desk(withParts(5));
        desk.combo().setFocus();
        QTest::keyClick(&desk.combo(), Qt::Key_Down);
        QCOMPARE(desk.request().model, std::string("show-1"));
        QTest::keyClick(&desk.combo(), Qt::Key_Up);
        QCOMPARE(desk.request().model, std::string());
    }

    void anIncompleteModelCannotBeChosen() {
        Desk desk(withParts(2));
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
        Desk desk(script);
        desk.choose("show-1");
        desk.window->generate();
        QVERIFY(QTest::qWaitFor([&] { return desk.rig.engine->isHolding(); }));
        QCOMPARE(desk.rig.asked<GenerateRequest>().at(0).model, std::string("show-1"));
        QVERIFY(desk.window->studio().generation().secondsLeft() > 3600);
    }

    void fromHereStaysWithTheModelOfTheRun() {
        Desk desk(withParts(5));
        desk.window->generate();
        QVERIFY(QTest::qWaitFor([&] { return !desk.window->studio().generation().isRunning(); }, 20000));
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
        Desk desk(script);
        desk.choose("show-1");
        desk.window->generate();
        QVERIFY(QTest::qWaitFor([&] { return desk.window->messageBar().isVisible(); }, 20000));
        QVERIFY(!desk.window->messageBar().actionButton().isVisible());
    }

    // Clips
    void ourClipBringsItsModelBack() {
        FakeScript script = withParts(5);
        script.recipe = recipeOf("show-1", makePlan(Preset::Paper, ModelKind::Published));
        Desk desk(script);
        desk.window->openFile(u"/clips/panda.mp4"_s);
        QVERIFY(QTest::qWaitFor([&] { return desk.request().prompt == "a panda"; }));
        QCOMPARE(desk.request().model, std::string("show-1"));
        QVERIFY(desk.panel().preset() == Preset::Paper);
        QCOMPARE(desk.combo().currentText(), u"Show-1"_s);
    }

    void aClipOfHalfAModelSaysSo() {
        FakeScript script = withParts(3);
        script.recipe = recipeOf("show-1", makePlan(Preset::Paper, ModelKind::Published));
        Desk desk(script);
        desk.window->openFile(u"/clips/panda.mp4"_s);
        QVERIFY(QTest::qWaitFor([&] { return desk.request().prompt == "a panda"; }));
        QVERIFY(desk.request().model.empty());
        QVERIFY(desk.request().plan == makePlan(Preset::Standard, ModelKind::Embedded));
        QVERIFY(desk.window->messageBar().message().cause.contains(u"Show-1"_s));
        desk.window->messageBar().actionButton().click();
        QVERIFY(desk.window->findChild<ModelsDialog*>());
    }

    // The dialog
    void saysWhatIsHereAndWhatIsNot() {
        ModelInfo half = publishedSet(3);
        half.parts[1].missing = {"unet/config.json"};
        half.missing.insert(half.missing.begin(), "show-1-interpolation/unet/config.json");
        Desk desk(withModels({toyland(), half}));
        ModelsDialog& dialog = desk.openDialog();
        QCOMPARE(dialog.card("show-1")->stateText(), u"2 of 5 parts"_s);
        QCOMPARE(dialog.card("toyland")->stateText(), u"complete, in use"_s);
        const QString words = wordsOf(*dialog.card("show-1"));
        for (const char* word : {"show-1-base", "13.9 GB", "incomplete", "unet/config.json is missing", "show-1-sr2",
                                 "missing", "CC BY-NC 4.0", "DeepFloyd IF research licence", "h on this computer"})
            QVERIFY2(words.contains(QString::fromLatin1(word)),
                     qPrintable(QString::fromLatin1(word) + u" in "_s + words));
        QVERIFY(named<QLabel>(dialog, u"show-1-sr2: missing, CC BY-NC 4.0"_s)); // a line of its own to a screen reader
    }

    void beforeAnythingIsHereItSaysWhereToGetIt() {
        Desk desk;
        ModelCard* card = desk.openDialog().card("show-1");
        QCOMPARE(card->stateText(), u"not here"_s);
        QVERIFY(wordsOf(*card).contains(u"show1-cli models download show-1"_s));
        QVERIFY(button(*card, u"Verify"_s)->isHidden());
        QVERIFY(button(*card, u"Remove from list"_s)->isHidden());
        button(*card, u"Look in the Hugging Face cache"_s)->click();
        QVERIFY(desk.untilIdle());
        QVERIFY(desk.rig.asked<AddModelRequest>().at(0).folder.empty());
    }

    void aFolderIsAddedAndUsed() {
        FakeScript script = withParts(0);
        script.added = {toyland(), publishedSet(5)};
        Desk desk(script);
        ModelsDialog& dialog = desk.openDialog();
        button(*dialog.card("show-1"), u"Choose folder…"_s)->click();
        auto* files = dialog.findChild<QFileDialog*>();
        QVERIFY(files);
        Q_EMIT files->fileSelected(u"/models/set"_s);
        QVERIFY(desk.untilIdle());
        QCOMPARE(desk.rig.asked<AddModelRequest>().at(0).folder.string(), std::string("/models/set"));
        QCOMPARE(dialog.card("show-1")->stateText(), u"complete"_s);
        QVERIFY(dialog.messageBar().message().sentence.contains(u"complete"_s));
        files->close();
        QPushButton* use = named<QPushButton>(dialog, u"Use Show-1"_s);
        QVERIFY(use->isEnabled());
        use->click();
        QCOMPARE(desk.request().model, std::string("show-1"));
        QCOMPARE(dialog.card("show-1")->stateText(), u"complete, in use"_s);
        QVERIFY(!use->isEnabled());
        desk.window->close();
        desk.open(); // the next start
        QCOMPARE(desk.request().model, std::string("show-1"));
    }

    void halfASetIsAddedAndNamesTheRest() {
        FakeScript script = withParts(0);
        script.added = {toyland(), publishedSet(4)};
        Desk desk(script);
        ModelsDialog& dialog = desk.openDialog();
        desk.models().add(u"/models/half"_s);
        QVERIFY(desk.untilIdle());
        QCOMPARE(dialog.card("show-1")->stateText(), u"4 of 5 parts"_s);
        QVERIFY(dialog.messageBar().message().cause.contains(u"show-1-sr2"_s));
        QVERIFY(!named<QPushButton>(dialog, u"Use Show-1"_s)->isEnabled());
    }

    void aFolderThatIsNoModelIsSaidInTheDialog_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("cause");
        QTest::newRow("without parts") << int(ErrorCode::NotFound) << u"/x holds none of the published repositories"_s;
        QTest::newRow("unreadable") << int(ErrorCode::Io) << u"cannot look into /x (Permission denied)"_s;
        QTest::newRow("cannot write") << int(ErrorCode::CannotCreate) << u"cannot write /y (Read-only file system)"_s;
    }
    void aFolderThatIsNoModelIsSaidInTheDialog() {
        QFETCH(int, code);
        QFETCH(QString, cause);
        FakeScript script = withParts(0);
        script.addError = Error{static_cast<ErrorCode>(code), cause.toStdString(), "/x"};
        Desk desk(script);
        ModelsDialog& dialog = desk.openDialog();
        desk.models().add(u"/x"_s);
        QVERIFY(desk.untilIdle());
        QVERIFY(dialog.messageBar().isVisible());
        QVERIFY(dialog.messageBar().message().kind == Message::Kind::Error);
        QVERIFY(dialog.messageBar().message().cause.endsWith(cause.mid(1) + u'.'));
        QVERIFY(!desk.window->messageBar().isVisible());
        QCOMPARE(dialog.card("show-1")->stateText(), u"not here"_s);
    }

    void verifyingShowsHowFarItIsAndStops() {
        FakeScript script = withParts(5);
        script.holdVerify = true;
        Desk desk(script);
        ModelCard* card = desk.openDialog().card("show-1");
        button(*card, u"Verify"_s)->click();
        QVERIFY(QTest::qWaitFor([&] { return desk.rig.engine->isHolding(); }));
        auto* progress = card->findChild<QProgressBar*>();
        QVERIFY(QTest::qWaitFor([&] { return progress->value() == 153; })); // 4 of 26 GB
        QVERIFY(wordsOf(*card).contains(u"3.7 GB of 24.2 GB"_s));
        QVERIFY(!button(*card, u"Remove from list"_s)->isEnabled());
        QVERIFY(!button(*card, u"Choose folder…"_s)->isEnabled());
        button(*card, u"Stop"_s)->click();
        QVERIFY(desk.untilIdle());
        QVERIFY(progress->isHidden());
        QVERIFY(!wordsOf(*card).contains(u"are right"_s)); // nobody knows
    }

    void verifyingSaysWhatToGetAgain() {
        FakeScript script = withParts(5);
        for (int i = 0; i < 6; ++i)
            script.faults.push_back({"show-1-sr" + std::to_string(i), "is missing"});
        Desk desk(script);
        ModelCard* card = desk.openDialog().card("show-1");
        button(*card, u"Verify"_s)->click();
        QVERIFY(desk.untilIdle());
        QVERIFY(wordsOf(*card).contains(u"show-1-sr3 is missing\nand 2 more"_s));
    }

    void aVerificationOutlivesTheDialog() {
        Desk desk(withParts(5));
        desk.models().verify("show-1");
        QVERIFY(QTest::qWaitFor([&] { return desk.window->messageBar().isVisible(); }));
        QCOMPARE(desk.window->messageBar().message().sentence, u"Every file of Show-1 is good."_s);
        QVERIFY(wordsOf(*desk.openDialog().card("show-1")).contains(u"known hashes are right"_s));
    }

    void removingTheChosenModelGoesBackToToyland() {
        Desk desk(withParts(5));
        desk.choose("show-1");
        ModelsDialog& dialog = desk.openDialog();
        QPushButton* remove = button(*dialog.card("show-1"), u"Remove from list"_s);
        remove->setFocus();
        remove->click();
        QVERIFY(desk.untilIdle());
        QCOMPARE(desk.rig.asked<RemoveModelRequest>().at(0).name, std::string("show-1"));
        QCOMPARE(desk.request().model, std::string());
        QVERIFY(desk.panel().preset() == Preset::Standard);
        QCOMPARE(dialog.card("show-1")->stateText(), u"not here"_s);
        QCOMPARE(dialog.focusWidget(), button(*dialog.card("show-1"), u"Choose folder…"_s));
        QVERIFY(!desk.window->messageBar().isVisible()); // it was meant
    }

    void aModelOfOnesOwnHasACardToo() {
        ModelInfo mine{.name = "mine", .title = "mine", .complete = true, .registered = true};
        mine.parts = {{"show-1-base", "CC BY-NC 4.0", "/mine/base", 9'000'000, {}}};
        Desk desk(withModels({toyland(), publishedSet(0), mine}));
        ModelCard* card = desk.openDialog().card("mine");
        QVERIFY(card);
        QVERIFY(button(*card, u"Choose folder…"_s)->isHidden());
        QVERIFY(!button(*card, u"Remove from list"_s)->isHidden());
        named<QPushButton>(*card, u"Use mine"_s)->click();
        QCOMPARE(desk.request().model, std::string("mine"));
        QCOMPARE(presetsOf(desk.panel()), (QStringList{u"Draft"_s, u"Standard"_s, u"Custom"_s}));
    }

    // For everybody
    void theDialogWorksWithoutAMouse() {
        Desk desk(withParts(5));
        QTest::keyClick(desk.window.get(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
        auto* dialog = desk.window->findChild<ModelsDialog*>();
        QVERIFY(dialog);
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        QVERIFY(desk.untilIdle());
        QSet<QWidget*> reached;
        for (int i = 0; i < 40; ++i) {
            reached.insert(dialog->focusWidget());
            QTest::keyClick(dialog->focusWidget() ? dialog->focusWidget() : dialog, Qt::Key_Tab);
        }
        for (QAbstractButton* each : dialog->findChildren<QAbstractButton*>()) {
            if (!each->isVisible() || !each->isEnabled())
                continue;
            QVERIFY2(reached.contains(each), qPrintable(each->text()));
            QVERIFY(!each->accessibleName().isEmpty() || !each->text().isEmpty());
        }
        QPushButton* use = named<QPushButton>(*dialog, u"Use Show-1"_s);
        use->setFocus();
        QTest::keyClick(use, Qt::Key_Space);
        QCOMPARE(desk.request().model, std::string("show-1"));
        QTest::keyClick(dialog, Qt::Key_Escape);
        QVERIFY(QTest::qWaitFor([&] { return !desk.window->findChild<ModelsDialog*>(); }));
    }

    void thePickersButtonOpensTheDialog() {
        Desk desk;
        named<QAbstractButton>(desk.panel(), u"Models…"_s)->click();
        QVERIFY(desk.window->findChild<ModelsDialog*>());
        desk.window->openModels(); // once is enough
        QCOMPARE(desk.window->findChildren<ModelsDialog*>().size(), 1);
    }

    void theDialogFitsASmallScreen() {
        Desk desk(withParts(5));
        desk.window->resize(desk.window->minimumSize());
        QTest::qWait(20);
        ModelsDialog& dialog = desk.openDialog();
        QVERIFY(dialog.width() <= desk.window->width());
        QVERIFY(dialog.height() <= desk.window->height());
        for (QPushButton* each : dialog.findChildren<QPushButton*>())
            if (each->isVisible())
                QVERIFY2(each->width() >= each->minimumSizeHint().width(), qPrintable(each->text()));
    }
};

QTEST_MAIN(ModelLibraryTest)
#include "model_library_test.moc"
