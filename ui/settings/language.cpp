#include "settings/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#ifdef S1_HAS_TRANSLATIONS
static void registerTranslations() {
    Q_INIT_RESOURCE(translations);
}
#else
static void registerTranslations() {}
#endif

namespace s1::ui {

using namespace Qt::StringLiterals;

void applyLanguage(QCoreApplication& app, const QLocale& locale) {
    registerTranslations();
    const auto install = [&](const QString& name, const QString& folder) {
        auto* translator = new QTranslator(&app);
        if (translator->load(locale, name, u"_"_s, folder))
            QCoreApplication::installTranslator(translator);
        else
            delete translator;
    };
    install(u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(u"show1-studio"_s, u":/translations"_s);
}

} // namespace s1::ui
