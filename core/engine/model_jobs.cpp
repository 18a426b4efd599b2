#include "engine/model_jobs.h"

#include "base/clock.h"
#include "library/add_model.h"
#include "library/catalogue.h"
#include "library/remove.h"
#include "library/verify.h"

#include <fmt/format.h>

#include <algorithm>

namespace s1 {

namespace {

constexpr double kProgressPause = 0.25; // seconds between two events

Result<std::vector<ModelInfo>> listModels(const ModelRegistry& registry) {
    S1_CHECK(registry.store().load());
    std::vector<ModelInfo> models = registry.models();
    const std::string published(library::kPublishedModel);
    if (std::none_of(models.begin(), models.end(), [&](const ModelInfo& model) { return model.name == published; }))
        models.insert(models.begin() + 1, describeModel({published}, {}));
    return models;
}

// Bytes read of all files whose hash is known; the others cost nothing.
class Progress {
public:
    Progress(const library::RegisteredModel& model, const std::function<void(JobEvent)>& emit) : m_emit(emit) {
        for (const auto& part : model.parts)
            for (const auto& file : part.files)
                m_size += file.hash.empty() ? 0 : file.size;
    }

    void tell(const std::string& file, std::uint64_t bytes) {
        if (file != m_file) {
            m_before += m_bytes;
            m_file = file;
        }
        m_bytes = bytes;
        if (m_told && secondsSince(*m_told) < kProgressPause)
            return;
        m_told = std::chrono::steady_clock::now();
        m_emit(VerifyProgress{file, m_before + bytes, m_size});
    }

private:
    const std::function<void(JobEvent)>& m_emit;
    std::uint64_t m_size = 0, m_before = 0, m_bytes = 0;
    std::string m_file;
    std::optional<std::chrono::steady_clock::time_point> m_told;
};

Result<Succeeded> verify(const std::string& name, const ModelRegistry& registry,
                         const std::function<void(JobEvent)>& emit, const std::stop_token& stop) {
    S1_TRY(auto models, registry.store().load());
    const library::RegisteredModel* const model = library::findModel(models, name);
    if (!model)
        return Error{ErrorCode::NotFound, fmt::format("no model {} is registered; add its folder first", name), name};
    Progress progress(*model, emit);
    const auto onFile = [&](const std::string& file, std::uint64_t bytes, std::uint64_t) {
        progress.tell(file, bytes);
    };
    S1_TRY(const auto bad, library::verifyModel(*model, onFile, stop));
    Succeeded done;
    for (const library::BadFile& file : bad)
        done.faults.push_back({file.file, file.why});
    return done;
}

} // namespace

bool isModelJob(const JobRequest& request) {
    return std::holds_alternative<ListModelsRequest>(request) || std::holds_alternative<AddModelRequest>(request) ||
           std::holds_alternative<VerifyModelRequest>(request) || std::holds_alternative<RemoveModelRequest>(request);
}

Result<Succeeded> runModelJob(const JobRequest& request, const ModelRegistry& registry,
                              const std::function<void(JobEvent)>& emit, const std::stop_token& stop) {
    if (const auto* job = std::get_if<VerifyModelRequest>(&request))
        return verify(job->name, registry, emit, stop);
    Succeeded done;
    if (const auto* job = std::get_if<AddModelRequest>(&request)) {
        S1_TRY(auto added, library::addModel(registry.store(), job->folder, ""));
        done.model = std::move(added.name);
    } else if (const auto* job = std::get_if<RemoveModelRequest>(&request)) {
        S1_CHECK(library::removeModel(registry.store(), job->name, library::Files::Keep));
    }
    S1_TRY(done.models, listModels(registry));
    return done;
}

} // namespace s1
