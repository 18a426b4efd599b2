#pragma once

#include "bridge/engine_bridge.h"
#include "error_text.h"

#include <QObject>
#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace s1::ui {

// The models this installation knows, and what is being done about them. Every look at a folder is the engine's, on a
// thread of its own: nothing here waits for a disk.
class ModelList : public QObject {
    Q_OBJECT

public:
    struct Check {
        std::string name;
        VerifyProgress progress;
    };

    explicit ModelList(EngineBridge& bridge,
                       QObject* parent = nullptr); // asks at once, answered when there is an engine

    const std::vector<ModelInfo>& models() const { return m_models; } // the embedded one is always the first
    const ModelInfo* find(const std::string& name) const;             // empty: the embedded one; null: not known
    ModelKind kindOf(const std::string& name) const;
    bool isListed() const { return m_listed; }  // false: nobody knows yet what is here
    bool canUse(const std::string& name) const; // complete, or not listed yet
    QString titleOf(const std::string& name) const;

    void refresh();
    void add(const QString& folder); // empty: the hub's cache
    void remove(const std::string& name);
    void verify(const std::string& name);
    void stop(); // verifying

    bool isBusy() const { return m_pending > 0; }
    bool isAdding() const { return m_adding > 0; }
    const std::optional<Check>& checking() const { return m_checking; } // what is asked meanwhile waits for its end
    const std::vector<FileFault>* faultsOf(const std::string& name) const; // null: not verified since it was added

Q_SIGNALS:
    void modelsChanged();
    void workChanged(); // isAdding, checking, faultsOf
    void added(const QString& name);
    void verified(const QString& name);
    void failed(const s1::Error& error, s1::ui::Task task);

private:
    JobId submit(JobRequest request);
    void handle(const JobRequest& request, const JobEvent& event);
    void take(const JobRequest& request, const Succeeded& success);

    EngineBridge& m_bridge;
    std::vector<ModelInfo> m_models;
    std::map<std::string, std::vector<FileFault>> m_faults;
    std::optional<Check> m_checking;
    JobId m_checkJob = 0;
    int m_pending = 0;
    int m_adding = 0;
    bool m_listed = false;
};

QString modelState(const ModelInfo& model); // "complete", "2 of 5 parts", "not here"
bool isHere(const ModelPartInfo& part);

} // namespace s1::ui
