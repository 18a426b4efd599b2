#include "resources.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

QString findResources(const QString& programFolder) {
    const auto holdsModels = [](const QString& folder) { return QFileInfo(folder + u"/models"_s).isDir(); };
    if (const QString installed = QDir::cleanPath(programFolder + u"/../share/show1-studio"_s); holdsModels(installed))
        return installed;
    QDir folder(programFolder);
    for (int level = 0; level < 5; ++level) {
        if (const QString here = folder.filePath(u"resources"_s); holdsModels(here))
            return here;
        if (!folder.cdUp())
            break;
    }
    return {};
}
