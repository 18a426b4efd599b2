#include "models/prompt_description.h"

#include "text.h"

namespace s1::ui {

namespace {
constexpr int kPauseMs = 150;
}

PromptDescription::PromptDescription(EngineBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge) {
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &PromptDescription::ask);
}

void PromptDescription::setText(const QString& text) {
    if (text == m_text)
        return;
    m_text = text;
    m_pause.start();
}

void PromptDescription::setModel(const std::string& model) {
    if (model == m_model)
        return;
    m_model = model;
    m_pause.start();
}

void PromptDescription::ask() {
    if (m_job != 0)
        m_bridge.cancel(m_job);
    const QString text = m_text;
    m_job =
        m_bridge.submit(DescribePromptRequest{text.toStdString(), m_model}, this, [this, text](const JobEvent& event) {
            const auto* success = std::get_if<Succeeded>(&event);
            if (success && success->described && text == m_text)
                take(*success->described, text);
        });
}

void PromptDescription::take(const PromptDescribed& described, const QString& text) {
    m_job = 0;
    m_tokens = described.tokens;
    m_limit = described.limit;
    m_colorOpen = described.colorOpen;
    m_unknown.clear();
    const QByteArray bytes = text.toUtf8(); // the engine counts bytes, the editor characters
    for (const UnknownWord& word : described.unknown) {
        const auto size = static_cast<std::size_t>(bytes.size());
        if (word.begin >= word.end || word.end > size)
            continue;
        const auto begin = QString::fromUtf8(bytes.left(static_cast<qsizetype>(word.begin))).size();
        const auto end = QString::fromUtf8(bytes.left(static_cast<qsizetype>(word.end))).size();
        m_unknown.push_back(
            {static_cast<int>(begin), static_cast<int>(end), text.mid(begin, end - begin), toQString(word.nearest)});
    }
    Q_EMIT changed();
}

} // namespace s1::ui
