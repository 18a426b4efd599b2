#include "bridge/engine_bridge.h"
#include "ui_test.h"

using namespace s1;
using namespace s1::ui;
using namespace s1::test;

namespace {

// Lets a test play the engine's part by hand, from any thread.
class SilentEngine : public Engine {
public:
    explicit SilentEngine(EventSink sink) : sink(std::move(sink)) {}

    JobId submit(JobRequest) override { return ++lastId; }
    void cancel(JobId job) override { cancelled.push_back(job); }
    std::vector<ModelInfo> models() const override { return {}; }
    Forecast forecast(ModelKind, const CascadePlan&) const override { return {12, 1, 3}; }
    std::vector<ExportFormatInfo> exportFormats() const override { return {}; }
    DeviceInfo device() const override { return {"test", false}; }

    EventSink sink;
    JobId lastId = 40;
    std::vector<JobId> cancelled;
};

struct Hand {
    Hand()
        : bridge([this](EventSink sink) -> Result<std::unique_ptr<Engine>> {
              auto made = std::make_unique<SilentEngine>(std::move(sink));
              engine = made.get();
              return std::unique_ptr<Engine>(std::move(made));
          }) {}

    void start() {
        bridge.start();
        QVERIFY(QTest::qWaitFor([this] { return bridge.isReady(); }));
    }
    JobId submit() {
        return bridge.submit(OpenRequest{}, &context, [this](const JobEvent& event) { seen.push_back(event); });
    }
    bool ended() const {
        return !seen.empty() &&
               (std::holds_alternative<Succeeded>(seen.back()) || std::holds_alternative<Failed>(seen.back()) ||
                std::holds_alternative<Cancelled>(seen.back()));
    }

    SilentEngine* engine = nullptr;
    EngineBridge bridge;
    QObject context;
    std::vector<JobEvent> seen;
};

template <typename T>
int countOf(const std::vector<JobEvent>& events) {
    return static_cast<int>(
        std::count_if(events.begin(), events.end(), [](const auto& e) { return std::holds_alternative<T>(e); }));
}

} // namespace

class BridgeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void makesTheEngineInTheBackground() {
        std::thread::id maker;
        EngineBridge bridge([&](EventSink sink) -> Result<std::unique_ptr<Engine>> {
            maker = std::this_thread::get_id();
            return std::unique_ptr<Engine>(std::make_unique<SilentEngine>(std::move(sink)));
        });
        bridge.start();
        QVERIFY(!bridge.isReady());
        QVERIFY(QTest::qWaitFor([&] { return bridge.isReady(); }));
        QVERIFY(maker != std::this_thread::get_id());
    }

    void answersNothingBeforeItIsReady() {
        Hand hand;
        QVERIFY(!hand.bridge.forecast(ModelKind::Embedded, CascadePlan{}));
        QVERIFY(!hand.bridge.device());
        QVERIFY(hand.bridge.exportFormats().empty());
    }

    void forwardsTheEnginesAnswers() {
        Hand hand;
        hand.start();
        QCOMPARE(hand.bridge.forecast(ModelKind::Embedded, CascadePlan{})->seconds, 12.0);
        QCOMPARE(hand.bridge.device()->name, std::string("test"));
    }

    void keepsJobsUntilTheEngineIsThere() {
        Rig rig;
        bool opened = false;
        QObject context;
        rig.bridge.submit(OpenRequest{"a.mp4"}, &context,
                          [&](const JobEvent& event) { opened |= std::holds_alternative<Succeeded>(event); });
        rig.start();
        QVERIFY(QTest::qWaitFor([&] { return opened; }));
    }

    void cancelsAJobThatStillWaits() {
        Hand hand;
        const JobId job = hand.submit();
        hand.bridge.cancel(job);
        QVERIFY(QTest::qWaitFor([&] { return hand.ended(); }));
        QVERIFY(std::holds_alternative<Cancelled>(hand.seen.back()));
        hand.start();
        QCOMPARE(hand.engine->lastId, JobId(40)); // never handed over
    }

    void failsEveryJobWhenTheEngineCannotStart() {
        EngineBridge bridge([](EventSink) -> Result<std::unique_ptr<Engine>> {
            return Error{ErrorCode::NotFound, "no model", "toyland"};
        });
        int failures = 0;
        int announced = 0;
        const auto count = [&](const JobEvent& event) { failures += std::holds_alternative<Failed>(event); };
        connect(&bridge, &EngineBridge::unavailable, this, [&](const Error&) { ++announced; });
        bridge.submit(OpenRequest{}, this, count);
        bridge.start();
        QVERIFY(QTest::qWaitFor([&] { return failures == 1; }));
        bridge.submit(OpenRequest{}, this, count);
        QVERIFY(QTest::qWaitFor([&] { return failures == 2; }));
        QCOMPARE(announced, 1);
    }

    void deliversOnTheGuiThread() {
        Hand hand;
        hand.start();
        hand.submit();
        QThread* where = nullptr;
        hand.bridge.submit(OpenRequest{}, this, [&](const JobEvent&) { where = QThread::currentThread(); });
        std::thread([&] { hand.engine->sink(42, Succeeded{}); }).join();
        QVERIFY(!where); // not before the event loop runs
        QVERIFY(QTest::qWaitFor([&] { return where != nullptr; }));
        QCOMPARE(where, QCoreApplication::instance()->thread());
    }

    void keepsTheOrderAcrossStages() {
        Hand hand;
        hand.start();
        hand.submit();
        auto& sink = hand.engine->sink;
        sink(41, JobStarted{});
        sink(41, StageStarted{StageId::Keyframes, 2});
        sink(41, StepDone{StageId::Keyframes, 1, 2});
        sink(41, StepDone{StageId::Keyframes, 2, 2});
        sink(41, StageFinished{StageId::Keyframes});
        sink(41, StageStarted{StageId::Interpolation, 1});
        sink(41, StepDone{StageId::Interpolation, 1, 1});
        sink(41, Succeeded{});
        QVERIFY(QTest::qWaitFor([&] { return hand.ended(); }));
        QCOMPARE(int(hand.seen.size()), 7); // the first step was overtaken
        QVERIFY(std::holds_alternative<StageStarted>(hand.seen[1]));
        QCOMPARE(std::get<StepDone>(hand.seen[2]).step, 2);
        QVERIFY(std::holds_alternative<StageFinished>(hand.seen[3]));
        QVERIFY(std::get<StepDone>(hand.seen[5]).stage == StageId::Interpolation);
    }

    void keepsOnlyTheLatestStepAndPreview() {
        Hand hand;
        hand.start();
        hand.submit();
        const auto last = std::make_shared<const Clip>();
        for (int step = 1; step <= 1000; ++step) {
            hand.engine->sink(41, StepDone{StageId::Superres, step, 1000});
            hand.engine->sink(41, PreviewReady{StageId::Superres, step == 1000 ? last : movingBall(8, 5, 1)});
        }
        hand.engine->sink(41, Succeeded{});
        QVERIFY(QTest::qWaitFor([&] { return hand.ended(); }));
        QCOMPARE(countOf<StepDone>(hand.seen), 1);
        QCOMPARE(countOf<PreviewReady>(hand.seen), 1);
        QCOMPARE(std::get<StepDone>(hand.seen[0]).step, 1000);
        QCOMPARE(std::get<PreviewReady>(hand.seen[1]).clip, last);
    }

    void keepsEveryTrainingStep() { // the loss curve has a point for each
        Hand hand;
        hand.start();
        hand.submit();
        for (int step = 1; step <= 50; ++step)
            hand.engine->sink(41, TrainStepDone{step, 50, 0.1, 0});
        QVERIFY(QTest::qWaitFor([&] { return countOf<TrainStepDone>(hand.seen) == 50; }));
    }

    void flushesStepsWithoutATerminalEvent() {
        Hand hand;
        hand.start();
        hand.submit();
        hand.engine->sink(41, StepDone{StageId::Keyframes, 1, 9});
        QVERIFY(QTest::qWaitFor([&] { return countOf<StepDone>(hand.seen) == 1; }, 500));
    }

    void doesNotMixJobs() {
        Hand hand;
        hand.start();
        std::vector<JobEvent> other;
        hand.submit();
        hand.bridge.submit(OpenRequest{}, this, [&](const JobEvent& event) { other.push_back(event); });
        hand.engine->sink(41, StepDone{StageId::Keyframes, 3, 9});
        hand.engine->sink(42, StepDone{StageId::Keyframes, 7, 9});
        hand.engine->sink(42, Succeeded{});
        hand.engine->sink(41, Cancelled{});
        QVERIFY(QTest::qWaitFor([&] { return hand.ended(); }));
        QCOMPARE(std::get<StepDone>(hand.seen[0]).step, 3);
        QCOMPARE(std::get<StepDone>(other[0]).step, 7);
        QVERIFY(std::holds_alternative<Succeeded>(other.back()));
    }

    void neverLosesATerminalEventInAFlood() {
        Hand hand;
        hand.start();
        constexpr int kJobs = 50;
        int ended = 0;
        for (int i = 0; i < kJobs; ++i)
            hand.bridge.submit(OpenRequest{}, this,
                               [&](const JobEvent& e) { ended += std::holds_alternative<Succeeded>(e); });
        std::vector<std::thread> threads;
        for (int t = 0; t < 2; ++t)
            threads.emplace_back([&, t] {
                for (int i = t; i < kJobs; i += 2) {
                    for (int step = 0; step < 200; ++step)
                        hand.engine->sink(41 + i, StepDone{StageId::Keyframes, step, 200});
                    hand.engine->sink(41 + i, Succeeded{});
                }
            });
        for (auto& thread : threads)
            thread.join();
        QVERIFY(QTest::qWaitFor([&] { return ended == kJobs; }));
    }

    void ignoresWhatComesAfterTheEnd() {
        Hand hand;
        hand.start();
        hand.submit();
        hand.engine->sink(41, Cancelled{});
        hand.engine->sink(41, StepDone{});
        hand.engine->sink(41, Succeeded{});
        QTest::qWait(80);
        QCOMPARE(int(hand.seen.size()), 1);
    }

    void forgetsAHandlerWhoseContextIsGone() {
        Hand hand;
        hand.start();
        int calls = 0;
        auto context = std::make_unique<QObject>();
        hand.bridge.submit(OpenRequest{}, context.get(), [&](const JobEvent&) { ++calls; });
        context.reset();
        hand.engine->sink(41, Succeeded{});
        QTest::qWait(50);
        QCOMPARE(calls, 0);
    }

    void translatesIdsWhenCancelling() {
        Hand hand;
        hand.start();
        const JobId job = hand.submit();
        hand.bridge.cancel(job);
        hand.bridge.cancel(job);
        hand.bridge.cancel(99999);
        QCOMPARE(int(hand.engine->cancelled.size()), 2);
        QCOMPARE(hand.engine->cancelled[0], JobId(41));
    }

    void mayBeDestroyedWhileAJobRuns() {
        for (int round = 0; round < 5; ++round) {
            FakeScript script;
            script.floodPerStep = 50;
            script.stepTime = std::chrono::milliseconds(1);
            int calls = 0;
            {
                Rig rig(script);
                rig.start();
                rig.bridge.submit(GenerateRequest{}, this, [&](const JobEvent&) { ++calls; });
                QTest::qWait(10 + round * 7);
            }
            const int then = calls;
            QTest::qWait(20);
            QCOMPARE(calls, then);
        }
    }

    void mayBeDestroyedBeforeTheEngineIsMade() {
        EngineBridge bridge([](EventSink sink) -> Result<std::unique_ptr<Engine>> {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            return std::unique_ptr<Engine>(std::make_unique<SilentEngine>(std::move(sink)));
        });
        bridge.start();
    }

    void aHandlerMaySubmitAndCancel() {
        Rig rig;
        rig.start();
        bool done = false;
        rig.bridge.submit(OpenRequest{"a"}, this, [&](const JobEvent& event) {
            if (!std::holds_alternative<Succeeded>(event))
                return;
            const JobId next = rig.bridge.submit(GenerateRequest{}, this, [&](const JobEvent& later) {
                done |= std::holds_alternative<Cancelled>(later);
            });
            rig.bridge.cancel(next);
        });
        QVERIFY(QTest::qWaitFor([&] { return done; }));
    }
};

QTEST_MAIN(BridgeTest)
#include "bridge_test.moc"
