#include "widgets/type_scale.h"

#include "widgets/elided_label.h"
#include "widgets/themed_icon.h"

#include <QFormLayout>
#include <QStyle>
#include <QToolButton>

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {

QLabel* scaled(QLabel* label, double scale, QFont::Weight weight) {
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * scale);
    font.setWeight(weight);
    label->setFont(font);
    return label;
}

QLabel* makeLabel(const QString& text, double scale, QFont::Weight weight, QWidget* parent) {
    return scaled(new QLabel(text, parent), scale, weight);
}

} // namespace

void setStyleProperty(QWidget& widget, const char* name, const QString& value) {
    if (widget.property(name).toString() == value)
        return;
    widget.setProperty(name, value);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
}

void setTone(QLabel& label, Tone tone) {
    static const QString names[] = {u"plain"_s, u"muted"_s, u"accent"_s, u"warning"_s};
    setStyleProperty(label, "tone", names[static_cast<int>(tone)]);
}

QLabel* makeTitle(const QString& text, QWidget* parent) {
    return makeLabel(text, 1.35, QFont::DemiBold, parent);
}

QLabel* makeHeading(const QString& text, QWidget* parent) {
    return makeLabel(text, 1.0, QFont::DemiBold, parent);
}

QLabel* makeNote(const QString& text, QWidget* parent) {
    QLabel* label = makeLabel(text, 0.9, QFont::Normal, parent);
    setTone(*label, Tone::Muted);
    return label;
}

QLabel* makeElidedNote() {
    QLabel* label = scaled(new ElidedLabel, 0.9, QFont::Normal);
    setTone(*label, Tone::Muted);
    return label;
}

void centreLabels(QFormLayout& form) {
    for (int row = 0; row < form.rowCount(); ++row)
        if (const QLayoutItem* label = form.itemAt(row, QFormLayout::LabelRole); label && label->widget())
            label->widget()->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
}

void makeSmall(QWidget& widget) {
    QFont font = widget.font();
    font.setPointSizeF(font.pointSizeF() * 0.9);
    widget.setFont(font);
}

QToolButton* makeIconButton(const QString& icon, const QString& name, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setIcon(themedIcon(icon));
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace s1::ui
