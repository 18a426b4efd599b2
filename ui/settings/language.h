#pragma once

class QCoreApplication;
class QLocale;

namespace s1::ui {

// Speaks the locale's language from here on, Qt's own words included; English where there is no translation.
void applyLanguage(QCoreApplication& app, const QLocale& locale);

} // namespace s1::ui
