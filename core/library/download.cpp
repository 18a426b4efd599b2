#include "library/download.h"

#include "library/file_download.h"
#include "library/file_lock.h"
#include "library/partial_file.h"

#include <fmt/format.h>

#include <algorithm>

namespace s1::library {

namespace fs = std::filesystem;

namespace {

std::uint64_t sizeOf(const fs::path& file) {
    std::error_code ec;
    const auto size = fs::file_size(file, ec);
    return ec ? 0 : size;
}

double gib(std::uint64_t bytes) {
    return static_cast<double>(bytes) / (1 << 30);
}

} // namespace

std::uint64_t DownloadPlan::size() const {
    std::uint64_t sum = 0;
    for (const File& file : files)
        sum += file.hub.size;
    return sum;
}

Downloader::Downloader(HubSettings settings, ModelStore store, RetryPolicy retry, HttpLimits limits)
    : m_settings(std::move(settings)),
      m_store(std::move(store)),
      m_retry(retry),
      m_http(m_settings.endpoint, m_settings.token, limits) {}

Result<DownloadPlan> Downloader::plan(const Repository& repository, const std::string& model,
                                      const std::string& revision, const std::stop_token& stop) {
    if (m_settings.offline)
        return Error{
            ErrorCode::Unsupported,
            fmt::format("HF_HUB_OFFLINE is set, so {} is not downloaded; unset it, or add a folder that has it",
                        repository.id),
            std::string(repository.id)};
    if (!m_settings.endpoint.starts_with("https://") && !m_settings.endpoint.starts_with("http://"))
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("HF_ENDPOINT is {}; give an address that begins with https://", m_settings.endpoint),
                     "HF_ENDPOINT"};
    const HubApi api(m_settings, m_http, m_retry);
    DownloadPlan plan{&repository};
    S1_TRY(plan.commit, commitBefore(model, CachedRepository(m_settings.cache, repository.id), repository));
    if (!revision.empty() || plan.commit.empty()) {
        const std::string wanted = revision.empty() ? "main" : revision;
        S1_TRY(plan.commit, api.commitOf(repository, wanted, stop));
        plan.isMain = wanted == "main";
    }
    S1_TRY(const auto files, api.filesAt(repository, plan.commit, stop));
    std::set<std::string> names;
    for (const auto& [path, file] : files)
        names.insert(path);
    const FileChoice choice = chooseFiles(repository, names, WeightOrder::Smallest);
    if (!choice.missing.empty())
        return Error{ErrorCode::NotFound,
                     fmt::format("{} has no {} at commit {}; try another --revision", repository.id, choice.missing[0],
                                 plan.commit),
                     std::string(repository.id)};
    for (const std::string& path : choice.files)
        plan.files.push_back({path, api.urlOf(repository, plan.commit, path), files.at(path)});
    // The small ones first: whether the hub lets us read is known at once.
    std::stable_sort(plan.files.begin(), plan.files.end(),
                     [](const auto& a, const auto& b) { return a.hub.size < b.hub.size; });
    return plan;
}

// Empty: there was none.
Result<std::string> Downloader::commitBefore(const std::string& model, const CachedRepository& cached,
                                             const Repository& repository) const {
    S1_TRY(auto models, m_store.load());
    const RegisteredModel* const known = findModel(models, model);
    const ModelPart* const part = known ? known->find(repository.id) : nullptr;
    const std::string commit = part ? part->folder.filename().string() : "";
    return isCommit(commit) && part->folder == cached.snapshot(commit) ? commit : std::string();
}

Result<void> Downloader::run(const DownloadPlan& plan, const std::string& model, const OnDownload& onProgress,
                             const std::stop_token& stop) {
    const CachedRepository cached(m_settings.cache, plan.repository->id);
    S1_CHECK(cached.makeFolders());
    S1_CHECK(checkSpace(plan));
    S1_CHECK(registerPart(plan, model));
    DownloadState state{plan.repository->id, {}, 0, 0, 0, plan.size()};
    for (const DownloadPlan::File& file : plan.files) {
        const std::uint64_t before = state.bytes;
        const OnBytes onBytes = [&](std::uint64_t bytes) {
            state.file = file.path;
            state.fileBytes = bytes;
            state.fileSize = file.hub.size;
            state.bytes = before + bytes;
            if (onProgress)
                onProgress(state);
        };
        S1_CHECK(get(plan, file, model, onBytes, stop));
        onBytes(file.hub.size);
    }
    return plan.isMain ? cached.writeMain(plan.commit) : Result<void>();
}

