#include "dialogs/export_dialog.h"
#include "dialogs/shortcuts_dialog.h"
#include "models/motion_lesson.h"
#include "models/motion_list.h"
#include "panels/motion_picker.h"
#include "panels/motion_sheet.h"
#include "panels/plan_editor.h"
#include "panels/prompt_edit.h"
#include "panels/prompt_panel.h"
#include "panels/stage_card.h"
#include "panels/stages_panel.h"
#include "settings/theme.h"
#include "ui_test.h"
#include "viewers/playback_clock.h"
#include "widgets/clip_thumbnail.h"
#include "widgets/elided_label.h"
#include "widgets/fold.h"
#include "widgets/loss_curve.h"
#include "widgets/message_bar.h"
#include "widgets/seed_edit.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QToolButton>

#include <limits>

using namespace s1;
using namespace s1::ui;
using namespace s1::test;
using namespace Qt::StringLiterals;

namespace {

QPushButton* buttonSaying(QWidget& where, const QString& text) {
    for (QPushButton* button : where.findChildren<QPushButton*>())
        if (button->text() == text && !button->isHidden())
            return button;
    return nullptr;
}

QLabel* labelSaying(QWidget& where, const QString& text) {
    for (QLabel* label : where.findChildren<QLabel*>())
        if (label->text() == text)
            return label;
    return nullptr;
}

ExportDialog::Offer offer(std::string recipe = "{}") {
    return {movingBall(16, 10, 4), std::move(recipe), u"ball-1"_s, u"/videos"_s, u"mp4-h264"_s};
}

std::vector<ExportFormatInfo> formats() {
    return {{"mp4-h264", "MP4", "mp4", false, true},
            {"webm-vp9", "WebM", "webm", false, false},
            {"gif", "GIF", "gif", false, true},
            {"png-sequence", "PNGs", "", true, true}};
}

} // namespace

class PanelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Prompt panel
    void asksForWhatItShows() {
        Rig rig;
        rig.start();
        MotionList motions;
        PromptPanel panel(rig.bridge, rig.models, motions);
        panel.prompt().setPlainText(u"  a red\n ball  "_s);
        panel.seed().setSeed(12);
        const GenerateRequest request = panel.request();
        QCOMPARE(request.prompt, std::string("a red ball"));
        QCOMPARE(quint64(request.seed), quint64(12));
        QVERIFY(request.plan == makePlan(Preset::Standard, ModelKind::Embedded));
        QVERIFY(!request.motion);
        QVERIFY(panel.preset() == Preset::Standard);
    }

    void generateNeedsAPrompt() {
        Rig rig;
        MotionList motions;
        PromptPanel panel(rig.bridge, rig.models, motions);
        QPushButton* generate = buttonSaying(panel, u"Generate"_s);
        QVERIFY(!generate->isEnabled());
        panel.prompt().setPlainText(u"x"_s);
        QVERIFY(generate->isEnabled());
        QVERIFY(generate->isDefault());
        panel.prompt().setPlainText(u"   "_s);
        QVERIFY(!generate->isEnabled());
    }

    void theButtonBecomesCancel() {
        Rig rig;
        MotionList motions;
        PromptPanel panel(rig.bridge, rig.models, motions);
        panel.prompt().setPlainText(u"x"_s);
        QSignalSpy generate(&panel, &PromptPanel::generateRequested);
        QSignalSpy cancel(&panel, &PromptPanel::cancelRequested);
        buttonSaying(panel, u"Generate"_s)->click();
        panel.setRunning(true, false);
        buttonSaying(panel, u"Cancel"_s)->click();
        panel.setRunning(true, true);
        QVERIFY(!buttonSaying(panel, u"Stopping…"_s)->isEnabled());
        QCOMPARE(generate.count(), 1);
        QCOMPARE(cancel.count(), 1);
    }

    void thePromptCanBeUndoneAfterARestore() {
        Rig rig;
        MotionList motions;
        PromptPanel panel(rig.bridge, rig.models, motions);
        panel.prompt().setPlainText(u"my own words"_s);
        panel.restore({.prompt = "theirs", .seed = 4});
        QCOMPARE(panel.prompt().toPlainText(), u"theirs"_s);
        panel.prompt().undo();
        QCOMPARE(panel.prompt().toPlainText(), u"my own words"_s);
    }

    void restoresEverything() {
        Rig rig;
        rig.start();
        MotionList motions;
        PromptPanel panel(rig.bridge, rig.models, motions);
        auto recipe = *parseRecipe(sampleRecipe("a star", 99));
        recipe.plan[StageId::Superres].steps = 17;
        recipe.motion = MotionChoice{"/m/roll.s1motion", 0.5};
        panel.restore(recipe);
        const GenerateRequest request = panel.request();
        QCOMPARE(request.prompt, std::string("a star"));
        QCOMPARE(request.negative, std::string("grain"));
        QCOMPARE(quint64(request.seed), quint64(99));
        QVERIFY(panel.isSeedLocked());
        QVERIFY(request.plan == recipe.plan);
        QVERIFY(!panel.preset()); // edited: no preset's name
        QCOMPARE(request.motion->file.string(), std::string("/m/roll.s1motion"));
        QCOMPARE(request.motion->strength, 0.5);
    }

    void namesThePresetOfARestoredPlan() {
        Rig rig;
        MotionList motions;
        PromptPanel panel(rig.bridge, rig.models, motions);
        panel.restore(*parseRecipe(sampleRecipe()));
        QVERIFY(panel.preset() == Preset::Draft);
    }

    void presetsSetThePlan() {
        Rig rig;
        MotionList motions;
        PromptPanel panel(rig.bridge, rig.models, motions);
        auto* presets = named<QComboBox>(panel, u"Preset"_s);
        presets->setCurrentIndex(0);
        Q_EMIT presets->activated(0);
        QVERIFY(panel.request().plan == makePlan(Preset::Draft, ModelKind::Embedded));
        named<QSpinBox>(panel, u"Steps of Keyframes"_s)->setValue(33);
        panel.useDraft();
        QVERIFY(panel.request().plan == makePlan(Preset::Draft, ModelKind::Embedded));
    }

    void editingAStageMakesThePlanCustom() {
        Rig rig;
        MotionList motions;
        PromptPanel panel(rig.bridge, rig.models, motions);
        named<QSpinBox>(panel, u"Steps of Keyframes"_s)->setValue(33);
        QVERIFY(!panel.preset());
        QCOMPARE(panel.request().plan[StageId::Keyframes].steps, 33);
    }

    void underlinesAndReplacesUnknownWords() {
        Rig rig;
        rig.start();
        MotionList motions;
        PromptPanel panel(rig.bridge, rig.models, motions);
        panel.show();
        panel.prompt().setPlainText(u"a tiger jumps"_s);
        QVERIFY(QTest::qWaitFor([&] { return !panel.prompt().extraSelections().isEmpty(); }));
        QCOMPARE(panel.prompt().extraSelections().first().cursor.selectedText(), u"tiger"_s);
        QPushButton* hint = nullptr;
        QVERIFY(QTest::qWaitFor([&] { return (hint = buttonSaying(panel, u"“tiger” → triangle"_s)) != nullptr; }));
        hint->click();
        QCOMPARE(panel.prompt().toPlainText(), u"a triangle jumps"_s);
        panel.prompt().undo();
        QCOMPARE(panel.prompt().toPlainText(), u"a tiger jumps"_s);
    }

    void anOldHintChangesNothing() {
        PromptEdit edit;
        edit.setPlainText(u"a zebra"_s);
        edit.replaceWord({2, 7, u"tiger"_s, {}}, u"square"_s); // described before the text changed
        QCOMPARE(edit.toPlainText(), u"a zebra"_s);
    }

    void rollsTheSeedUnlessLocked() {
        Rig rig;
        MotionList motions;
        PromptPanel panel(rig.bridge, rig.models, motions);
        panel.seed().setSeed(5);
        panel.setSeedLocked(true);
        panel.rollSeed();
        QCOMPARE(panel.seed().seed(), quint64(5));
        panel.setSeedLocked(false);
        for (int i = 0; i < 4 && panel.seed().seed() == 5; ++i)
            panel.rollSeed();
        QVERIFY(panel.seed().seed() != 5);
    }

    void aTypedSeedIsKept() {
        SeedEdit seed;
        auto* edit = named<QLineEdit>(seed, u"Seed"_s);
        edit->selectAll();
        QTest::keyClicks(edit, u"77x"_s);
        QCOMPARE(seed.seed(), quint64(77));
        QVERIFY(seed.isLocked());
    }

    void everySeedOf64BitsFits() {
        SeedEdit seed;
        seed.setSeed(std::numeric_limits<quint64>::max());
        QCOMPARE(seed.seed(), std::numeric_limits<quint64>::max());
        auto* edit = named<QLineEdit>(seed, u"Seed"_s);
        edit->setText(u"99999999999999999999"_s);
        QCOMPARE(seed.seed(), std::numeric_limits<quint64>::max());
        edit->clear();
        QCOMPARE(seed.seed(), quint64(0));
    }

    void showsTheForecast() {
        Rig rig;
        rig.start();
        MotionList motions;
        PromptPanel panel(rig.bridge, rig.models, motions);
        QString all;
        for (QLabel* label : panel.findChildren<QLabel*>())
            all += label->text() + u'\n';
        QVERIFY2(all.contains(u"29 frames · 576 × 320"_s), qPrintable(all));
        QVERIFY2(all.contains(u"≈ 24 s · "_s), qPrintable(all));
    }

    void motionStrengthBelongsToAMotion() {
        MotionList motions;
        MotionPicker picker(motions);
        picker.show();
        auto* strength = named<QSlider>(picker, u"Motion strength"_s);
        QVERIFY(!strength->isVisible());
        QVERIFY(!picker.choice());
        picker.setChoice(MotionChoice{"/m/a.s1motion", 1.25});
        QVERIFY(strength->isVisible());
        QCOMPARE(strength->maximum(), 150);
        QCOMPARE(picker.choice()->strength, 1.25);
        strength->setValue(0);
        QCOMPARE(picker.choice()->strength, 0.0);
        picker.setChoice(std::nullopt);
        QVERIFY(!picker.choice());
    }

    // Stage cards
    void cardsSayHowFarTheyAre() {
        FakeScript script;
        script.holdIn = StageId::Interpolation;
        script.holdStep = 3;
        Rig rig(script);
        rig.start();
        Generation generation(rig.bridge);
        PlaybackClock clock;
        StagesPanel panel(generation, clock);
        panel.show();
        QCOMPARE(panel.card(StageId::Keyframes).statusText(), u"not run yet"_s);
        generation.start({});
        QCOMPARE(panel.card(StageId::Translation).statusText(), u"waiting"_s);
        QVERIFY(QTest::qWaitFor([&] { return rig.engine->isHolding(); }));
        QTest::qWait(60);
        QVERIFY(panel.card(StageId::Keyframes).statusText().startsWith(u"done"_s));
        QVERIFY(panel.card(StageId::Interpolation).statusText().startsWith(u"3 / 8 steps"_s));
        QVERIFY(panel.card(StageId::Interpolation).statusText().contains(u"left"_s));
        generation.cancel();
        QVERIFY(QTest::qWaitFor([&] { return !generation.isRunning(); }));
        QCOMPARE(panel.card(StageId::Interpolation).statusText(), u"stopped · 3/8"_s);
    }

    void narrowCardsHaveShortTitles() {
        Rig rig;
        Generation generation(rig.bridge);
        PlaybackClock clock;
        StagesPanel panel(generation, clock);
        StageCard& card = panel.card(StageId::Superres);
        panel.resize(1400, 240);
        panel.show();
        QVERIFY(labelSaying(card, u"Super-resolution"_s));
        panel.resize(card.fontMetrics().horizontalAdvance(u"c Super-res, then"_s) * 4, 240);
        QTest::qWait(20);
        QVERIFY(labelSaying(card, u"Super-res"_s));
    }

    void rerunIsOfferedWhereItWorks() {
        FakeScript script;
        script.failIn = StageId::Superres;
        Rig rig(script);
        rig.start();
        Generation generation(rig.bridge);
        PlaybackClock clock;
        StagesPanel panel(generation, clock);
        panel.resize(1200, 300);
        panel.show();
        const auto offered = [&](StageId id) { return panel.card(id).findChild<QPushButton*>()->isVisible(); };
        QVERIFY(!offered(StageId::Keyframes)); // nothing has run
        generation.start({});
        QVERIFY(!offered(StageId::Keyframes)); // something runs
        QVERIFY(QTest::qWaitFor([&] { return !generation.isRunning(); }));
        QVERIFY(offered(StageId::Keyframes));
        QVERIFY(offered(StageId::Superres)); // its input is there
        QVERIFY(!offered(StageId::Translation));
        QSignalSpy rerun(&panel, &StagesPanel::rerunRequested);
        panel.card(StageId::Superres).findChild<QPushButton*>()->click();
        QVERIFY(rerun.first().first().value<StageId>() == StageId::Superres);
    }

    void aClickOnACardShowsItsStage() {
        Rig rig;
        Generation generation(rig.bridge);
        PlaybackClock clock;
        StagesPanel panel(generation, clock);
        panel.resize(1000, 240);
        panel.show();
        QSignalSpy picked(&panel, &StagesPanel::stagePicked);
        QTest::mouseClick(&panel.card(StageId::Superres), Qt::LeftButton);
        QCOMPARE(picked.count(), 1);
    }

    void thumbnailsTakeTheRemainder() {
        PlaybackClock clock;
        clock.setLength(1 << 20, 8);
        ClipThumbnail thumbnail(&clock);
        thumbnail.setClip(movingBall(16, 10, 3));
        clock.seek(1000);
        thumbnail.setClip(nullptr);
        clock.seek(1001);
        thumbnail.setClip(std::make_shared<Clip>());
        QVERIFY(!thumbnail.grab().isNull());
    }

    // Motion sheet
    void sheetNeedsAClipASentenceAndAName() {
        Rig rig;
        MotionLesson lesson(rig.bridge);
        PlaybackClock clock;
        MotionSheet sheet(lesson, clock);
        QVERIFY(!sheet.learnButton().isEnabled());
        sheet.setSource("/clips/skate.mp4", movingBall(64, 40, 29));
        QVERIFY(!sheet.learnButton().isEnabled());
        sheet.sentence().setText(u"a shape rolls"_s);
        QVERIFY(sheet.learnButton().isEnabled());
        named<QLineEdit>(sheet, u"Name of the motion"_s)->clear();
        QVERIFY(!sheet.learnButton().isEnabled());
    }

    void sheetShowsEightFrames() {
        Rig rig;
        MotionLesson lesson(rig.bridge);
        PlaybackClock clock;
        MotionSheet sheet(lesson, clock);
        const ClipPtr clip = movingBall(64, 40, 29);
        sheet.setSource("/clips/skate.mp4", clip);
        QCOMPARE(sheet.sampledFrames()->frameCount(), 8);
        QVERIFY(sheet.sampledFrames()->frames.front() == clip->frames.front());
        QVERIFY(sheet.sampledFrames()->frames.back() == clip->frames.back());
        sheet.setSource("/clips/one.mp4", movingBall(64, 40, 1)); // fewer than eight
        QCOMPARE(sheet.sampledFrames()->frameCount(), 8);
        sheet.setSource({}, nullptr);
        QVERIFY(!sheet.sampledFrames());
    }

    void sheetFollowsThePart() {
        Rig rig;
        MotionLesson lesson(rig.bridge);
        PlaybackClock clock;
        MotionSheet sheet(lesson, clock);
        const ClipPtr clip = movingBall(64, 40, 29);
        sheet.setSource("/clips/skate.mp4", clip);
        named<QDoubleSpinBox>(sheet, u"Learn from this second"_s)->setValue(1.0);
        QVERIFY(sheet.sampledFrames()->frames.front() == clip->frames[8]);
        named<QDoubleSpinBox>(sheet, u"Learn up to this second"_s)->setValue(2.0);
        QVERIFY(sheet.sampledFrames()->frames.back() == clip->frames[15]);
        QCOMPARE(sheet.request().startSeconds, 1.0);
        QCOMPARE(sheet.request().endSeconds, 2.0);
    }

    void sheetAsksForWhatItShows() {
        Rig rig;
        MotionLesson lesson(rig.bridge);
        PlaybackClock clock;
        MotionSheet sheet(lesson, clock);
        sheet.setMotionsFolder(u"/profile/motions"_s);
        sheet.setSource("/clips/skate.mp4", movingBall(64, 40, 29));
        sheet.sentence().setText(u" a shape  rolls "_s);
        named<QLineEdit>(sheet, u"Name of the motion"_s)->setText(u"a/b"_s);
        const MotionLearnRequest request = sheet.request();
        QCOMPARE(request.clip.string(), std::string("/clips/skate.mp4"));
        QCOMPARE(request.prompt, std::string("a shape rolls"));
        QCOMPARE(request.steps, 200);
        QCOMPARE(request.endSeconds, 0.0); // the end
        QCOMPARE(request.output.string(), std::string("/profile/motions/a-b.s1motion"));
    }

    void sheetCancels() {
        FakeScript script;
        script.holdLessonAt = 5;
        Rig rig(script);
        rig.start();
        MotionLesson lesson(rig.bridge);
        PlaybackClock clock;
        MotionSheet sheet(lesson, clock);
        sheet.setSource("/clips/skate.mp4", movingBall(64, 40, 29));
        sheet.sentence().setText(u"rolls"_s);
        lesson.start(sheet.request());
        QCOMPARE(sheet.learnButton().text(), u"Cancel"_s);
        QVERIFY(!sheet.sentence().isEnabled());
        QVERIFY(QTest::qWaitFor([&] { return rig.engine->isHolding(); }));
        sheet.learnButton().click();
        QVERIFY(QTest::qWaitFor([&] { return !lesson.isRunning(); }));
        QCOMPARE(sheet.learnButton().text(), u"Learn"_s);
        QVERIFY(sheet.sentence().isEnabled());
    }

    void lossCurveBearsAnything() {
        LossCurve curve;
        curve.resize(200, 100);
        for (const auto& losses : std::vector<std::vector<double>>{
                 {}, {0.5}, {0, 0}, {1, std::numeric_limits<double>::quiet_NaN(), 2}, {1e300, 1}}) {
            curve.setLosses(losses, 100);
            QVERIFY(!curve.grab().isNull());
        }
        curve.setLosses({3, 2, 1}, 1); // more than announced
        QVERIFY(!curve.accessibleDescription().isEmpty());
    }

    // Export dialog
    void exportOffersWhatTheMachineCan() {
        ExportDialog dialog(offer(), formats());
        auto* items = qobject_cast<QStandardItemModel*>(dialog.formats().model());
        QVERIFY(!items->item(1)->isEnabled());
        QVERIFY(!items->item(1)->toolTip().isEmpty());
        QVERIFY(dialog.formats().itemText(3).contains(u"lossless"_s));
        QCOMPARE(dialog.path().text(), u"/videos/ball-1.mp4"_s);
        QCOMPARE(dialog.folder(), u"/videos"_s);
    }

    void exportFallsBackToAFormatThatExists() {
        ExportDialog::Offer wanted = offer();
        wanted.format = u"webm-vp9"_s; // remembered from another machine
        ExportDialog dialog(wanted, formats());
        QCOMPARE(dialog.format(), u"mp4-h264"_s);
    }

    void exportSwapsTheEndingOnly() {
        ExportDialog::Offer wanted = offer();
        wanted.name = u"clip v1.2"_s;
        ExportDialog dialog(wanted, formats());
        QCOMPARE(dialog.path().text(), u"/videos/clip v1.2.mp4"_s);
        dialog.formats().setCurrentIndex(2);
        QCOMPARE(dialog.path().text(), u"/videos/clip v1.2.gif"_s);
        dialog.formats().setCurrentIndex(3);
        QCOMPARE(dialog.path().text(), u"/videos/clip v1.2"_s);
        QCOMPARE(dialog.request().format, std::string("png-sequence"));
    }

    void exportBrowsesForTheFormat() {
        ExportDialog dialog(offer(), formats());
        dialog.formats().setCurrentIndex(2);
        named<QToolButton>(dialog, u"Choose where to save…"_s)->click();
        auto* browser = dialog.findChild<QFileDialog*>();
        QVERIFY(browser);
        QCOMPARE(browser->nameFilters(), QStringList{u"GIF (*.gif)"_s});
        QCOMPARE(browser->defaultSuffix(), u"gif"_s);
    }

    void exportMayLeaveTheRecipeOut() {
        ExportDialog dialog(offer("{\"a\":1}"), formats());
        QCOMPARE(dialog.request().recipe, std::string("{\"a\":1}"));
        dialog.findChild<QCheckBox*>()->setChecked(false);
        QVERIFY(dialog.request().recipe.empty());
        ExportDialog none(offer(""), formats());
        QVERIFY(!none.findChild<QCheckBox*>()->isEnabled());
    }

    void exportNeedsAName() {
        ExportDialog dialog(offer(), formats());
        dialog.path().setText(u"/videos/"_s);
        QVERIFY(!buttonSaying(dialog, u"Export"_s)->isEnabled());
        dialog.path().setText(u"/videos/a.mp4"_s);
        QVERIFY(buttonSaying(dialog, u"Export"_s)->isEnabled());
    }

    void exportBearsNoFormats() {
        ExportDialog dialog(offer(), {});
        QVERIFY(!buttonSaying(dialog, u"Export"_s)->isEnabled());
    }

    // Message bar
    void messagesActAndCopy() {
        MessageBar bar;
        bar.show();
        int acted = 0;
        bar.showMessage({.kind = Message::Kind::Error,
                         .sentence = u"No."_s,
                         .cause = u"Because."_s,
                         .button = u"Help"_s,
                         .action = [&] { ++acted; },
                         .details = u"the details"_s});
        named<QToolButton>(bar, u"Copy details"_s)->click();
        QCOMPARE(QApplication::clipboard()->text(), u"the details"_s);
        bar.actionButton().click();
        QCOMPARE(acted, 1);
        QVERIFY(!bar.isVisible());
    }

    void messagesWithoutAButtonShowNone() {
        MessageBar bar;
        bar.showMessage({.sentence = u"Saved."_s});
        QVERIFY(bar.actionButton().isHidden());
        QVERIFY(named<QToolButton>(bar, u"Copy details"_s)->isHidden());
    }

    void foldsOpen() {
        auto* content = new QLabel(u"inside"_s);
        Fold fold(u"More"_s, content);
        fold.show();
        QVERIFY(!content->isVisible());
        buttonSaying(fold, u"More"_s)->click();
        QVERIFY(content->isVisible());
        QVERIFY(fold.isOpen());
    }

    void aDisabledPrimaryButtonShowsItsIcon() {
        for (const bool dark : {false, true}) {
            const ThemeColours colours = themeColours(dark);
            const QColor ink = themePalette(colours).color(QPalette::Disabled, QPalette::HighlightedText);
            QVERIFY(std::abs(ink.lightness() - colours.raised.lightness()) > 60);
        }
    }

    void longLabelsShrink() {
        ElidedLabel label;
        label.setText(QString(400, u'w'));
        QVERIFY(label.minimumSizeHint().width() < 60);
        label.resize(80, 20);
        QVERIFY(!label.grab().isNull());
    }

    void sizesReadTheSameRightToLeft() {
        ElidedLabel label;
        label.setText(u"576 × 320"_s);
        label.setAlignment(Qt::AlignCenter);
        label.resize(100, 20);
        const QImage usual = label.grab().toImage();
        label.setLayoutDirection(Qt::RightToLeft);
        QCOMPARE(label.grab().toImage(), usual);
    }
};

QTEST_MAIN(PanelsTest)
#include "panels_test.moc"
