#include "settings/theme.h"

#include <QApplication>
#include <QPalette>
#include <QStyleFactory>

// A static library's resources are linked and registered only when asked for; outside of any namespace, as Qt wants.
static void registerDrawings() {
    Q_INIT_RESOURCE(studio);
}

namespace s1::ui {

using namespace Qt::StringLiterals;

ThemeColours themeColours(bool dark) {
    ThemeColours c;
    c.dark = dark;
    if (dark) {
        c.window = QColor(0x15, 0x16, 0x1a);
        c.surface = QColor(0x1d, 0x1f, 0x25);
        c.raised = QColor(0x29, 0x2c, 0x34);
        c.border = QColor(0x33, 0x36, 0x40);
        c.stage = QColor(0x0d, 0x0e, 0x11);
        c.text = QColor(0xec, 0xed, 0xf1);
        c.muted = QColor(0xa0, 0xa5, 0xb2);
        c.accent = QColor(0x63, 0x6e, 0xf6);
        c.accentText = QColor(0x9f, 0xa8, 0xff);
        c.accentSoft = QColor(0x2b, 0x2f, 0x52);
        c.warning = QColor(0xf0, 0xb4, 0x4c);
        c.error = QColor(0xff, 0x7d, 0x70);
    } else {
        c.window = QColor(0xf3, 0xf4, 0xf7);
        c.surface = QColor(0xff, 0xff, 0xff);
        c.raised = QColor(0xec, 0xed, 0xf2);
        c.border = QColor(0xd9, 0xdb, 0xe3);
        c.stage = QColor(0xe3, 0xe5, 0xeb);
        c.text = QColor(0x1b, 0x1d, 0x23);
        c.muted = QColor(0x60, 0x65, 0x72);
        c.accent = QColor(0x4f, 0x5a, 0xe8);
        c.accentText = QColor(0x3f, 0x49, 0xcf);
        c.accentSoft = QColor(0xe4, 0xe6, 0xfd);
        c.warning = QColor(0x9a, 0x64, 0x00);
        c.error = QColor(0xc2, 0x2f, 0x21);
    }
    c.accentInk = Qt::white;
    return c;
}

QPalette themePalette(const ThemeColours& c) {
    QPalette p;
    p.setColor(QPalette::Window, c.window);
    p.setColor(QPalette::WindowText, c.text);
    p.setColor(QPalette::Base, c.surface);
    p.setColor(QPalette::AlternateBase, c.raised);
    p.setColor(QPalette::Text, c.text);
    p.setColor(QPalette::PlaceholderText, c.muted);
    p.setColor(QPalette::Button, c.raised);
    p.setColor(QPalette::ButtonText, c.text);
    p.setColor(QPalette::BrightText, c.error);
    p.setColor(QPalette::Mid, c.border);
    p.setColor(QPalette::Midlight, c.raised);
    p.setColor(QPalette::Light, c.surface);
    p.setColor(QPalette::Dark, c.stage);
    p.setColor(QPalette::Shadow, Qt::black);
    p.setColor(QPalette::Highlight, c.accent);
    p.setColor(QPalette::HighlightedText, c.accentInk);
    p.setColor(QPalette::Link, c.accentText);
    p.setColor(QPalette::LinkVisited, c.accentText);
    p.setColor(QPalette::ToolTipBase, c.raised);
    p.setColor(QPalette::ToolTipText, c.text);
    QColor faint = c.muted;
    faint.setAlphaF(0.6F);
    // HighlightedText too: the icon of a primary button, which is grey while disabled.
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, faint);
    p.setColor(QPalette::Disabled, QPalette::Highlight, c.border);
    return p;
}

bool systemIsDark() {
    // Fusion would answer with its own colours; the palette the desktop gave us is asked once, before that.
    static const bool dark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    return dark;
}

void applyTheme(QApplication& app, ThemeChoice choice) {
    registerDrawings();
    const bool system = systemIsDark();
    const ThemeColours colours = themeColours(choice == ThemeChoice::System ? system : choice == ThemeChoice::Dark);
    app.setStyle(QStyleFactory::create(u"Fusion"_s));
    app.setPalette(themePalette(colours));
    app.setStyleSheet(themeSheet(colours, QApplication::layoutDirection()));
}

} // namespace s1::ui
