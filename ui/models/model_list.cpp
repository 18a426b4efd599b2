#include "models/model_list.h"

#include "text.h"

#include <algorithm>

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {
const std::string kEmbedded = "toyland";
}

ModelList::ModelList(EngineBridge& bridge, QObject* parent)
    : QObject(parent), m_bridge(bridge), m_models{{.name = kEmbedded, .kind = ModelKind::Embedded, .complete = true}} {
    refresh();
}

const ModelInfo* ModelList::find(const std::string& name) const {
    const std::string& wanted = name.empty() ? kEmbedded : name;
    const auto it =
        std::find_if(m_models.begin(), m_models.end(), [&](const auto& model) { return model.name == wanted; });
    return it == m_models.end() ? nullptr : &*it;
}

ModelKind ModelList::kindOf(const std::string& name) const {
    const ModelInfo* const model = find(name);
    return model ? model->kind : ModelKind::Published;
}

bool ModelList::canUse(const std::string& name) const {
    const ModelInfo* const model = find(name);
    return !m_listed || (model && model->complete);
}

QString ModelList::titleOf(const std::string& name) const {
    if (name.empty() || name == kEmbedded)
        return u"Toyland"_s; // its name in every language
    const ModelInfo* const model = find(name);
    return toQString(model ? model->title : name);
}

const std::vector<FileFault>* ModelList::faultsOf(const std::string& name) const {
    const auto it = m_faults.find(name);
    return it == m_faults.end() ? nullptr : &it->second;
}

void ModelList::refresh() {
    submit(ListModelsRequest{});
}

void ModelList::add(const QString& folder) {
    ++m_adding;
    submit(AddModelRequest{toPath(folder)});
}

void ModelList::remove(const std::string& name) {
    submit(RemoveModelRequest{name});
}

void ModelList::verify(const std::string& name) {
    if (m_checking)
        return;
    m_faults.erase(name);
    m_checking = Check{name, {}};
    m_checkJob = submit(VerifyModelRequest{name});
}

void ModelList::stop() {
    if (m_checking)
        m_bridge.cancel(m_checkJob);
}

JobId ModelList::submit(JobRequest request) {
    ++m_pending;
    const JobId job =
        m_bridge.submit(request, this, [this, request](const JobEvent& event) { handle(request, event); });
    Q_EMIT workChanged();
    return job;
}

void ModelList::handle(const JobRequest& request, const JobEvent& event) {
    if (const auto* progress = std::get_if<VerifyProgress>(&event)) {
        m_checking->progress = *progress;
        Q_EMIT workChanged();
        return;
    }
    const auto* success = std::get_if<Succeeded>(&event);
    const auto* failure = std::get_if<Failed>(&event);
    if (!success && !failure && !std::holds_alternative<Cancelled>(event))
        return;
    const auto* verify = std::get_if<VerifyModelRequest>(&request);
    const bool add = std::holds_alternative<AddModelRequest>(request);
    --m_pending;
    if (add)
        --m_adding;
    if (verify)
        m_checking.reset();
    if (success)
        take(request, *success);
    Q_EMIT workChanged();
    if (failure)
        Q_EMIT failed(failure->error, add ? Task::AddModel : Task::Models);
    else if (success && add)
        Q_EMIT added(toQString(success->model));
    else if (success && verify)
        Q_EMIT verified(toQString(verify->name));
    if (success && !success->faults.empty())
        refresh(); // a file may have gone since the list was made
}

void ModelList::take(const JobRequest& request, const Succeeded& success) {
    if (const auto* verify = std::get_if<VerifyModelRequest>(&request)) {
        m_faults[verify->name] = success.faults;
        return;
    }
    if (!std::holds_alternative<ListModelsRequest>(request)) // what was verified may have been replaced
        m_faults.clear();
    m_models = success.models;
    m_listed = true;
    Q_EMIT modelsChanged();
}

bool isHere(const ModelPartInfo& part) {
    return !part.folder.empty() && part.missing.empty();
}

QString modelState(const ModelInfo& model) {
    if (model.complete)
        return ModelList::tr("complete");
    if (model.parts.empty())
        return ModelList::tr("files are missing");
    const auto here = std::count_if(model.parts.begin(), model.parts.end(), isHere);
    if (here == 0 && !model.registered)
        return ModelList::tr("not here");
    return ModelList::tr("%1 of %2 parts").arg(here).arg(model.parts.size());
}

} // namespace s1::ui
