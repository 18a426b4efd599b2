#pragma once

#include <QWidget>

class QPushButton;

namespace s1::ui {

// A heading that opens and closes what belongs to it.
class Fold : public QWidget {
    Q_OBJECT

public:
    Fold(const QString& title, QWidget* content, QWidget* parent = nullptr);

    bool isOpen() const { return m_open; }
    void setOpen(bool open);
    void setTitle(const QString& title);

Q_SIGNALS:
    void toggled(bool open);

private:
    void showOpen();

    QPushButton* m_button;
    QWidget* m_content;
    bool m_open = false;
};

} // namespace s1::ui
