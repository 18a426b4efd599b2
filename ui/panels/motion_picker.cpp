#include "panels/motion_picker.h"

#include "models/motion_list.h"
#include "text.h"
#include "widgets/themed_icon.h"
#include "widgets/type_scale.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

namespace s1::ui {

using namespace Qt::StringLiterals;

MotionPicker::MotionPicker(MotionList& motions, QWidget* parent)
    : QFrame(parent),
      m_motions(motions),
      m_combo(new QComboBox),
      m_strengthRow(new QWidget),
      m_strength(new QSlider(Qt::Horizontal)),
      m_value(makeNote(QString())) {
    m_combo->setModel(&m_motions);
    m_combo->setAccessibleName(tr("Motion"));
    m_combo->setToolTip(tr("A motion learned from a clip. Drop a video on the window to learn one."));
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(2);

    auto* add = makeIconButton(u"plus"_s, tr("Add a motion"));
    add->setProperty("role", u"field"_s);
    auto* menu = new QMenu(add);
    menu->addAction(themedIcon(u"film"_s), tr("Learn from a clip…"), this, &MotionPicker::learnRequested);
    menu->addAction(themedIcon(u"open"_s), tr("Open a motion file…"), this, &MotionPicker::openRequested);
    connect(add, &QToolButton::clicked, menu,
            [menu, add] { menu->popup(add->mapToGlobal(QPoint(0, add->height() + 4))); });

    m_strength->setRange(0, 150);
    m_strength->setValue(100);
    m_strength->setPageStep(10);
    m_strength->setAccessibleName(tr("Motion strength"));
    m_strength->setToolTip(tr("0 is the model without the motion, 1 the motion as learned, above 1 more of it."));
    m_value->setMinimumWidth(m_value->fontMetrics().horizontalAdvance(u"0.00 "_s));
    m_value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    auto* strength = new QHBoxLayout(m_strengthRow);
    strength->setContentsMargins(2, 0, 2, 0);
    strength->addWidget(makeNote(tr("Strength")));
    strength->addWidget(m_strength, 1);
    strength->addWidget(m_value);
    auto* top = new QHBoxLayout;
    top->setSpacing(4);
    top->addWidget(m_combo, 1);
    top->addWidget(add);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(top);
    column->addWidget(m_strengthRow);

    connect(m_combo, &QComboBox::currentIndexChanged, this, [this] {
        showStrength();
        Q_EMIT changed();
    });
    connect(m_strength, &QSlider::valueChanged, this, [this] {
        showStrength();
        Q_EMIT changed();
    });
    showStrength();
}

void MotionPicker::showStrength() {
    m_strengthRow->setVisible(m_combo->currentIndex() > 0);
    m_value->setText(locale().toString(m_strength->value() / 100.0, 'f', 2));
}

std::optional<MotionChoice> MotionPicker::choice() const {
    const QString file = m_motions.file(m_combo->currentIndex());
    if (file.isEmpty())
        return std::nullopt;
    return MotionChoice{toPath(file), m_strength->value() / 100.0};
}

void MotionPicker::setChoice(const std::optional<MotionChoice>& choice) {
    if (choice)
        m_strength->setValue(static_cast<int>(choice->strength * 100 + 0.5));
    m_combo->setCurrentIndex(choice ? m_motions.add(toQString(choice->file)) : 0);
}

} // namespace s1::ui
