#include "panels/prompt_edit.h"

#include <QTextBlock>

namespace s1::ui {

PromptEdit::PromptEdit(QWidget* parent) : QPlainTextEdit(parent) {
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    document()->setDocumentMargin(3);
    setVisibleLines(m_lines);
}

void PromptEdit::setVisibleLines(int lines) {
    m_lines = lines;
    setMinimumHeight(sizeHint().height());
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    updateGeometry();
}

QSize PromptEdit::sizeHint() const {
    return {200, fontMetrics().lineSpacing() * m_lines + 20};
}

void PromptEdit::replaceText(const QString& text) {
    if (text == toPlainText())
        return;
    QTextCursor cursor(document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(text); // setPlainText would forget the undo history
}

void PromptEdit::replaceWord(const PromptDescription::Word& word, const QString& other) {
    QTextCursor cursor(document());
    cursor.setPosition(word.begin);
    cursor.setPosition(word.end, QTextCursor::KeepAnchor);
    if (cursor.selectedText() == word.text) // the text may have changed since it was described
        cursor.insertText(other);
}

void PromptEdit::markUnknown(const std::vector<PromptDescription::Word>& words) {
    QList<QTextEdit::ExtraSelection> marks;
    for (const auto& word : words) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(document());
        if (word.end >= document()->characterCount())
            continue;
        mark.cursor.setPosition(word.begin);
        mark.cursor.setPosition(word.end, QTextCursor::KeepAnchor);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(palette().color(QPalette::BrightText));
        marks.append(mark);
    }
    setExtraSelections(marks);
}

} // namespace s1::ui
