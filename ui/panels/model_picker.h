#pragma once

#include <QWidget>

#include <string>

class QComboBox;

namespace s1::ui {

class ModelList;

// Which model makes the clip. Those that are not complete are shown, with how much of them is here, and cannot be
// chosen.
class ModelPicker : public QWidget {
    Q_OBJECT

public:
    explicit ModelPicker(ModelList& models, QWidget* parent = nullptr);

    const std::string& model() const { return m_model; } // a name; empty: the embedded one
    void setModel(const std::string& name);              // says nothing of it

Q_SIGNALS:
    void picked();                  // by the user, or by another panel for them
    void lost(const QString& name); // the chosen one turned out not to be here; the embedded one is chosen
    void listRequested();

private:
    void showModels();

    ModelList& m_models;
    QComboBox* m_combo;
    std::string m_model;
};

} // namespace s1::ui
