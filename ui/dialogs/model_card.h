#pragma once

#include "engine/engine.h"

#include <QFrame>

#include <string>
#include <vector>

class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;

namespace s1::ui {

class EngineBridge;
class Fold;
class ModelList;

// One model: what it is and costs, its parts as a checklist, and what can be done about it.
class ModelCard : public QFrame {
    Q_OBJECT

public:
    ModelCard(ModelList& models, EngineBridge& bridge, std::string name);

    void setChosen(bool chosen);
    QString stateText() const;

Q_SIGNALS:
    void useRequested();
    void folderRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeButtons();
    QWidget* makeInstructions();
    void showModel();
    void showParts();
    void showWork();
    QString description() const;

    ModelList& m_models;
    EngineBridge& m_bridge;
    std::string m_name;
    bool m_chosen = false;
    std::vector<ModelPartInfo> m_shownParts;
    QLabel* m_title;
    QLabel* m_state;
    QPushButton* m_use;
    QLabel* m_description;
    QGridLayout* m_parts;
    QProgressBar* m_progress;
    QLabel* m_work;
    QWidget* m_buttons = nullptr;
    QPushButton* m_folder = nullptr;
    QPushButton* m_verify = nullptr;
    QPushButton* m_remove = nullptr;
    QPushButton* m_cache = nullptr;
    Fold* m_instructions = nullptr;
};

} // namespace s1::ui
