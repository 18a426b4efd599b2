#pragma once

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;
class QTimer;
class QToolButton;

namespace s1::ui {

struct Message {
    enum class Kind { Notice, Error };

    Kind kind = Kind::Notice;
    QString sentence;
    QString cause;                // a second, quieter line; may be empty
    QString button;               // empty: no button
    std::function<void()> action; // what the button does
    QString details;              // for "Copy details"; empty: no such button
};

// Says what happened, inside the window; never stands in the way. Notices leave by themselves, errors stay.
class MessageBar : public QFrame {
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);

    void showMessage(Message message);
    void dismiss();
    const Message& message() const { return m_message; }
    QPushButton& actionButton() { return *m_action; }

Q_SIGNALS:
    void shown(const QString& sentence);

private:
    Message m_message;
    QLabel* m_icon;
    QLabel* m_sentence;
    QLabel* m_cause;
    QPushButton* m_action;
    QToolButton* m_copy;
    QTimer* m_leave;
};

} // namespace s1::ui