Result<void> Downloader::checkSpace(const DownloadPlan& plan) const {
    const CachedRepository cached(m_settings.cache, plan.repository->id);
    std::uint64_t needed = 0;
    for (const DownloadPlan::File& file : plan.files) {
        const fs::path blob = cached.blob(file.hub.blob);
        const std::uint64_t here = std::max(
            {sizeOf(cached.snapshot(plan.commit) / file.path), sizeOf(blob), sizeOf(PartialFile::pathOf(blob))});
        needed += file.hub.size - std::min(here, file.hub.size);
    }
    std::error_code ec;
    const auto space = fs::space(cached.folder(), ec);
    if (ec || space.available >= needed)
        return {};
    return Error{ErrorCode::CannotCreate,
                 fmt::format("{} needs {:.1f} GiB more in {}, where {:.1f} GiB are free; free some space, or name "
                             "another place in HF_HUB_CACHE",
                             plan.repository->id, gib(needed), m_settings.cache.string(), gib(space.available)),
                 m_settings.cache.string()};
}

Result<void> Downloader::registerPart(const DownloadPlan& plan, const std::string& name) const {
    ModelPart part{std::string(plan.repository->id),
                   CachedRepository(m_settings.cache, plan.repository->id).snapshot(plan.commit)};
    for (const DownloadPlan::File& file : plan.files)
        part.files.push_back({file.path, file.hub.size, file.hub.blob});
    return m_store.update([&](std::vector<RegisteredModel>& models) -> Result<void> {
        RegisteredModel* model = findModel(models, name);
        if (!model)
            model = &models.emplace_back(RegisteredModel{name});
        if (const ModelPart* const old = model->find(part.repository); old && old->folder == part.folder)
            for (ModelFile& file : part.files)
                file.downloaded = std::any_of(old->files.begin(), old->files.end(), [&](const ModelFile& other) {
                    return other.downloaded && other.path == file.path && other.hash == file.hash;
                });
        model->put(part);
        return {};
    });
}

Result<void> Downloader::get(const DownloadPlan& plan, const DownloadPlan::File& file, const std::string& model,
                             const OnBytes& onBytes, const std::stop_token& stop) {
    const CachedRepository cached(m_settings.cache, plan.repository->id);
    const fs::path blob = cached.blob(file.hub.blob), place = cached.snapshot(plan.commit) / file.path;
    S1_TRY(const FileLock lock, FileLock::take(cached.lockOf(file.hub.blob), FileLock::Wait::No));
    std::error_code ec;
    for (const fs::path& here : {place, blob}) { // whoever brought it; what it holds is looked at all the same
        if (!fs::is_regular_file(here, ec) || fs::file_size(here, ec) != file.hub.size)
            continue;
        S1_TRY(const bool good, matchesBlobName(here, file.hub.blob, stop, onBytes));
        if (good && here == place)
            return {};
        if (good)
            return cached.put(plan.commit, file.path, file.hub.blob,
                              m_settings.links ? CachedRepository::Put::Link : CachedRepository::Put::Move);
    }
    S1_CHECK(noteAsOurs(plan, file, model));
    FileDownload download(m_http, m_settings, m_retry);
    S1_CHECK(download.run({*plan.repository, file.path, file.url, blob, file.hub.size}, onBytes, stop));
    return cached.put(plan.commit, file.path, file.hub.blob,
                      m_settings.links ? CachedRepository::Put::Link : CachedRepository::Put::Move);
}

// Before its first byte: a process that dies leaves nothing that nobody knows of.
Result<void> Downloader::noteAsOurs(const DownloadPlan& plan, const DownloadPlan::File& file,
                                    const std::string& name) const {
    return m_store.update([&](std::vector<RegisteredModel>& models) -> Result<void> {
        RegisteredModel* const model = findModel(models, name);
        ModelPart* const part = model ? model->find(plan.repository->id) : nullptr;
        if (!part) // removed meanwhile, from another window
            return cancelledDownload();
        for (ModelFile& known : part->files)
            known.downloaded |= known.hash == file.hub.blob; // files with the same bytes share a blob
        return {};
    });
}

} // namespace s1::library
