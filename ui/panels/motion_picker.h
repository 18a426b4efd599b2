#pragma once

#include "engine/engine.h"

#include <QFrame>

#include <optional>

class QComboBox;
class QLabel;
class QSlider;

namespace s1::ui {

class MotionList;

// The motion card of the prompt panel: which learned motion moves the clip, and how strongly.
class MotionPicker : public QFrame {
    Q_OBJECT

public:
    explicit MotionPicker(MotionList& motions, QWidget* parent = nullptr);

    std::optional<MotionChoice> choice() const; // unset: the base model
    void setChoice(const std::optional<MotionChoice>& choice);

Q_SIGNALS:
    void changed();
    void learnRequested();
    void openRequested();

private:
    void showStrength();

    MotionList& m_motions;
    QComboBox* m_combo;
    QWidget* m_strengthRow;
    QSlider* m_strength;
    QLabel* m_value;
};

} // namespace s1::ui
