#include "panels/stage_card.h"
#include "panels/stages_panel.h"
#include "ui_test.h"
#include "viewers/playback_clock.h"
#include "widgets/clip_thumbnail.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using namespace s1;
using namespace s1::ui;
using namespace s1::test;
using namespace Qt::StringLiterals;

namespace {

QLabel* labelSaying(QWidget& where, const QString& text) {
    for (QLabel* label : where.findChildren<QLabel*>())
        if (label->text() == text)
            return label;
    return nullptr;
}

// The cards of a generation by the scripted engine.
struct Cards {
    explicit Cards(FakeScript script = {}) : rig(std::move(script)) { rig.start(); }
    void show(int width, int height) {
        panel.resize(width, height);
        panel.show();
    }
    bool untilDone() {
        return QTest::qWaitFor([&] { return !generation.isRunning(); }, kPatience);
    }

    Rig rig;
    Generation generation{rig.bridge};
    PlaybackClock clock;
    StagesPanel panel{generation, clock};
};

} // namespace

class StageCardsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
        generation.start({.plan = steppedPlan()});
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

    void aStatusIsCutAtNoWidth() {
        FakeScript script;
        script.failIn = StageId::Superres;
        Cards cards(script);
        Generation& generation = cards.generation;
        StagesPanel& panel = cards.panel;
        cards.show(1200, 300);
        generation.start({});
        QVERIFY(cards.untilDone());
        for (int width = 520; width <= 1200; width += 10) {
            panel.resize(width, 300);
            QTest::qWait(1);
            for (const StageId stage : {StageId::Keyframes, StageId::Superres})
                for (const QLabel* label : panel.card(stage).findChildren<QLabel*>())
                    if (label->isVisible())
                        QVERIFY2(label->fontMetrics().horizontalAdvance(label->text()) <= label->width(),
                                 qPrintable(u"%1 at %2"_s.arg(label->text()).arg(width)));
        }
    }

    void rerunIsOfferedWhereItWorks() {
        FakeScript script;
        script.failIn = StageId::Superres;
        Cards cards(script);
        Generation& generation = cards.generation;
        StagesPanel& panel = cards.panel;
        cards.show(1200, 300);
        const auto offered = [&](StageId id) { return panel.card(id).findChild<QPushButton*>()->isVisible(); };
        QVERIFY(!offered(StageId::Keyframes)); // nothing has run
        generation.start({});
        QVERIFY(!offered(StageId::Keyframes)); // something runs
        QVERIFY(cards.untilDone());
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
};

QTEST_MAIN(StageCardsTest)
#include "stage_cards_test.moc"
