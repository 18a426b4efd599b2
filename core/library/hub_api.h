#pragma once

#include "library/catalogue.h"
#include "library/hub_settings.h"
#include "library/retry.h"

#include <nlohmann/json.hpp>

#include <map>

namespace s1::library {

struct HubFile {
    std::uint64_t size = 0;
    std::string blob; // its name in the cache, which is its hash
};

// The questions a download has before it starts. Borrows all it is given.
class HubApi {
public:
    HubApi(const HubSettings& settings, HttpClient& http, RetryPolicy policy)
        : m_settings(settings), m_http(http), m_policy(policy) {}

    // revision: a branch, tag or commit.
    Result<std::string> commitOf(const Repository& repository, const std::string& revision,
                                 const std::stop_token& stop) const;
    // By path. What the hub says of itself is checked: sizes, hashes, that the list is not endless.
    Result<std::map<std::string, HubFile>> filesAt(const Repository& repository, const std::string& commit,
                                                   const std::stop_token& stop) const;
    std::string urlOf(const Repository& repository, const std::string& commit, const std::string& file) const;

private:
    struct Page {
        nlohmann::json json;
        std::string next; // url, empty at the end
    };
    Result<Page> ask(const std::string& url, const Repository& repository, const std::string& what,
                     const std::stop_token& stop) const;

    const HubSettings& m_settings;
    HttpClient& m_http;
    RetryPolicy m_policy;
};

} // namespace s1::library
