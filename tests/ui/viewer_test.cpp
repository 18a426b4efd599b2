#include "models/cut_line.h"
#include "models/generation.h"
#include "panels/slice_panel.h"
#include "panels/slice_view.h"
#include "ui_test.h"
#include "viewers/picture_viewer.h"
#include "viewers/playback_clock.h"
#include "viewers/transport_bar.h"
#include "viewers/viewer_factory.h"
#include "viewers/viewer_panel.h"

#include <QComboBox>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>

using namespace s1;
using namespace s1::ui;
using namespace s1::test;
using namespace Qt::StringLiterals;

namespace {

QPoint onPicture(const PictureViewer& viewer, double x, double y) {
    const QRectF picture = viewer.pictureRect();
    return QPointF(picture.x() + picture.width() * x, picture.y() + picture.height() * y).toPoint();
}

} // namespace

class ViewerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void clockPlaysInTime() {
        PlaybackClock clock;
        clock.setLength(10, 50);
        clock.setPlaying(true);
        QVERIFY(QTest::qWaitFor([&] { return clock.frame() >= 3; }, 2000));
        clock.setPlaying(false);
        const int frame = clock.frame();
        QTest::qWait(80);
        QCOMPARE(clock.frame(), frame);
    }

    void clockLoops() {
        PlaybackClock clock;
        clock.setLength(3, 100);
        int wraps = 0;
        connect(&clock, &PlaybackClock::frameChanged, this, [&](int frame) { wraps += frame == 0; });
        clock.setPlaying(true);
        QVERIFY(QTest::qWaitFor([&] { return wraps >= 2; }, 2000));
    }

    void clockStopsAtTheEndWithoutLoop() {
        PlaybackClock clock;
        clock.setLength(4, 100);
        clock.setLooping(false);
        clock.setPlaying(true);
        QVERIFY(QTest::qWaitFor([&] { return !clock.isPlaying(); }, 2000));
        QCOMPARE(clock.frame(), 3);
        clock.setPlaying(true); // from the start again
        QVERIFY(clock.frame() < 3);
    }

    void clockStepsAndWraps() {
        PlaybackClock clock;
        clock.setLength(5, 8);
        clock.setPlaying(true);
        clock.step(-1);
        QVERIFY(!clock.isPlaying());
        QCOMPARE(clock.frame(), 4);
        clock.step(1);
        QCOMPARE(clock.frame(), 0);
        clock.seek(99);
        QCOMPARE(clock.frame(), 4);
        clock.seek(-3);
        QCOMPARE(clock.frame(), 0);
    }

    void clockBearsNoFrames() {
        PlaybackClock clock;
        clock.setLength(0, 0);
        clock.setPlaying(true);
        clock.step(1);
        clock.seek(4);
        QCOMPARE(clock.frame(), 0);
    }

    void clockKeepsItsPlaceForANewPreview() {
        PlaybackClock clock;
        clock.setLength(29, 8);
        clock.seek(20);
        clock.setLength(29, 8);
        QCOMPARE(clock.frame(), 20);
        clock.setLength(8, 2);
        QCOMPARE(clock.frame(), 7);
    }

    void factoryMakesEveryViewer() {
        CutLine line;
        for (const QString& id : viewerIds()) {
            std::unique_ptr<ClipViewer> viewer(makeViewer(id, line, nullptr));
            QVERIFY(viewer);
            viewer->showFrame(3);
            viewer->setClip(nullptr);
        }
        QVERIFY(!makeViewer(u"nonsense"_s, line, nullptr));
    }

    void showsNothingWithoutAClip() {
        CutLine line;
        PictureViewer viewer(line);
        viewer.setEmptyText(u"Nothing"_s, u"Do something"_s);
        viewer.showFrame(5);
        QVERIFY(viewer.image().isNull());
        QVERIFY(viewer.pictureRect().isEmpty());
        QVERIFY(!viewer.grab().isNull());
    }

    void showsOneFrame() {
        CutLine line;
        PictureViewer viewer(line);
        viewer.setClip(movingBall(64, 40, 1));
        QCOMPARE(viewer.image().size(), QSize(64, 40));
        viewer.showFrame(7);
        QCOMPARE(viewer.frame(), 0);
    }

    void clampsTheFrame() {
        CutLine line;
        PictureViewer viewer(line);
        viewer.setClip(movingBall(16, 10, 8));
        viewer.showFrame(-2);
        QCOMPARE(viewer.frame(), 0);
        viewer.showFrame(99);
        QCOMPARE(viewer.frame(), 7);
        viewer.setClip(movingBall(16, 10, 3)); // a shorter clip
        QCOMPARE(viewer.frame(), 2);
    }

    void showsExactPixels() {
        CutLine line;
        line.setVisible(false);
        PictureViewer viewer(line);
        const ClipPtr clip = movingBall(40, 30, 2);
        viewer.setClip(clip);
        const auto* pixel = clip->frames[0].row(7) + 11 * 3;
        QCOMPARE(viewer.image().pixel(11, 7), qRgb(pixel[0], pixel[1], pixel[2]));
    }

    void fitsAndFollowsTheSize() {
        CutLine line;
        PictureViewer viewer(line);
        viewer.setClip(movingBall(64, 40, 1));
        viewer.resize(640, 640);
        QCOMPARE(viewer.pictureRect().size(), QSizeF(640, 400));
        viewer.resize(100, 400);
        QCOMPARE(viewer.pictureRect().width(), 100.0);
        viewer.setZoom(2.0);
        QCOMPARE(viewer.pictureRect().width() * viewer.devicePixelRatioF(), 128.0);
        viewer.setZoom(std::nullopt);
        QCOMPARE(viewer.pictureRect().width(), 100.0);
    }

    void limitsTheZoom() {
        CutLine line;
        PictureViewer viewer(line);
        viewer.setZoom(1000.0);
        QCOMPARE(*viewer.zoom(), 16.0);
        viewer.setZoom(0.0);
        QCOMPARE(*viewer.zoom(), 0.1);
    }

    void dragsTheSliceLine() {
        CutLine line;
        PictureViewer viewer(line);
        viewer.resize(640, 400);
        viewer.setClip(movingBall(64, 40, 2));
        QTest::mousePress(&viewer, Qt::LeftButton, {}, onPicture(viewer, 0.5, 0.5));
        QTest::mouseMove(&viewer, onPicture(viewer, 0.5, 0.75));
        QTest::mouseRelease(&viewer, Qt::LeftButton, {}, onPicture(viewer, 0.5, 0.75));
        QVERIFY(qAbs(line.line().y1() - 0.75) < 0.01);
        QCOMPARE(line.kind(), CutLine::Kind::Horizontal);
    }

    void rotatesTheSliceLineByItsEnd() {
        CutLine line;
        PictureViewer viewer(line);
        viewer.resize(640, 400);
        viewer.setClip(movingBall(64, 40, 2));
        const QPoint handle = onPicture(viewer, 0, 0.5) + QPoint(14, 0);
        QTest::mousePress(&viewer, Qt::LeftButton, {}, handle);
        QTest::mouseMove(&viewer, onPicture(viewer, 0.1, 0.1));
        QTest::mouseRelease(&viewer, Qt::LeftButton, {}, onPicture(viewer, 0.1, 0.1));
        QCOMPARE(line.kind(), CutLine::Kind::Free);
        QVERIFY(qAbs(line.line().y1() - 0.1) < 0.02);
        QVERIFY(qAbs(line.line().y2() - 0.5) < 0.001);
    }

    void leavesAHiddenLineAlone() {
        CutLine line;
        line.setVisible(false);
        PictureViewer viewer(line);
        viewer.resize(640, 400);
        viewer.setClip(movingBall(64, 40, 2));
        QTest::mousePress(&viewer, Qt::LeftButton, {}, onPicture(viewer, 0.5, 0.5));
        QTest::mouseMove(&viewer, onPicture(viewer, 0.5, 0.9));
        QCOMPARE(line.line().y1(), 0.5);
    }

    void movesTheLineByKeys() {
        CutLine line;
        PictureViewer viewer(line);
        viewer.setClip(movingBall(64, 40, 2));
        QTest::keyClick(&viewer, Qt::Key_Up);
        QVERIFY(qAbs(line.line().y1() - (0.5 - 1.0 / 40)) < 1e-9);
        QTest::keyClick(&viewer, Qt::Key_Down);
        QVERIFY(qAbs(line.line().y1() - 0.5) < 1e-9);
    }

    void transportSpeaksFrameAndTime() {
        PlaybackClock clock;
        TransportBar bar(clock);
        QVERIFY(!bar.isEnabled());
        clock.setPlaying(true); // as the window starts, before there is a clip
        QVERIFY(named<QToolButton>(bar, u"Play (Space)"_s));
        clock.setLength(29, 8);
        QVERIFY(named<QToolButton>(bar, u"Pause (Space)"_s));
        clock.setPlaying(false);
        QVERIFY(bar.isEnabled());
        clock.seek(12);
        auto* slider = bar.findChild<QSlider*>();
        QCOMPARE(slider->value(), 12);
        QVERIFY(slider->accessibleDescription().contains(u"13"_s));
        QVERIFY(slider->accessibleDescription().contains(QLocale().toString(1.5, 'f', 2)));
        slider->setValue(4);
        QCOMPARE(clock.frame(), 4);
    }

    void transportButtonsHaveNames() {
        PlaybackClock clock;
        TransportBar bar(clock);
        for (QToolButton* button : bar.findChildren<QToolButton*>())
            QVERIFY(!button->accessibleName().isEmpty());
    }

    void panelFollowsTheRunUntilTheUserPicks() {
        FakeScript script;
        script.holdIn = StageId::Superres;
        script.holdStep = 2;
        Rig rig(script);
        rig.start();
        Generation generation(rig.bridge);
        PlaybackClock clock;
        CutLine line;
        ViewerPanel panel(generation, clock, line);
        generation.start({.plan = steppedPlan()});
        QVERIFY(QTest::qWaitFor([&] { return rig.engine->isHolding() && panel.stage() == StageId::Superres; }));
        QCOMPARE(panel.clip()->width(), 256);
        panel.pickStage(StageId::Keyframes);
        QVERIFY(panel.stage() == StageId::Keyframes);
        QCOMPARE(panel.clip()->frameCount(), 8);
        QCOMPARE(clock.frameCount(), 8);
        panel.pickStage(StageId::Translation); // nothing there yet
        QVERIFY(panel.stage() == StageId::Keyframes);
    }

    void panelKeepsTheLastClipUntilAPreviewComes() {
        FakeScript script;
        script.holdIn = StageId::Keyframes;
        script.holdStep = 1; // before the first preview
        Rig rig(script);
        rig.start();
        Generation generation(rig.bridge);
        PlaybackClock clock;
        CutLine line;
        ViewerPanel panel(generation, clock, line);
        generation.adopt(movingBall(576, 320, 29), {});
        generation.start({});
        QVERIFY(QTest::qWaitFor([&] { return rig.engine->isHolding(); }));
        QVERIFY(panel.clip());
        QCOMPARE(panel.clip()->width(), 576);
    }

    void slicePanelFollowsTheLine() {
        PlaybackClock clock;
        CutLine line;
        SlicePanel panel(line, clock);
        panel.show();
        panel.setClip(movingBall(64, 40, 8));
        const QImage before = panel.view().slice();
        QCOMPARE(before.height(), 8);
        line.moveBy({0, -0.2});
        QVERIFY(panel.view().slice() != before);
    }

    void slicePanelShowsTheFrameAndSeeks() {
        PlaybackClock clock;
        CutLine line;
        clock.setLength(8, 2);
        SlicePanel panel(line, clock);
        panel.resize(300, 600);
        panel.show();
        panel.setClip(movingBall(64, 40, 8));
        clock.seek(5);
        QCOMPARE(panel.view().cursorRow(), 5);
        QTest::mouseClick(&panel.view(), Qt::LeftButton, {}, QPoint(20, panel.view().height() - 2));
        QCOMPARE(clock.frame(), 7);
    }

    void slicePanelChangesDirection() {
        PlaybackClock clock;
        CutLine line;
        SlicePanel panel(line, clock);
        panel.show();
        panel.setClip(movingBall(64, 40, 8));
        auto* kinds = panel.findChild<QComboBox*>();
        kinds->setCurrentIndex(1);
        Q_EMIT kinds->activated(1);
        QCOMPARE(line.kind(), CutLine::Kind::Vertical);
        QCOMPARE(panel.view().slice().width(), 40);
        line.moveEnd(0, {0.2, 0.2});
        QCOMPARE(kinds->currentIndex(), 2);
    }

    void slicePanelBearsNoClip() {
        PlaybackClock clock;
        CutLine line;
        SlicePanel panel(line, clock);
        panel.show();
        panel.setClip(nullptr);
        QVERIFY(panel.view().slice().isNull());
        QVERIFY(panel.exportImage().isNull());
        QVERIFY(!panel.grab().isNull());
    }

    void sliceExportRepeatsRows() {
        PlaybackClock clock;
        CutLine line;
        SlicePanel panel(line, clock);
        panel.show();
        panel.setClip(movingBall(64, 40, 8));
        const QImage image = panel.exportImage();
        QCOMPARE(image.size(), QSize(64, 64));
        QCOMPARE(image.pixel(10, 0), image.pixel(10, 7));
    }
};

QTEST_MAIN(ViewerTest)
#include "viewer_test.moc"
