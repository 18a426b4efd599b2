#pragma once

#include "library/file_hash.h"
#include "library/hub_settings.h"
#include "library/retry.h"

#include <filesystem>

namespace s1::library {

class PartialFile;
struct Repository;

struct FileTask {
    const Repository& repository;
    std::string name; // inside the repository
    std::string url;
    std::filesystem::path target; // the blob: named after its hash
    std::uint64_t size = 0;
};

// Gets one file into target. Bytes gather in target.incomplete, where another run, or another program, goes on; only
// what has the size and the hash of the target's name is renamed to it.
class FileDownload {
public:
    FileDownload(HttpClient& http, const HubSettings& settings, RetryPolicy policy)
        : m_http(http), m_settings(settings), m_policy(policy) {}

    Result<void> run(const FileTask& task, const OnBytes& onBytes, const std::stop_token& stop);

private:
    Result<void> fetch(const FileTask& task, PartialFile& part, const OnBytes& onBytes, const std::stop_token& stop);

    HttpClient& m_http;
    const HubSettings& m_settings;
    RetryPolicy m_policy;
};

} // namespace s1::library
