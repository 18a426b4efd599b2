#pragma once

#include "bridge/engine_bridge.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <vector>

namespace s1::ui {

// Asks the engine, a moment after the last key, how many tokens a prompt has and which words the model knows.
class PromptDescription : public QObject {
    Q_OBJECT

public:
    struct Word {
        int begin = 0, end = 0; // characters of the text described, half-open
        QString text;
        QString nearest; // may be empty
    };

    explicit PromptDescription(EngineBridge& bridge, QObject* parent = nullptr);

    void setText(const QString& text);
    void setModel(const std::string& model);

    int tokens() const { return m_tokens; }
    int limit() const { return m_limit; }
    const std::vector<Word>& unknown() const { return m_unknown; }
    bool leavesColorOpen() const { return m_colorOpen; }

Q_SIGNALS:
    void changed(); // always about the text last set

private:
    void ask();
    void take(const PromptDescribed& described, const QString& text);

    EngineBridge& m_bridge;
    QTimer m_pause;
    QString m_text;
    std::string m_model;
    JobId m_job = 0;
    int m_tokens = 0;
    int m_limit = 77;
    std::vector<Word> m_unknown;
    bool m_colorOpen = false;
};

} // namespace s1::ui
