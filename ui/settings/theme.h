#pragma once

#include <QColor>
#include <QString>

class QApplication;
class QPalette;

namespace s1::ui {

enum class ThemeChoice { System, Light, Dark };

// The few colours everything is made of: three greys deep, two inks, one accent.
struct ThemeColours {
    bool dark = false;
    QColor window, surface, raised, border, stage; // stage: what a picture lies on
    QColor text, muted;
    QColor accent, accentInk, accentText, accentSoft; // fill, ink on the fill, ink on a surface, tint
    QColor warning, error;
};

ThemeColours themeColours(bool dark);

// Fusion with our palette and style sheet. System follows what the desktop's palette says. Custom painting reads the
// palette only: Base = surface, AlternateBase = raised, Mid = border, Dark = stage, PlaceholderText = muted.
void applyTheme(QApplication& app, ThemeChoice choice);
bool systemIsDark();

QPalette themePalette(const ThemeColours& colours);
QString themeSheet(const ThemeColours& colours, Qt::LayoutDirection direction);

} // namespace s1::ui
