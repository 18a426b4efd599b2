#pragma once

#include "models/recipe.h"
#include "settings/theme.h"

#include <QByteArray>
#include <QSettings>
#include <QStringList>

#include <optional>

namespace s1::ui {

// What is remembered from one start to the next, in one INI file of the profile folder.
class Session {
public:
    explicit Session(const QString& profileFolder);

    QString profileFolder() const { return m_folder; }
    QString motionsFolder() const;

    std::optional<Recipe> work() const; // prompt, seed, plan…; unset at the first start
    bool isSeedLocked() const;
    void saveWork(const GenerateRequest& request, bool seedLocked);

    QStringList motions() const;
    void saveMotions(const QStringList& files);

    QByteArray geometry() const;
    QByteArray layout() const;
    QByteArray splitter() const;
    void saveWindow(const QByteArray& geometry, const QByteArray& layout, const QByteArray& splitter);

    QString exportFolder() const; // the last one, or the user's videos
    QString exportFormat() const;
    void saveExport(const QString& folder, const QString& format);
    QString openFolder() const;
    void saveOpenFolder(const QString& folder);

    ThemeChoice theme() const;
    void saveTheme(ThemeChoice theme);

    void sync(); // to the disk, now

private:
    QString m_folder;
    QSettings m_settings;
};

} // namespace s1::ui
