#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

// The program as a user starts it, with the fake engine inside.
class ProgramTest : public QObject {
    Q_OBJECT

    QProcessEnvironment environment() const {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        environment.insert(u"XDG_CONFIG_HOME"_s, m_home.path());
        environment.insert(u"XDG_RUNTIME_DIR"_s, m_home.path());
        return environment;
    }

    QTemporaryDir m_home;

private Q_SLOTS:
    void saysWhatToDoWithoutADisplay() {
        QProcess program;
        QProcessEnvironment bare = environment();
        for (const QString& name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s})
            bare.remove(name);
        program.setProcessEnvironment(bare);
        program.start(QStringLiteral(S1_PROGRAM), {});
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 69);
        const QByteArray said = program.readAllStandardError();
        QVERIFY(said.contains("./studio generate"));
        QCOMPARE(said.count('\n'), 1);
    }

    void saysTheSameOfADisplayThatDoesNotAnswer() {
        QProcess program;
        QProcessEnvironment far = environment();
        far.remove(u"WAYLAND_DISPLAY"_s);
        far.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
        far.insert(u"DISPLAY"_s, u":4711"_s);
        program.setProcessEnvironment(far);
        program.start(QStringLiteral(S1_PROGRAM), {});
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 69);
        QCOMPARE(program.readAllStandardError().count('\n'), 1);
    }

    void saysItsVersion() {
        QProcess program;
        program.setProcessEnvironment(environment());
        program.start(QStringLiteral(S1_PROGRAM), {u"--version"_s});
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 0);
        QVERIFY(program.readAllStandardOutput().contains(S1_VERSION));
    }

    void startsQuietlyAndKeepsItsProfile() {
        QProcess program;
        program.setProcessEnvironment(environment());
        const QString profile = m_home.filePath(u"profile"_s);
        program.start(QStringLiteral(S1_PROGRAM), {u"--profile"_s, profile, u"--theme"_s, u"dark"_s});
        QVERIFY(program.waitForStarted());
        QTest::qWait(1500);
        QCOMPARE(program.state(), QProcess::Running);
        QVERIFY(QFile::exists(profile + u"/settings.ini"_s));
        program.terminate();
        QVERIFY(program.waitForFinished());
        QByteArray said = program.readAllStandardError();
        said.replace("This plugin does not support propagateSizeHints()\n", ""); // offscreen only
        QCOMPARE(QString::fromUtf8(said), QString());
    }
};

QTEST_GUILESS_MAIN(ProgramTest)
#include "program_test.moc"
