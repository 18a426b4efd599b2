#pragma once

#include "engine/engine.h"
#include "models/prompt_description.h"
#include "models/recipe.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace s1::ui {

class EngineBridge;
class Fold;
class MotionList;
class MotionPicker;
class PlanEditor;
class PromptEdit;
class SeedEdit;

// Everything a clip is made from, and the button that makes it.
class PromptPanel : public QWidget {
    Q_OBJECT

public:
    PromptPanel(EngineBridge& bridge, MotionList& motions, QWidget* parent = nullptr);

    GenerateRequest request() const;
    std::optional<Preset> preset() const; // unset: the plan was edited by hand
    bool isSeedLocked() const;
    void setSeedLocked(bool locked);
    void restore(const Recipe& recipe); // the prompt stays undoable
    void rollSeed();                    // unless locked
    void useDraft();
    void chooseMotion(const QString& file);
    void setRunning(bool running, bool stopping);

    PromptEdit& prompt() { return *m_prompt; }
    SeedEdit& seed() { return *m_seed; }

Q_SIGNALS:
    void changed(); // anything that request() says
    void generateRequested();
    void cancelRequested();
    void learnRequested();
    void openMotionRequested();

private:
    QWidget* makeFields(MotionList& motions);
    void takeModels();
    void pickPreset();
    void showDescription();
    void showForecast();
    ModelKind modelKind() const;

    EngineBridge& m_bridge;
    PromptDescription* m_description;
    PromptEdit* m_prompt;
    QLabel* m_tokens;
    QVBoxLayout* m_hints;
    PromptEdit* m_negative;
    Fold* m_negativeFold;
    MotionPicker* m_motion = nullptr;
    QLabel* m_modelLabel = nullptr;
    QComboBox* m_model = nullptr;
    QComboBox* m_preset = nullptr;
    SeedEdit* m_seed = nullptr;
    PlanEditor* m_plan;
    QPushButton* m_generate;
    QLabel* m_forecast;
    bool m_running = false;
};

} // namespace s1::ui
