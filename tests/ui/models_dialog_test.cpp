#include "dialogs/model_card.h"
#include "model_desk.h"
#include "settings/theme.h"

#include <QAbstractButton>
#include <QFileDialog>
#include <QProgressBar>
#include <QPushButton>

using namespace s1;
using namespace s1::ui;
using namespace s1::test;
using namespace Qt::StringLiterals;

namespace {

QPushButton* button(QWidget& widget, const QString& text) {
    for (QPushButton* each : widget.findChildren<QPushButton*>())
        if (each->text() == text)
            return each;
    return nullptr;
}

} // namespace

class ModelsDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }

    // The dialog
    void saysWhatIsHereAndWhatIsNot() {
        ModelInfo half = publishedSet(3);
        half.parts[1].missing = {"unet/config.json"};
        half.missing.insert(half.missing.begin(), "show-1-interpolation/unet/config.json");
        ModelDesk desk(withModels({toyland(), half}));
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
        ModelDesk desk;
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
        ModelDesk desk(script);
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
        ModelDesk desk(script);
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
        ModelDesk desk(script);
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
        ModelDesk desk(script);
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
        ModelDesk desk(script);
        ModelCard* card = desk.openDialog().card("show-1");
        button(*card, u"Verify"_s)->click();
        QVERIFY(desk.untilIdle());
        QVERIFY(wordsOf(*card).contains(u"show-1-sr3 is missing\nand 2 more"_s));
    }

    void aVerificationOutlivesTheDialog() {
        ModelDesk desk(withParts(5));
        desk.models().verify("show-1");
        QVERIFY(QTest::qWaitFor([&] { return desk.window->messageBar().isVisible(); }));
        QCOMPARE(desk.window->messageBar().message().sentence, u"Every file of Show-1 is good."_s);
        QVERIFY(wordsOf(*desk.openDialog().card("show-1")).contains(u"known hashes are right"_s));
    }

    void removingTheChosenModelGoesBackToToyland() {
        ModelDesk desk(withParts(5));
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
        ModelDesk desk(withModels({toyland(), publishedSet(0), mine}));
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
        ModelDesk desk(withParts(5));
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
        ModelDesk desk;
        named<QAbstractButton>(desk.panel(), u"Models…"_s)->click();
        QVERIFY(desk.window->findChild<ModelsDialog*>());
        desk.window->openModels(); // once is enough
        QCOMPARE(desk.window->findChildren<ModelsDialog*>().size(), 1);
    }

    void theDialogFitsASmallScreen() {
        ModelDesk desk(withParts(5));
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

QTEST_MAIN(ModelsDialogTest)
#include "models_dialog_test.moc"
