#pragma once

#include <QLabel>
#include <QString>

class QFormLayout;
class QToolButton;

// One typographic scale and the few parts made with it, all relative to the user's font.
namespace s1::ui {

enum class Tone { Plain, Muted, Accent, Warning };

void setTone(QLabel& label, Tone tone);
QLabel* makeTitle(const QString& text, QWidget* parent = nullptr);   // of a sheet or dialog
QLabel* makeHeading(const QString& text, QWidget* parent = nullptr); // of a panel or card
QLabel* makeNote(const QString& text, QWidget* parent = nullptr);    // small and quiet
QLabel* makeElidedNote();
void makeSmall(QWidget& widget);

// Switches a style sheet's dynamic property and re-polishes.
void setStyleProperty(QWidget& widget, const char* name, const QString& value);

// Puts each label in line with the middle of its field, which QFormLayout leaves at the top.
void centreLabels(QFormLayout& form);

QToolButton* makeIconButton(const QString& icon, const QString& name, QWidget* parent = nullptr);

} // namespace s1::ui
