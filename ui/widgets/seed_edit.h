#pragma once

#include <QWidget>

class QLineEdit;
class QToolButton;

namespace s1::ui {

// A seed of 64 bits, dice, and a lock. Unlocked, every Generate rolls a new one.
class SeedEdit : public QWidget {
    Q_OBJECT

public:
    explicit SeedEdit(QWidget* parent = nullptr);

    quint64 seed() const;
    bool isLocked() const;
    void setSeed(quint64 seed);
    void setLocked(bool locked);
    void roll();
    static quint64 randomSeed();

Q_SIGNALS:
    void changed();

private:
    QLineEdit* m_edit;
    QToolButton* m_lock;
};

} // namespace s1::ui
