#pragma once

#include "library/catalogue.h"
#include "library/file_hash.h"
#include "library/hub_api.h"
#include "library/hub_cache.h"
#include "library/model_store.h"

namespace s1::library {

struct DownloadState {
    std::string_view repository;
    std::string_view file;
    std::uint64_t fileBytes = 0, fileSize = 0;
    std::uint64_t bytes = 0, size = 0; // of the whole repository
};
using OnDownload = std::function<void(const DownloadState&)>;

// What a download will get. Files that are here already are in it, too.
struct DownloadPlan {
    struct File {
        std::string path, url;
        HubFile hub;
    };
    const Repository* repository = nullptr;
    std::string commit;
    bool isMain = false; // the commit was just asked for as main's
    std::vector<File> files;
    std::uint64_t size() const;
};

// Published repositories, from the hub into its cache, and registered as parts of a model. Blocks; one thread.
class Downloader {
public:
    Downloader(HubSettings settings, ModelStore store, RetryPolicy retry = {}, HttpLimits limits = {});

    // revision: a branch, tag or commit; empty: the commit of a download before, else that of main.
    Result<DownloadPlan> plan(const Repository& repository, const std::string& model, const std::string& revision,
                              const std::stop_token& stop);
    // The part is registered from the start, so that the next run goes on with the same commit.
    Result<void> run(const DownloadPlan& plan, const std::string& model, const OnDownload& onProgress,
                     const std::stop_token& stop);

private:
    Result<std::string> commitBefore(const std::string& model, const CachedRepository& cached,
                                     const Repository& repository) const;
    Result<void> checkSpace(const DownloadPlan& plan) const;
    Result<void> registerPart(const DownloadPlan& plan, const std::string& model) const;
    Result<void> get(const DownloadPlan& plan, const DownloadPlan::File& file, const std::string& model,
                     const OnBytes& onBytes, const std::stop_token& stop);
    Result<void> noteAsOurs(const DownloadPlan& plan, const DownloadPlan::File& file, const std::string& model) const;

    HubSettings m_settings;
    ModelStore m_store;
    RetryPolicy m_retry;
    HttpClient m_http;
};

} // namespace s1::library
