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
class ModelList;
class ModelPicker;
class MotionList;
class MotionPicker;
class PlanEditor;
class PromptEdit;
class SeedEdit;

// Everything a clip is made from, and the button that makes it.
class PromptPanel : public QWidget {
    Q_OBJECT

public:
    PromptPanel(EngineBridge& bridge, ModelList& models, MotionList& motions, QWidget* parent = nullptr);

    GenerateRequest request() const;
    std::optional<Preset> preset() const; // unset: the plan was edited by hand
    bool isSeedLocked() const;
    void setSeedLocked(bool locked);
    // The prompt stays undoable. False: its model is not here; its plan was left out, too, as it is the model's.
    bool restore(const Recipe& recipe);
    void rollSeed(); // unless locked
    bool hasDraft() const;
    void useDraft();
    void chooseModel(const std::string& name);
    ModelKind modelKind() const;
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
    void modelsRequested();
    void modelLost(const QString& name); // the chosen one is not here; the embedded one took its place

private:
    QWidget* makeFields(MotionList& motions);
    void takeModel();
    void offerPresets(); // those of the model, the one that the plan is chosen
    void pickPreset(Preset preset);
    void showDescription();
    void showForecast();

    EngineBridge& m_bridge;
    ModelList& m_models;
    PromptDescription* m_description;
    PromptEdit* m_prompt;
    QLabel* m_tokens;
    QVBoxLayout* m_hints;
    PromptEdit* m_negative;
    Fold* m_negativeFold;
    MotionPicker* m_motion = nullptr;
    ModelPicker* m_model = nullptr;
    QComboBox* m_preset = nullptr;
    SeedEdit* m_seed = nullptr;
    PlanEditor* m_plan;
    QPushButton* m_generate;
    QLabel* m_forecast;
    ModelKind m_kind = ModelKind::Embedded; // of the model whose presets are offered
    bool m_running = false;
};

} // namespace s1::ui
