#include "widgets/fold.h"

#include "widgets/themed_icon.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace s1::ui {

using namespace Qt::StringLiterals;

Fold::Fold(const QString& title, QWidget* content, QWidget* parent)
    : QWidget(parent), m_button(new QPushButton), m_content(content) {
    m_button->setProperty("role", u"fold"_s);
    showOpen();
    m_content->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_button);
    column->addWidget(m_content);
    connect(m_button, &QPushButton::clicked, this, [this] { setOpen(!m_open); });
    setTitle(title);
}

void Fold::setTitle(const QString& title) {
    m_button->setText(title);
    m_button->setAccessibleName(title);
}

void Fold::showOpen() {
    const QString closed = isRightToLeft() ? u"previous"_s : u"chevron-right"_s;
    m_button->setIcon(themedIcon(m_open ? u"chevron-down"_s : closed, QPalette::PlaceholderText));
}

void Fold::setOpen(bool open) {
    if (open == m_open)
        return;
    m_open = open;
    m_content->setVisible(open);
    showOpen();
    m_button->setAccessibleDescription(open ? tr("open") : tr("closed"));
    Q_EMIT toggled(open);
}

} // namespace s1::ui
