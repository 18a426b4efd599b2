// The window over the real engine and the model that comes with the program.
#include "bridge/engine_bridge.h"
#include "main_window.h"
#include "panels/prompt_edit.h"
#include "panels/prompt_panel.h"
#include "settings/session.h"
#include "settings/theme.h"
#include "text.h"
#include "ui_test.h"
#include "viewers/viewer_panel.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

using namespace s1;
using namespace s1::ui;
using namespace Qt::StringLiterals;

namespace {

using test::kPatience;

// The longest time the event loop did not come round. Time in which this thread was ready but other programs had the
// processors is not the window's fault and is taken off.
class LoopWatch : public QObject {
public:
    LoopWatch() {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            const double now = m_clock.nsecsElapsed() / 1e6, waited = waitedForProcessor();
            longest = std::max(longest, now - m_last - (waited - m_waited));
            m_last = now;
            m_waited = waited;
        });
        m_clock.start();
        m_waited = waitedForProcessor();
        m_timer.start(kInterval);
    }
    double longest = 0; // milliseconds

private:
    static constexpr int kInterval = 5;
    static double waitedForProcessor() { // milliseconds since the thread began
        QFile file(u"/proc/thread-self/schedstat"_s);
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        return file.readAll().split(' ').value(1).toDouble() / 1e6;
    }
    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_last = 0, m_waited = 0;
};

struct Desk {
    Desk()
        : bridge([this](EventSink sink) {
              EngineOptions options;
              options.resourceFolder = toPath(QStringLiteral(S1_SOURCE_DIR "/resources"));
              options.cacheFolder = toPath(profile.filePath(u"cache"_s));
              return createEngine(options, std::move(sink));
          }) {
        window.resize(1360, 860);
        window.show();
        bridge.start();
    }
    GenerateRequest request(const char* prompt, Preset preset) {
        GenerateRequest request;
        request.prompt = prompt;
        request.seed = 7;
        request.plan = makePlan(preset, ModelKind::Embedded);
        return request;
    }
    Generation& generation() { return window.studio().generation(); }

    QTemporaryDir profile;
    Session session{profile.path()};
    EngineBridge bridge;
    MainWindow window{bridge, session, QStringLiteral(S1_SOURCE_DIR "/resources/ready_clip.mp4")};
};

// S1_GALLERY names a folder: the window is drawn into it in every state it passes.
void grab(Desk& desk, const QString& state) {
    if (const QString folder = qEnvironmentVariable("S1_GALLERY"); !folder.isEmpty()) {
        QDir().mkpath(folder);
        desk.window.grab().save(QDir(folder).filePath(state + u".png"_s));
    }
}

} // namespace

class RealTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (const QString theme = qEnvironmentVariable("S1_THEME"); !theme.isEmpty())
            applyTheme(*qApp, theme == u"dark" ? ThemeChoice::Dark : ThemeChoice::Light);
    }

    // The first start: the clip that comes with the program plays, and nobody waited for it.
    void firstStartPlaysTheReadyClip() {
        Desk desk;
        QTRY_VERIFY_WITH_TIMEOUT(desk.window.viewerPanel().clip() != nullptr, kPatience);
        QVERIFY(desk.window.studio().clock().isPlaying());
        QTest::qWait(1000);
        QVERIFY(!desk.window.messageBar().isVisible());
        grab(desk, u"0-first"_s);
    }

    // All four stages run, every one shows moving pictures before it is done, and the window never hangs.
    void staysAwakeWhileAClipIsMade() {
        Desk desk;
        QTRY_VERIFY_WITH_TIMEOUT(desk.bridge.isReady(), 30000);
        std::array<int, 4> pictures{};
        QElapsedTimer sinceGrab;
        sinceGrab.start();
        connect(&desk.generation(), &Generation::clipChanged, this, [&](StageId stage) {
            const auto index = static_cast<std::size_t>(stage);
            ++pictures[index];
            if (desk.generation().stage(stage).phase == Generation::Phase::Running && sinceGrab.elapsed() > 1500) {
                grab(desk, u"%1-running"_s.arg(index + 1));
                sinceGrab.restart();
            }
        });
        QString failure;
        connect(&desk.generation(), &Generation::failed, this, [&](const Error& error) { failure = QString::fromStdString(error.message); });
        auto request = desk.request("a red ball bounces over green hills", Preset::Draft);
        if (!qEnvironmentVariableIsSet("S1_GALLERY")) // the test needs the stages, not their beauty
            for (const StageId stage : kStages)
                request.plan[stage].steps = std::min(request.plan[stage].steps, 3);
        desk.window.promptPanel().prompt().replaceText(QString::fromStdString(request.prompt));
        LoopWatch watch;
        desk.generation().start(request);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.generation().isRunning(), 240000);
        const double longest = watch.longest;
        QCOMPARE(failure, QString());
        QVERIFY(desk.generation().result());
        QCOMPARE(desk.generation().result()->frames.size(), std::size_t(29));
        for (const int count : pictures)
            QVERIFY(count >= 1);
        QTest::qWait(400);
        grab(desk, u"5-finished"_s);
        qInfo("longest time without the event loop: %.1f ms", longest);
        if (!qEnvironmentVariableIsSet("S1_GALLERY")) // drawing into files takes its time
            QVERIFY2(longest < 50, qPrintable(u"blocked for %1 ms"_s.arg(longest)));
    }

    void escStopsAndLeavesWhatIsDone() {
        Desk desk;
        QTRY_VERIFY_WITH_TIMEOUT(desk.bridge.isReady(), 30000);
        auto request = desk.request("a blue star on a white background", Preset::Standard);
        request.plan[StageId::Keyframes].steps = 3;
        desk.generation().start(request);
        const auto superres = [&] { return desk.generation().stage(StageId::Superres).phase; };
        QTRY_VERIFY_WITH_TIMEOUT(superres() == Generation::Phase::Running, 120000);
        QElapsedTimer clock;
        clock.start();
        QTest::keyClick(&desk.window, Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.generation().isRunning(), kPatience);
        qInfo("stopped after %lld ms", static_cast<long long>(clock.elapsed()));
        QCOMPARE(desk.generation().stage(StageId::Interpolation).phase, Generation::Phase::Done);
        QVERIFY(desk.generation().stage(StageId::Interpolation).clip);
        grab(desk, u"6-stopped"_s);
        // The same again finds the first two stages stored.
        request.stopAfter = StageId::Interpolation;
        desk.generation().start(request);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.generation().isRunning(), kPatience);
        QVERIFY(desk.generation().stage(StageId::Keyframes).fromCache);
        QVERIFY(desk.generation().stage(StageId::Interpolation).fromCache);
    }

    // The library's requests reach it, and what is no model is said.
    void aFolderIsRegisteredWhereItLies() {
        QTemporaryDir data;
        qputenv("XDG_DATA_HOME", data.path().toUtf8());
        const auto back = qScopeGuard([] { qunsetenv("XDG_DATA_HOME"); });
        Desk desk;
        ModelList& models = desk.window.studio().models();
        QTRY_VERIFY_WITH_TIMEOUT(models.isListed(), 30000);
        QVERIFY(models.canUse({}));
        QCOMPARE(models.find("show-1")->parts.size(), std::size_t(5));
        QDir(data.path()).mkpath(u"set/base"_s);
        models.add(data.filePath(u"set"_s));
        QTRY_VERIFY_WITH_TIMEOUT(desk.window.messageBar().isVisible(), kPatience);
        QVERIFY(!models.find("show-1")->registered);
        QFile index(data.filePath(u"set/base/model_index.json"_s));
        QVERIFY(index.open(QIODevice::WriteOnly));
        index.write(R"({"_class_name": "TextToVideoIFPipeline"})");
        index.close();
        models.add(data.filePath(u"set"_s));
        QTRY_VERIFY_WITH_TIMEOUT(models.find("show-1")->registered, kPatience);
        QCOMPARE(toQString(models.find("show-1")->parts[0].folder), data.filePath(u"set/base"_s));
        QVERIFY(!models.canUse("show-1"));
        QVERIFY(QFile::exists(data.filePath(u"show1-studio/models.json"_s)));
        models.remove("show-1");
        QTRY_VERIFY_WITH_TIMEOUT(!models.find("show-1")->registered, kPatience);
        QVERIFY(index.exists());
    }

    void errorIsSaidInTheWindow() {
        Desk desk;
        QTRY_VERIFY_WITH_TIMEOUT(desk.bridge.isReady(), 30000);
        auto request = desk.request("a red ball", Preset::Draft);
        request.plan[StageId::Keyframes].steps = 1;
        request.model = desk.profile.filePath(u"gone"_s).toStdString();
        desk.generation().start(request);
        QTRY_VERIFY_WITH_TIMEOUT(desk.window.messageBar().isVisible(), kPatience);
        QTest::qWait(200);
        grab(desk, u"7-error"_s);
    }
};

QTEST_MAIN(RealTest)
#include "real_test.moc"
