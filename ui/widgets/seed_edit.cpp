#include "widgets/seed_edit.h"

#include "widgets/themed_icon.h"
#include "widgets/type_scale.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QRandomGenerator>
#include <QRegularExpressionValidator>
#include <QToolButton>

#include <limits>

namespace s1::ui {

using namespace Qt::StringLiterals;

SeedEdit::SeedEdit(QWidget* parent) : QWidget(parent), m_edit(new QLineEdit(u"0"_s)) {
    m_edit->setValidator(new QRegularExpressionValidator(QRegularExpression(u"\\d{1,20}"_s), this));
    m_edit->setMinimumWidth(fontMetrics().averageCharWidth() * 10);
    m_edit->setAccessibleName(tr("Seed"));
    m_edit->setToolTip(tr("The same prompt, settings and seed give the same clip."));
    auto* dice = makeIconButton(u"dice"_s, tr("New random seed"));
    m_lock = makeIconButton(u"unlock"_s, tr("Keep this seed for the next clips"));
    m_lock->setCheckable(true);
    for (QToolButton* button : {dice, m_lock})
        button->setProperty("role", u"field"_s);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_edit, 1);
    row->addWidget(dice);
    row->addWidget(m_lock);

    connect(dice, &QToolButton::clicked, this, &SeedEdit::roll);
    connect(m_lock, &QToolButton::toggled, this, [this](bool locked) {
        m_lock->setIcon(themedIcon(locked ? u"lock"_s : u"unlock"_s));
        Q_EMIT changed();
    });
    connect(m_edit, &QLineEdit::textEdited, this, [this] { setLocked(true); }); // typed is meant
    connect(m_edit, &QLineEdit::textChanged, this, &SeedEdit::changed);
}

quint64 SeedEdit::seed() const {
    bool fits = true;
    const quint64 seed = m_edit->text().toULongLong(&fits);
    return fits || m_edit->text().isEmpty() ? seed : std::numeric_limits<quint64>::max();
}

bool SeedEdit::isLocked() const {
    return m_lock->isChecked();
}
void SeedEdit::setSeed(quint64 seed) {
    m_edit->setText(QString::number(seed));
}
void SeedEdit::setLocked(bool locked) {
    m_lock->setChecked(locked);
}

// Short enough to say to a colleague; any 64-bit number may still be typed.
quint64 SeedEdit::randomSeed() {
    return QRandomGenerator::global()->bounded(1000000);
}
void SeedEdit::roll() {
    setSeed(randomSeed());
}

} // namespace s1::ui
