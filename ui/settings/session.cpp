#include "settings/session.h"

#include "text.h"

#include <QDir>
#include <QStandardPaths>

#include <nlohmann/json.hpp>

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {

QString videosFolder() {
    const QString videos = QStandardPaths::writableLocation(QStandardPaths::MoviesLocation);
    return videos.isEmpty() ? QDir::homePath() : videos;
}

} // namespace

Session::Session(const QString& profileFolder)
    : m_folder(profileFolder), m_settings(QDir(profileFolder).filePath(u"settings.ini"_s), QSettings::IniFormat) {}

QString Session::motionsFolder() const {
    return QDir(m_folder).filePath(u"motions"_s);
}

std::optional<Recipe> Session::work() const {
    const QString text = m_settings.value("work/recipe"_L1).toString();
    return text.isEmpty() ? std::nullopt : parseRecipe(text.toStdString());
}

bool Session::isSeedLocked() const {
    return m_settings.value("work/seedLocked"_L1, false).toBool();
}

void Session::saveWork(const GenerateRequest& request, bool seedLocked) {
    // The same form as in a clip, so there is one reader.
    nlohmann::json recipe = {{"schema", "show1.recipe/1"}, {"prompt", request.prompt}, {"negative", request.negative},
                             {"seed", request.seed},       {"model", request.model},   {"plan", toJson(request.plan)}};
    if (request.motion)
        recipe["motion"] = {{"file", request.motion->file.string()}, {"strength", request.motion->strength}};
    m_settings.setValue("work/recipe"_L1, QString::fromStdString(recipe.dump()));
    m_settings.setValue("work/seedLocked"_L1, seedLocked);
}

QStringList Session::motions() const {
    return m_settings.value("motions/files"_L1).toStringList();
}
void Session::saveMotions(const QStringList& files) {
    m_settings.setValue("motions/files"_L1, files);
}

QByteArray Session::geometry() const {
    return m_settings.value("window/geometry"_L1).toByteArray();
}
QByteArray Session::layout() const {
    return m_settings.value("window/layout"_L1).toByteArray();
}
QByteArray Session::splitter() const {
    return m_settings.value("window/splitter"_L1).toByteArray();
}

void Session::saveWindow(const QByteArray& geometry, const QByteArray& layout, const QByteArray& splitter) {
    m_settings.setValue("window/geometry"_L1, geometry);
    m_settings.setValue("window/layout"_L1, layout);
    m_settings.setValue("window/splitter"_L1, splitter);
}

QString Session::exportFolder() const {
    return m_settings.value("export/folder"_L1, videosFolder()).toString();
}
QString Session::exportFormat() const {
    return m_settings.value("export/format"_L1, u"mp4-h264"_s).toString();
}

void Session::saveExport(const QString& folder, const QString& format) {
    m_settings.setValue("export/folder"_L1, folder);
    m_settings.setValue("export/format"_L1, format);
}

QString Session::openFolder() const {
    return m_settings.value("open/folder"_L1, videosFolder()).toString();
}
void Session::saveOpenFolder(const QString& folder) {
    m_settings.setValue("open/folder"_L1, folder);
}

ThemeChoice Session::theme() const {
    const QString name = m_settings.value("window/theme"_L1).toString();
    return name == u"light" ? ThemeChoice::Light : name == u"dark" ? ThemeChoice::Dark : ThemeChoice::System;
}

void Session::saveTheme(ThemeChoice theme) {
    m_settings.setValue("window/theme"_L1, theme == ThemeChoice::Light  ? u"light"_s
                                           : theme == ThemeChoice::Dark ? u"dark"_s
                                                                        : u"system"_s);
}

void Session::sync() {
    m_settings.sync();
}

} // namespace s1::ui
