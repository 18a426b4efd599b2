#include "settings/theme.h"

#include <utility>

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {

// $name stands for a colour, $start and $end for left and right: Qt mirrors a sheet's alignments, not its paddings.
// Widgets opt in with the dynamic properties "role" (primary, quiet, chip, tab) and "card"; everything else is the
// plain control.
const auto kSheet = uR"(
* { outline: none; }
QMainWindow::separator { background: transparent; width: 8px; height: 8px; }
QSplitter::handle { background: transparent; }
QMenuBar { background: $window; padding: 2px 6px; }
QMenuBar::item { padding: 5px 10px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected { background: $raised; }
QMenu { background: $surface; border: 1px solid $border; border-radius: 8px; padding: 6px; }
QMenu::item { padding: 6px 12px; padding-$end: 26px; border-radius: 5px; }
QMenu::item:selected { background: $accentSoft; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $border; margin: 6px 8px; }
QMenu::icon { padding-$start: 8px; }
QStatusBar { background: $window; color: $muted; }
QStatusBar::item { border: none; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; border-radius: 6px; padding: 6px 8px; }

QFrame[card="true"] { background: $surface; border: 1px solid $border; border-radius: 12px; }
QFrame[card="active"] { background: $surface; border: 1px solid $accent; border-radius: 12px; }
QFrame[card="inner"] { background: $raised; border: none; border-radius: 8px; }
QFrame[card="notice"] { background: $surface; border: 1px solid $accent; border-radius: 12px; }
QFrame[card="error"] { background: $errorSoft; border: 1px solid $error; border-radius: 12px; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="accent"] { color: $accentText; }
QLabel[tone="warning"] { color: $warning; }

QPushButton { background: $raised; border: 1px solid $border; border-radius: 8px; padding: 6px 14px;
    text-align: center; } /* said, or right to left QCommonStyle draws the label away from its icon */
QPushButton:hover { border-color: $accent; }
QPushButton:pressed { background: $accentSoft; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:disabled { color: $faint; border-color: $raised; }
QPushButton[role="primary"] { background: $accent; color: $accentInk; border: 1px solid $accent; font-weight: 600;
    padding: 9px 16px; }
QPushButton[role="primary"]:hover { background: $accentHover; }
QPushButton[role="primary"]:pressed { background: $accentPressed; }
QPushButton[role="primary"]:focus { border: 1px solid $text; }
QPushButton[role="primary"]:disabled { background: $raised; border-color: $raised; color: $faint; }
QPushButton[role="stop"] { background: $surface; color: $text; border: 1px solid $accent; font-weight: 600;
    padding: 9px 16px; }
QPushButton[role="stop"]:hover { background: $accentSoft; }
QPushButton[role="quiet"] { background: transparent; border: 1px solid transparent; color: $accentText;
    padding: 4px 8px; text-align: left; }
QPushButton[role="quiet"]:hover { background: $accentSoft; }
QPushButton[role="quiet"]:focus { border-color: $accent; }
QPushButton[role="quiet"]:disabled { color: $faint; }
QPushButton[role="fold"] { background: transparent; border: 1px solid transparent; padding: 4px 0px;
    text-align: left; }
QPushButton[role="fold"]:hover { background: $raised; }
QPushButton[role="fold"]:focus { border-color: $accent; }
QPushButton[role="hint"] { background: $accentSoft; border: 1px solid transparent; color: $accentText;
    padding: 3px 9px; border-radius: 6px; text-align: left; }
QPushButton[role="hint"]:hover, QPushButton[role="hint"]:focus { border-color: $accent; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 7px; padding: 5px; }
QToolButton:hover { background: $raised; }
QToolButton:pressed { background: $accentSoft; }
QToolButton:focus { border-color: $accent; }
QToolButton:checked { background: $accentSoft; color: $accentText; }
QToolButton[role="field"] { background: $raised; }
QToolButton[role="field"]:hover { border-color: $accent; }
QToolButton[role="field"]:checked { background: $accentSoft; }
QToolButton[role="tab"] { padding: 5px 10px; color: $muted; border-radius: 7px; }
QToolButton[role="tab"]:hover { color: $text; background: transparent; }
QToolButton[role="tab"]:checked { background: $surface; color: $text; border: 1px solid $border; }
QToolButton[role="tab"]:focus { border: 1px solid $accent; }
QToolButton[role="tab"]:disabled { color: $faint; }

QPlainTextEdit, QTextEdit, QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox { background: $field;
    border: 1px solid $border; border-radius: 8px; padding: 5px 8px; selection-background-color: $accent;
    selection-color: $accentInk; }
QSpinBox, QDoubleSpinBox { padding: 4px 6px; }
QPlainTextEdit:focus, QTextEdit:focus, QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {
    border: 1px solid $accent; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled { color: $faint; }
QComboBox { padding-$end: 22px; combobox-popup: 0; }
QComboBox:hover { border-color: $accent; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url(:/icons/arrow-$theme.svg); width: 13px; height: 13px; }
QComboBoxPrivateContainer { border: none; background: $surface; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; padding: 4px; outline: none;
    selection-background-color: $accentSoft; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: 24px; padding: 0 6px; border-radius: 5px; }
QComboBox QAbstractItemView::item:selected { background: $accentSoft; color: $text; }

QCheckBox { spacing: 8px; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid $border; border-radius: 5px; background: $field; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url(:/icons/tick.svg); }

QSlider { min-height: 20px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $border; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background: $knob;
    border: 1px solid $knobBorder; }
QSlider::handle:horizontal:hover { border-color: $accent; }
QSlider:focus { border: none; }
QSlider::handle:horizontal:focus { border: 2px solid $accent; }
QSlider::sub-page:horizontal:disabled { background: $border; }

QProgressBar { background: $raised; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: $border; border-radius: 4px; min-height: 28px; margin: 1px 1px; }
QScrollBar::handle:vertical:hover { background: $muted; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: $border; border-radius: 4px; min-width: 28px; margin: 1px 1px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: transparent; border: none; }
QFrame#tabs { background: $raised; border-radius: 9px; border: none; }
)"_s;

} // namespace

QString themeSheet(const ThemeColours& c, Qt::LayoutDirection direction) {
    const bool mirrored = direction == Qt::RightToLeft;
    const auto mix = [](QColor from, QColor to, double share) {
        return QColor::fromRgbF(static_cast<float>(from.redF() * (1 - share) + to.redF() * share),
                                static_cast<float>(from.greenF() * (1 - share) + to.greenF() * share),
                                static_cast<float>(from.blueF() * (1 - share) + to.blueF() * share));
    };
    // Longer names first, so that $accent does not eat the beginning of $accentSoft.
    const std::pair<QString, QString> values[] = {
        {u"$accentPressed"_s, c.accent.darker(115).name()},
        {u"$accentHover"_s, c.accent.lighter(108).name()},
        {u"$accentSoft"_s, c.accentSoft.name()},
        {u"$accentText"_s, c.accentText.name()},
        {u"$accentInk"_s, c.accentInk.name()},
        {u"$accent"_s, c.accent.name()},
        {u"$window"_s, c.window.name()},
        {u"$surface"_s, c.surface.name()},
        {u"$raised"_s, c.raised.name()},
        {u"$border"_s, c.border.name()},
        {u"$field"_s, (c.dark ? mix(c.window, c.surface, 0.3) : mix(c.window, c.surface, 0.6)).name()},
        {u"$knobBorder"_s, (c.dark ? c.raised : c.border.darker(115)).name()},
        {u"$knob"_s, (c.dark ? c.text : c.surface).name()},
        {u"$muted"_s, c.muted.name()},
        {u"$faint"_s, mix(c.muted, c.surface, 0.45).name()},
        {u"$text"_s, c.text.name()},
        {u"$warning"_s, c.warning.name()},
        {u"$errorSoft"_s, mix(c.surface, c.error, 0.07).name()},
        {u"$error"_s, c.error.name()},
        {u"$start"_s, mirrored ? u"right"_s : u"left"_s},
        {u"$end"_s, mirrored ? u"left"_s : u"right"_s},
        {u"$theme"_s, c.dark ? u"dark"_s : u"light"_s},
    };
    QString sheet = kSheet;
    for (const auto& [name, value] : values)
        sheet.replace(name, value);
    return sheet;
}

} // namespace s1::ui
