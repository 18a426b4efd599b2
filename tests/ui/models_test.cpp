#include "error_text.h"
#include "models/clip_slice.h"
#include "models/cut_line.h"
#include "models/generation.h"
#include "models/motion_lesson.h"
#include "models/motion_list.h"
#include "models/prompt_description.h"
#include "models/recipe.h"
#include "text.h"
#include "ui_test.h"

#include <QDir>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QXmlStreamReader>

using namespace s1;
using namespace s1::ui;
using namespace s1::test;
using namespace Qt::StringLiterals;

class ModelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void generationRunsThroughAllStages() {
        Rig rig;
        rig.start();
        Generation generation(rig.bridge);
        QSignalSpy running(&generation, &Generation::runningChanged);
        QSignalSpy finished(&generation, &Generation::finished);
        std::vector<StageId> order;
        connect(&generation, &Generation::stageStarted, this, [&](StageId id) { order.push_back(id); });
        generation.start({.prompt = "a ball", .seed = 3});
        QVERIFY(generation.isRunning());
        QVERIFY(!generation.canRerun());
        QVERIFY(finished.wait(kPatience));
        QCOMPARE(order, std::vector<StageId>(kStages.begin(), kStages.end()));
        for (const StageId id : kStages) {
            QCOMPARE(generation.stage(id).phase, Generation::Phase::Done);
            QVERIFY(generation.stage(id).clip);
        }
        QVERIFY(generation.result());
        QVERIFY(!generation.recipe().empty());
        QVERIFY(generation.canRerun());
        QCOMPARE(running.last().first().toBool(), false);
        QCOMPARE(generation.progress(), 0.0);
    }

    void timeLeftCountsTheStagesThatWait() {
        FakeScript script;
        script.holdIn = StageId::Keyframes;
        Rig rig(script);
        rig.start();
        Generation generation(rig.bridge);
        generation.start({.prompt = "a ball", .plan = steppedPlan()}, ModelKind::Published);
        QVERIFY(QTest::qWaitFor([&] { return generation.stage(StageId::Keyframes).step == 3; }));
        // 17 steps as they go, and 8, 2 and 1 as forecast for this kind of model.
        QCOMPARE(generation.secondsLeft(), 17 * 0.42 + 11 * 390);
        generation.cancel();
        QVERIFY(QTest::qWaitFor([&] { return !generation.isRunning(); }));
        QCOMPARE(generation.secondsLeft(), 0.0);
    }

    void generationIgnoresASecondStart() {
        Rig rig;
        rig.start();
        Generation generation(rig.bridge);
        generation.start({.prompt = "one"});
        generation.start({.prompt = "two"});
        QCOMPARE(generation.request().prompt, std::string("one"));
        generation.cancel();
    }

    void generationCancels() {
        FakeScript script;
        script.holdIn = StageId::Interpolation;
        Rig rig(script);
        rig.start();
        Generation generation(rig.bridge);
        QSignalSpy cancelled(&generation, &Generation::cancelled);
        generation.start({.plan = steppedPlan()});
        QVERIFY(QTest::qWaitFor([&] { return rig.engine->isHolding(); }));
        generation.cancel();
        QVERIFY(generation.isStopping());
        QVERIFY(cancelled.wait(kPatience));
        QVERIFY(!generation.isRunning());
        QCOMPARE(generation.stage(StageId::Keyframes).phase, Generation::Phase::Done);
        QCOMPARE(generation.stage(StageId::Interpolation).phase, Generation::Phase::Stopped);
        QCOMPARE(generation.stage(StageId::Superres).phase, Generation::Phase::Waiting);
    }

    void generationFails() {
        FakeScript script;
        script.failIn = StageId::Superres;
        Rig rig(script);
        rig.start();
        Generation generation(rig.bridge);
        QSignalSpy failed(&generation, &Generation::failed);
        generation.start({});
        QVERIFY(failed.wait(kPatience));
        QCOMPARE(generation.stage(StageId::Superres).phase, Generation::Phase::Stopped);
        QVERIFY(!generation.result());
    }

    void rerunKeepsEarlierStages() {
        Rig rig;
        rig.start();
        Generation generation(rig.bridge);
        QSignalSpy finished(&generation, &Generation::finished);
        generation.start({});
        QVERIFY(finished.wait(kPatience));
        GenerateRequest again;
        again.rerunFrom = StageId::Superres;
        generation.start(again);
        QVERIFY(generation.stage(StageId::Keyframes).clip); // still on show
        QVERIFY(!generation.stage(StageId::Superres).clip);
        QVERIFY(finished.wait(kPatience));
        QVERIFY(generation.stage(StageId::Interpolation).fromCache);
        QVERIFY(!generation.stage(StageId::Superres).fromCache);
    }

    void adoptShowsAnOpenedClip() {
        Rig rig;
        Generation generation(rig.bridge);
        generation.adopt(movingBall(8, 5, 2), "recipe");
        QVERIFY(generation.stage(StageId::Translation).clip);
        QVERIFY(!generation.stage(StageId::Keyframes).clip);
        QVERIFY(!generation.canRerun());
        QCOMPARE(generation.recipe(), std::string("recipe"));
    }

    void lessonLearns() {
        Rig rig;
        rig.start();
        MotionLesson lesson(rig.bridge);
        QSignalSpy learned(&lesson, &MotionLesson::learned);
        ClipPtr frames;
        connect(&lesson, &MotionLesson::framesSampled, this, [&](const ClipPtr& clip) { frames = clip; });
        lesson.start({.clip = "a.mp4", .steps = 20, .output = "/m/jump.s1motion"});
        QVERIFY(lesson.isRunning());
        QVERIFY(learned.wait(kPatience));
        QCOMPARE(int(lesson.losses().size()), 20);
        QCOMPARE(frames->frameCount(), 8);
        QCOMPARE(learned.first().first().toString(), u"/m/jump.s1motion"_s);
    }

    void lessonCancels() {
        FakeScript script;
        script.holdLessonAt = 3;
        Rig rig(script);
        rig.start();
        MotionLesson lesson(rig.bridge);
        QSignalSpy cancelled(&lesson, &MotionLesson::cancelled);
        lesson.start({.steps = 20});
        QVERIFY(QTest::qWaitFor([&] { return rig.engine->isHolding(); }));
        lesson.cancel();
        QVERIFY(cancelled.wait(kPatience));
        QVERIFY(!lesson.isRunning());
    }

    void motionListHoldsEachFileOnce() {
        MotionList list;
        QCOMPARE(list.rowCount(), 1); // none
        QCOMPARE(list.add(u"/m/jump.s1motion"_s), 1);
        QCOMPARE(list.add(u"/m/roll.s1motion"_s), 2);
        QCOMPARE(list.add(u"/m/jump.s1motion"_s), 1);
        QCOMPARE(list.rowCount(), 3);
        QCOMPARE(list.data(list.index(2), Qt::DisplayRole).toString(), u"roll"_s);
        QVERIFY(list.file(0).isEmpty());
        QVERIFY(list.file(9).isEmpty());
        QVERIFY(!list.data(list.index(9), Qt::DisplayRole).isValid());
    }

    void describesThePromptAfterAPause() {
        Rig rig;
        rig.start();
        PromptDescription description(rig.bridge);
        QSignalSpy changed(&description, &PromptDescription::changed);
        description.setText(u"a"_s);
        description.setText(u"a tiger"_s);
        QVERIFY(changed.wait(kPatience));
        QCOMPARE(int(rig.asked<DescribePromptRequest>().size()), 1);
        QCOMPARE(description.tokens(), 3);
        QCOMPARE(int(description.unknown().size()), 1);
        QCOMPARE(description.unknown()[0].text, u"tiger"_s);
        QCOMPARE(description.unknown()[0].nearest, u"triangle"_s);
    }

    void findsUnknownWordsBehindUmlauts() { // the engine counts bytes, the editor characters
        Rig rig;
        rig.start();
        PromptDescription description(rig.bridge);
        QSignalSpy changed(&description, &PromptDescription::changed);
        description.setText(u"größe über tiger"_s);
        QVERIFY(changed.wait(kPatience));
        QCOMPARE(int(description.unknown().size()), 2);
        QCOMPARE(description.unknown()[0].text, u"über"_s);
        QCOMPARE(description.unknown()[1].text, u"tiger"_s);
        QCOMPARE(description.unknown()[1].begin, 11);
    }

    void readsARecipe() {
        const auto recipe = parseRecipe(sampleRecipe("a star falls", 18446744073709551615ULL));
        QVERIFY(recipe);
        QCOMPARE(recipe->prompt, std::string("a star falls"));
        QCOMPARE(recipe->negative, std::string("grain"));
        QCOMPARE(quint64(recipe->seed), 18446744073709551615ULL);
        QCOMPARE(recipe->preset, std::optional(Preset::Draft));
        QVERIFY(recipe->plan == makePlan(Preset::Draft, ModelKind::Embedded));
        QVERIFY(!recipe->motion);
    }

    void readsAMotionInARecipe() {
        const auto recipe =
            parseRecipe(R"({"schema":"show1.recipe/1","motion":{"file":"/m/x.s1motion","strength":9}})");
        QVERIFY(recipe && recipe->motion);
        QCOMPARE(recipe->motion->strength, 1.5); // out of range is brought back
        QCOMPARE(recipe->motion->file.string(), std::string("/m/x.s1motion"));
    }

    void refusesWhatIsNoRecipe_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"", "{", "[]", "null", "{}", R"({"schema":"other/1"})", R"({"schema":7})"})
            QTest::newRow(*text ? text : "empty") << QByteArray(text);
    }
    void refusesWhatIsNoRecipe() {
        QFETCH(QByteArray, text);
        QVERIFY(!parseRecipe(text.toStdString()));
    }

    void survivesWrongKindsInARecipe() {
        const auto recipe = parseRecipe(R"({"schema":"show1.recipe/1","prompt":3,"seed":"x","plan":[1],"motion":7})");
        QVERIFY(recipe);
        QVERIFY(recipe->prompt.empty());
        QCOMPARE(quint64(recipe->seed), quint64(0));
        QVERIFY(recipe->plan == makePlan(Preset::Standard, ModelKind::Embedded));
    }

    void sliceLineMovesAndStaysInside() {
        CutLine line;
        line.moveBy({0.3, 0.25});
        QCOMPARE(line.line(), QLineF(0, 0.75, 1, 0.75)); // horizontal lines move up and down only
        line.moveBy({0, 7});
        QCOMPARE(line.line().y1(), 1.0);
        line.setKind(CutLine::Kind::Vertical);
        QCOMPARE(line.line(), QLineF(0.5, 0, 0.5, 1));
        line.moveBy({-3, 0.2});
        QCOMPARE(line.line(), QLineF(0, 0, 0, 1));
    }

    void sliceLineTurnsFreeWhenAnEndIsDragged() {
        CutLine line;
        QSignalSpy kinds(&line, &CutLine::kindChanged);
        line.moveEnd(0, {-4, 0.1});
        QCOMPARE(line.kind(), CutLine::Kind::Free);
        QCOMPARE(line.line().p1(), QPointF(0, 0.1));
        line.moveEnd(0, {1, 0.5}); // onto the other end: refused
        QCOMPARE(line.line().p1(), QPointF(0, 0.1));
        QCOMPARE(kinds.count(), 1);
    }

    void sliceHasOneRowPerFrame() {
        const ClipSlice slice = sliceClip(movingBall(64, 40, 8), {0, 0.5, 1, 0.5});
        QCOMPARE(slice.image.size(), QSize(64, 8));
    }

    void sliceShowsThePixelsUnderTheLine() {
        auto clip = std::make_shared<Clip>();
        clip->frames.assign(3, Frame(4, 4));
        clip->frames[1].row(3)[2 * 3] = 200; // frame 1, x 2, y 3, red
        const ClipSlice bottom = sliceClip(clip, {0, 0.875, 1, 0.875});
        QCOMPARE(qRed(bottom.image.pixel(2, 1)), 200);
        QCOMPARE(qRed(bottom.image.pixel(2, 0)), 0);
        const ClipSlice column = sliceClip(clip, {0.625, 0, 0.625, 1});
        QCOMPARE(qRed(column.image.pixel(3, 1)), 200);
    }

    void sliceNumbersCome() {
        const ClipSlice slice = sliceClip(movingBall(64, 40, 8), {0, 0.6, 1, 0.6});
        QVERIFY(slice.numbers);
        QVERIFY(slice.numbers->coherence >= 0 && slice.numbers->coherence <= 1);
        QVERIFY(slice.numbers->flicker > 0);
    }

    void sliceOfNothingIsNothing() {
        QVERIFY(sliceClip(nullptr, {0, 0, 1, 1}).image.isNull());
        QVERIFY(sliceClip(std::make_shared<Clip>(), {0, 0, 1, 1}).image.isNull());
    }

    void errorsSayWhatFailedAndOfferHelp() {
        const ErrorText memory = describeError({ErrorCode::OutOfMemory, "needs 5 GB", "superres"}, Task::Generate);
        QCOMPARE(memory.remedy, Remedy::UseDraft);
        QVERIFY(!memory.button.isEmpty());
        QCOMPARE(memory.cause, u"Needs 5 GB."_s);
        QVERIFY(memory.details.contains(u"out-of-memory"_s));
        QVERIFY(memory.details.contains(u"superres"_s));
        QCOMPARE(describeError({ErrorCode::CannotCreate, "x", "y"}, Task::Export).remedy, Remedy::ChooseAnotherFolder);
        QCOMPARE(describeError({ErrorCode::Corrupt, "x", "y"}, Task::Open).remedy, Remedy::ChooseAnotherFile);
        QCOMPARE(describeError({ErrorCode::Internal, "x", "y"}, Task::Start).remedy, Remedy::None);
        QCOMPARE(describeError({ErrorCode::Internal, "", ""}, Task::Learn).remedy, Remedy::TryAgain);
    }

    void translationsAreWhole_data() {
        QTest::addColumn<QString>("file");
        const QDir folder(QStringLiteral(S1_SOURCE_DIR "/translations"));
        for (const QString& name : folder.entryList({u"*.ts"_s}))
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
    void translationsAreWhole() {
        QFETCH(QString, file);
        QFile ts(file);
        QVERIFY(ts.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&ts);
        QString source;
        static const QRegularExpression marker(u"%\\d|\\(\\*[^)]*\\)|&(?!amp)"_s);
        const auto markers = [](const QString& text) {
            QStringList found;
            for (auto match = marker.globalMatch(text); match.hasNext();)
                found.append(match.next().captured());
            found.sort();
            return found;
        };
        int count = 0;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            if (xml.name() == u"source") {
                source = xml.readElementText();
            } else if (xml.name() == u"translation") {
                QVERIFY2(!xml.attributes().hasAttribute(u"type"_s), qPrintable(source)); // unfinished
                QCOMPARE(markers(xml.readElementText()), markers(source));
                ++count;
            }
        }
        QVERIFY(!xml.hasError());
        QVERIFY(count > 200);
    }

    void durationsReadWell() {
        QCOMPARE(durationText(7.2), u"8 s"_s);
        QCOMPARE(durationText(-4), u"0 s"_s);
        QCOMPARE(durationText(200), u"3 min 20 s"_s);
        QCOMPARE(durationText(7500), u"2 h 5 min"_s);
    }

    void fileNamesComeFromThePrompt() {
        QCOMPARE(fileNameFor(u"A red ball, bouncing!"_s, 345), u"a-red-ball-bouncing-345"_s);
        QCOMPARE(fileNameFor(u"../../etc"_s, 1), u"etc-1"_s);
        QCOMPARE(fileNameFor(u" / "_s, 2), u"clip-2"_s);
        QVERIFY(fileNameFor(QString(300, u'x'), 3).size() < 60);
    }
};

QTEST_MAIN(ModelsTest)
#include "models_test.moc"
