#pragma once

#include "models/prompt_description.h"

#include <QPlainTextEdit>

namespace s1::ui {

// The prompt: several lines, undo, unknown words underlined.
class PromptEdit : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit PromptEdit(QWidget* parent = nullptr);

    void setVisibleLines(int lines);
    void replaceText(const QString& text);                                       // one undo step
    void replaceWord(const PromptDescription::Word& word, const QString& other); // one undo step
    void markUnknown(const std::vector<PromptDescription::Word>& words);

    QSize sizeHint() const override;

private:
    int m_lines = 4;
};

} // namespace s1::ui
