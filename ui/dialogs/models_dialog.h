#pragma once

#include <QDialog>

#include <map>
#include <string>

class QScrollArea;
class QVBoxLayout;

namespace s1::ui {

class EngineBridge;
class MessageBar;
class ModelCard;
class ModelList;

// What models there are, what of them is here, and where the rest comes from.
class ModelsDialog : public QDialog {
    Q_OBJECT

public:
    ModelsDialog(ModelList& models, EngineBridge& bridge, QWidget* parent = nullptr);

    void showChosen(const std::string& model); // empty: the embedded one
    ModelCard* card(const std::string& name) const;
    MessageBar& messageBar() { return *m_message; }

Q_SIGNALS:
    void modelChosen(const QString& name);

protected:
    void showEvent(QShowEvent* event) override;
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showModels();
    void showAdded(const QString& name);
    void chooseFolder();
    void fit();

    ModelList& m_models;
    EngineBridge& m_bridge;
    std::map<std::string, ModelCard*> m_cards;
    std::string m_chosen;
    MessageBar* m_message;
    QScrollArea* m_scroll;
    QWidget* m_content;
    QVBoxLayout* m_column;
};

} // namespace s1::ui
