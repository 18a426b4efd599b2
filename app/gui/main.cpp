// show1-studio: the window.
#include "resources.h"

#include "base/process_memory.h"
#include "bridge/engine_bridge.h"
#include "engine/engine.h"
#include "main_window.h"
#include "settings/language.h"
#include "settings/session.h"
#include "settings/theme.h"
#include "text.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QIcon>
#include <QLocale>
#include <QStandardPaths>

#include <cstdio>
#include <cstdlib>

using namespace s1;
using namespace s1::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kNoDisplay = 69; // EX_UNAVAILABLE

void sayNoDisplay() {
    std::fputs("No display to open the window on; use `./studio generate \"a red ball bounces\"` here.\n", stderr);
}

// A display that is named but does not answer makes Qt print a page of plug-in names and abort.
void onStartMessage(QtMsgType type, const QMessageLogContext&, const QString&) {
    if (type != QtFatalMsg)
        return;
    sayNoDisplay();
    std::_Exit(kNoDisplay);
}

bool hasDisplay(int argc, char** argv) {
    for (int i = 1; i < argc; ++i)
        if (std::string_view(argv[i]).starts_with("-platform") || std::string_view(argv[i]).starts_with("--platform"))
            return true;
    const auto isSet = [](const char* name) { return qEnvironmentVariableIsSet(name); };
    return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY") || isSet("QT_QPA_PLATFORM");
}

ThemeChoice themeNamed(const QString& name, ThemeChoice otherwise) {
    return name == u"light" ? ThemeChoice::Light : name == u"dark" ? ThemeChoice::Dark : otherwise;
}

} // namespace

int main(int argc, char** argv) {
    setFreedBlocks(FreedBlocks::Kept);
    if (!hasDisplay(argc, argv)) {
        sayNoDisplay();
        return kNoDisplay;
    }
    QApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    const QtMessageHandler usual = qInstallMessageHandler(onStartMessage);
    QApplication app(argc, argv);
    qInstallMessageHandler(usual);
    QApplication::setOrganizationName(u"show1-studio"_s);
    QApplication::setApplicationName(u"show1-studio"_s);
    QApplication::setApplicationDisplayName(u"Show-1 Studio"_s);
    QApplication::setApplicationVersion(QString::fromLatin1(S1_VERSION));
    QApplication::setDesktopFileName(u"show1-studio"_s);

    applyLanguage(app, QLocale());
    QCommandLineParser parser;
    parser.setApplicationDescription(QApplication::translate("main", "Short videos from a sentence."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption theme(u"theme"_s, QApplication::translate("main", "Colours: light or dark."), u"name"_s);
    const QCommandLineOption profile(u"profile"_s, QApplication::translate("main", "Folder for settings and motions."),
                                     u"folder"_s);
    parser.addOptions({theme, profile});
    parser.addPositionalArgument(u"clip"_s, QApplication::translate("main", "A clip to open."), u"[clip]"_s);
    parser.process(app);

    const QString resources = findResources(QApplication::applicationDirPath());
    const QString folder = parser.isSet(profile) ? parser.value(profile)
                                                 : QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
    Session session(folder);
    applyTheme(app, themeNamed(parser.value(theme), session.theme()));
    QApplication::setWindowIcon(QIcon(u":/icons/show1-studio.svg"_s));

    EngineOptions options;
    options.resourceFolder = toPath(resources);
    EngineBridge bridge([options](EventSink sink) { return createEngine(options, std::move(sink)); });
    MainWindow window(bridge, session, QDir(resources).filePath(u"ready_clip.mp4"_s));
    window.show();
    bridge.start(); // in the background: the window is there first
    for (const QString& clip : parser.positionalArguments().mid(0, 1))
        window.openFile(QDir::current().absoluteFilePath(clip));
    return QApplication::exec();
}
