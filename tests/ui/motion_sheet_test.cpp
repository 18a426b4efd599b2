#include "models/motion_lesson.h"
#include "panels/motion_sheet.h"
#include "ui_test.h"
#include "viewers/playback_clock.h"
#include "widgets/loss_curve.h"

#include <QDoubleSpinBox>
#include <QLineEdit>

#include <limits>

using namespace s1;
using namespace s1::ui;
using namespace s1::test;
using namespace Qt::StringLiterals;

namespace {

struct SheetDesk {
    explicit SheetDesk(FakeScript script = {}) : rig(std::move(script)) {}

    Rig rig;
    MotionLesson lesson{rig.bridge};
    PlaybackClock clock;
    MotionSheet sheet{lesson, clock};
};

} // namespace

class MotionSheetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sheetNeedsAClipASentenceAndAName() {
        SheetDesk desk;
        MotionSheet& sheet = desk.sheet;
        QVERIFY(!sheet.learnButton().isEnabled());
        sheet.setSource("/clips/skate.mp4", movingBall(64, 40, 29));
        QVERIFY(!sheet.learnButton().isEnabled());
        sheet.sentence().setText(u"a shape rolls"_s);
        QVERIFY(sheet.learnButton().isEnabled());
        named<QLineEdit>(sheet, u"Name of the motion"_s)->clear();
        QVERIFY(!sheet.learnButton().isEnabled());
    }

    void sheetShowsEightFrames() {
        SheetDesk desk;
        MotionSheet& sheet = desk.sheet;
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
        SheetDesk desk;
        MotionSheet& sheet = desk.sheet;
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
        SheetDesk desk;
        MotionSheet& sheet = desk.sheet;
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
        SheetDesk desk(script);
        auto& [rig, lesson, clock, sheet] = desk;
        rig.start();
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
};

QTEST_MAIN(MotionSheetTest)
#include "motion_sheet_test.moc"
