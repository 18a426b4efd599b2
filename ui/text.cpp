#include "text.h"

#include "engine/engine.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <cmath>

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {
struct Text {
    Q_DECLARE_TR_FUNCTIONS(Text)
};

// For lupdate: the titles of core/media/export_formats.cpp. One that is not here is shown as it is.
[[maybe_unused]] constexpr const char* kFormatTitles[] = {
    QT_TRANSLATE_NOOP("Text", "MP4 video (H.264)"), QT_TRANSLATE_NOOP("Text", "WebM video (VP9)"),
    QT_TRANSLATE_NOOP("Text", "Animated GIF"), QT_TRANSLATE_NOOP("Text", "PNG frames in a folder"),
    QT_TRANSLATE_NOOP("Text", "Matroska video (FFV1)")};
} // namespace

QString stageTitle(StageId stage) {
    switch (stage) {
    case StageId::Keyframes:
        return Text::tr("Keyframes");
    case StageId::Interpolation:
        return Text::tr("Interpolation");
    case StageId::Superres:
        return Text::tr("Super-resolution");
    case StageId::Translation:
        return Text::tr("Translation");
    }
    return {};
}

QString stageTabTitle(StageId stage) {
    if (stage == StageId::Superres)
        return Text::tr("Super-res");
    return stage == kStages.back() ? Text::tr("Final") : stageTitle(stage);
}

QString stageLetter(StageId stage) {
    return QString(QChar(u'a' + static_cast<int>(stage)));
}

QString formatTitle(const std::string& title) {
    return QCoreApplication::translate("Text", title.c_str());
}

QString presetTitle(Preset preset) {
    switch (preset) {
    case Preset::Draft:
        return Text::tr("Draft");
    case Preset::Standard:
        return Text::tr("Standard");
    case Preset::Paper:
        return Text::tr("Paper");
    case Preset::Script:
        return Text::tr("Script");
    }
    return {};
}

QString presetHint(Preset preset, ModelKind kind) {
    switch (preset) {
    case Preset::Draft:
        return Text::tr("Fewest steps: to try a sentence.");
    case Preset::Standard:
        return kind == ModelKind::Embedded
                   ? Text::tr("A good clip in reasonable time.")
                   : Text::tr("Fewer steps than the paper, where more hardly change the picture. Still hours.");
    case Preset::Paper:
        return Text::tr("The schedule in the Show-1 paper. Slow.");
    case Preset::Script:
        return Text::tr("The schedule of the published script. Slowest.");
    }
    return {};
}

std::vector<Preset> presetsFor(ModelKind kind) {
    // Published schedules are the published model's; Draft is too rough there to say anything about the prompt.
    if (kind == ModelKind::Embedded)
        return {Preset::Draft, Preset::Standard};
    return {Preset::Standard, Preset::Paper, Preset::Script};
}

QString deviceTitle(const DeviceInfo& device) {
    if (device.threads == 0)
        return toQString(device.name);
    return device.threads == 1 ? Text::tr("CPU, 1 thread") : Text::tr("CPU, %1 threads").arg(device.threads);
}

QString durationText(double seconds) {
    const auto whole = static_cast<long long>(std::ceil(std::max(0.0, seconds)));
    if (whole < 60)
        return Text::tr("%1 s").arg(whole);
    if (whole < 3600)
        return Text::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    if (whole >= 36000) // nobody plans ten hours by the minute
        return Text::tr("%1 h").arg((whole + 1800) / 3600);
    return Text::tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

QString sizeText(double gibibytes) {
    const QLocale locale;
    if (gibibytes < 0.95)
        return Text::tr("%1 MB").arg(locale.toString(gibibytes * 1024, 'f', 0));
    return Text::tr("%1 GB").arg(locale.toString(gibibytes, 'f', 1));
}

QString bareName(const std::filesystem::path& path) {
    return toQString(path.stem());
}

QString fileNameFor(const QString& prompt, quint64 seed) {
    static const QRegularExpression separators(u"[^\\p{L}\\p{N}]+"_s);
    QString name = prompt.toLower();
    name.replace(separators, u"-"_s);
    if (name.size() > 40)
        name = name.left(name.lastIndexOf(u'-', 40) > 10 ? name.lastIndexOf(u'-', 40) : 40); // at a word's end
    while (name.startsWith(u'-'))
        name.remove(0, 1);
    while (name.endsWith(u'-'))
        name.chop(1);
    return (name.isEmpty() ? u"clip"_s : name) + u'-' + QString::number(seed);
}

} // namespace s1::ui
