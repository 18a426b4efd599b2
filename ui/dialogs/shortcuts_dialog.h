#pragma once

#include <QDialog>

class QAction;

namespace s1::ui {

// Every key and what it does, read from the actions themselves.
class ShortcutsDialog : public QDialog {
    Q_OBJECT

public:
    explicit ShortcutsDialog(const QList<QAction*>& actions, QWidget* parent = nullptr);
};

} // namespace s1::ui
