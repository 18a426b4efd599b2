#include "library/hub_api.h"

#include "base/json.h"
#include "library/file_hash.h"
#include "library/hub_cache.h"
#include "library/refusal.h"

#include <fmt/format.h>

namespace s1::library {

using nlohmann::json;

namespace {

constexpr int kMostPages = 20; // of 1000 files each

// The url in `<…>; rel="next"`.
std::string nextOf(const HttpReply& reply) {
    const std::string link = reply.header("link");
    const auto end = link.find(">; rel=\"next\"");
    if (end == link.npos)
        return {};
    const auto begin = link.rfind('<', end);
    return begin == link.npos ? "" : link.substr(begin + 1, end - begin - 1);
}

std::string text(const json& object, const char* key) {
    const auto it = object.find(key);
    return it != object.end() && it->is_string() ? it->get<std::string>() : "";
}

// None for what is no file.
std::optional<HubFile> fileOf(const json& entry) {
    if (!entry.is_object() || text(entry, "type") != "file")
        return std::nullopt;
    const auto large = entry.find("lfs");
    const json& source = large != entry.end() && large->is_object() ? *large : entry;
    const auto size = source.find("size");
    HubFile file{0, text(source, "oid")};
    if (size == source.end() || !size->is_number_unsigned() || !isBlobName(file.blob))
        return std::nullopt;
    file.size = size->get<std::uint64_t>();
    return file;
}

} // namespace

Result<HubApi::Page> HubApi::ask(const std::string& url, const Repository& repository, const std::string& what,
                                 const std::stop_token& stop) const {
    Retry retry(m_policy, fmt::format("asking for {} of {}", what, repository.id), stop);
    for (;;) {
        std::string body;
        const HttpReply reply = m_http.get(
            {url},
            [&](const HttpReply&, std::string_view bytes) {
                body += bytes;
                return body.size() <= kLargestJson;
            },
            stop);
        if (Retry::isWorthwhile(reply)) {
            S1_CHECK(retry.pause(reply));
            continue;
        }
        if (reply.status != 200)
            return refusal(reply, repository, m_settings, what);
        if (body.size() > kLargestJson)
            return Error{ErrorCode::Corrupt,
                         fmt::format("the answer of {} is larger than {} bytes; check HF_ENDPOINT", url, kLargestJson),
                         url};
        S1_TRY(json parsed, parseJson(body, url));
        return Page{std::move(parsed), nextOf(reply)};
    }
}

Result<std::string> HubApi::commitOf(const Repository& repository, const std::string& revision,
                                     const std::stop_token& stop) const {
    if (isCommit(revision))
        return revision;
    const auto allowed = [](unsigned char c) { return std::isalnum(c) || c == '.' || c == '-' || c == '_'; };
    if (revision.empty() || !std::all_of(revision.begin(), revision.end(), allowed))
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("\"{}\" is no revision; give a branch, a tag or a commit of 40 digits", revision),
                     revision};
    const std::string url = fmt::format("{}/api/models/{}/revision/{}", m_settings.endpoint, repository.id, revision);
    S1_TRY(const Page page, ask(url, repository, "revision " + revision, stop));
    const std::string commit = page.json.is_object() ? text(page.json, "sha") : "";
    if (!isCommit(commit))
        return Error{ErrorCode::Corrupt, fmt::format("{} names no commit; check HF_ENDPOINT", url), url};
    return commit;
}

Result<std::map<std::string, HubFile>> HubApi::filesAt(const Repository& repository, const std::string& commit,
                                                       const std::stop_token& stop) const {
    std::map<std::string, HubFile> files;
    std::string url =
        fmt::format("{}/api/models/{}/tree/{}?recursive=true", m_settings.endpoint, repository.id, commit);
    for (int page = 0; !url.empty(); ++page) {
        S1_TRY(const Page answer, ask(url, repository, "the list of files", stop));
        if (!answer.json.is_array() || page == kMostPages)
            return Error{ErrorCode::Corrupt, fmt::format("{} is no list of files; check HF_ENDPOINT", url), url};
        for (const json& entry : answer.json)
            if (const auto file = fileOf(entry))
                files[text(entry, "path")] = *file;
        url = answer.next;
    }
    return files;
}

std::string HubApi::urlOf(const Repository& repository, const std::string& commit, const std::string& file) const {
    return fmt::format("{}/{}/resolve/{}/{}", m_settings.endpoint, repository.id, commit, file);
}

} // namespace s1::library
