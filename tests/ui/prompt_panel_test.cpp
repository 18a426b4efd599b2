#include "models/motion_list.h"
#include "panels/motion_picker.h"
#include "panels/prompt_edit.h"
#include "panels/prompt_panel.h"
#include "ui_test.h"
#include "widgets/seed_edit.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>

#include <algorithm>
#include <limits>

using namespace s1;
using namespace s1::ui;
using namespace s1::test;
using namespace Qt::StringLiterals;

class PromptPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
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

    void saysThatAColorIsLeftOpen() {
        Rig rig;
        rig.start();
        MotionList motions;
        PromptPanel panel(rig.bridge, rig.models, motions);
        panel.show();
        const auto said = [&] {
            return std::ranges::any_of(panel.findChildren<QLabel*>(), [](QLabel* label) { return label->text() == u"No colour said: it may change"_s; });
        };
        panel.prompt().setPlainText(u"a ball"_s);
        QVERIFY(QTest::qWaitFor(said));
        panel.prompt().setPlainText(u"a red ball"_s);
        QVERIFY(QTest::qWaitFor([&] { return !said(); }));
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
        QVERIFY2(all.contains(u"≈ 18 s · "_s), qPrintable(all));
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
};

QTEST_MAIN(PromptPanelTest)
#include "prompt_panel_test.moc"
