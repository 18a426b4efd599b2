#include "widgets/message_bar.h"

#include "widgets/themed_icon.h"
#include "widgets/type_scale.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int kNoticeMs = 12000;
}

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent),
      m_icon(new QLabel),
      m_sentence(makeHeading(QString())),
      m_cause(makeNote(QString())),
      m_action(new QPushButton),
      m_copy(makeIconButton(u"copy"_s, tr("Copy details"))),
      m_leave(new QTimer(this)) {
    setAccessibleName(tr("Message"));
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_cause->setWordWrap(true);
    m_cause->setTextFormat(Qt::PlainText);
    m_cause->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* close = makeIconButton(u"close"_s, tr("Close message"));

    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_sentence);
    words->addWidget(m_cause);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 10, 8, 10);
    row->setSpacing(10);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    row->addWidget(m_action);
    row->addSpacing(-4);
    row->addWidget(m_copy);
    row->addSpacing(-6);
    row->addWidget(close);

    m_action->hide();
    m_copy->hide();
    m_leave->setSingleShot(true);
    m_leave->setInterval(kNoticeMs);
    connect(m_leave, &QTimer::timeout, this, &MessageBar::dismiss);
    connect(close, &QToolButton::clicked, this, &MessageBar::dismiss);
    connect(m_copy, &QToolButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_message.details);
        m_copy->setIcon(themedIcon(u"check"_s));
        m_copy->setToolTip(tr("Copied"));
    });
    connect(m_action, &QPushButton::clicked, this, [this] {
        const auto action = m_message.action; // it may show the next message
        dismiss();
        if (action)
            action();
    });
    hide();
}

void MessageBar::showMessage(Message message) {
    m_message = std::move(message);
    const bool error = m_message.kind == Message::Kind::Error;
    setStyleProperty(*this, "card", error ? u"error"_s : u"notice"_s);
    const int side = m_sentence->fontMetrics().height() + 3;
    m_icon->setPixmap(themedIcon(error ? u"warning"_s : u"check"_s, error ? QPalette::BrightText : QPalette::Link)
                          .pixmap(QSize(side, side), devicePixelRatioF()));
    m_sentence->setText(m_message.sentence);
    m_cause->setText(m_message.cause);
    m_cause->setVisible(!m_message.cause.isEmpty());
    m_action->setText(m_message.button);
    m_action->setVisible(!m_message.button.isEmpty());
    m_copy->setIcon(themedIcon(u"copy"_s));
    m_copy->setToolTip(tr("Copy details"));
    m_copy->setVisible(!m_message.details.isEmpty());
    error ? m_leave->stop() : m_leave->start();
    show();
    setAccessibleDescription(m_message.sentence + u' ' + m_message.cause);
    QAccessibleEvent event(this, QAccessible::Alert); // screen readers speak it at once
    QAccessible::updateAccessibility(&event);
    Q_EMIT shown(m_message.sentence);
}

void MessageBar::dismiss() {
    m_leave->stop();
    hide();
}

} // namespace s1::ui
