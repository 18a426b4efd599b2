#pragma once

#include "plan/plan.h"

#include <QString>

#include <filesystem>
#include <string>
#include <vector>

// Small conversions and the words that several panels share.
namespace s1 {
struct DeviceInfo;
}

namespace s1::ui {

inline QString toQString(const std::string& text) {
    return QString::fromStdString(text);
}
inline QString toQString(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}
inline std::filesystem::path toPath(const QString& path) {
    return path.toStdString();
}

QString stageTitle(StageId stage);
QString stageTabTitle(StageId stage); // short, for the viewer
QString stageLetter(StageId stage); // "a"…"d", as the paper numbers them
QString formatTitle(const std::string& title); // the engine says it in English
QString deviceTitle(const DeviceInfo& device); // "CPU, 2 threads"; a GPU has a name of its own
QString presetTitle(Preset preset);
QString presetHint(Preset preset, ModelKind kind);
std::vector<Preset> presetsFor(ModelKind kind); // those the window offers

QString durationText(double seconds);           // "8 s", "3 min 20 s", "2 h 5 min"
QString sizeText(double gibibytes);             // "1.1 GB"
QString bareName(const std::filesystem::path&); // file name without its ending
QString fileNameFor(const QString& prompt, quint64 seed);

} // namespace s1::ui
