#include "library/http.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace s1::library {

namespace {

constexpr int kMostRedirects = 8;
constexpr std::size_t kMostUnread = 1 << 20;

struct ListEnd {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct UrlEnd {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

struct Origin {
    std::string scheme, host, port;

    static Origin of(const std::string& text) {
        const std::unique_ptr<CURLU, UrlEnd> url(curl_url());
        if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
            return {};
        const auto part = [&](CURLUPart which) {
            char* value = nullptr;
            std::string found;
            if (curl_url_get(url.get(), which, &value, CURLU_DEFAULT_PORT) == CURLUE_OK)
                found = value;
            curl_free(value);
            return found;
        };
        return {part(CURLUPART_SCHEME), part(CURLUPART_HOST), part(CURLUPART_PORT)};
    }

    bool isWeb() const { return scheme == "https" || scheme == "http"; }
    bool isPrivate() const {
        return scheme == "https" || host == "localhost" || host == "127.0.0.1" || host == "[::1]";
    }
    std::string text() const { return fmt::format("{}://{}:{}", scheme, host, port); }
};

// What curl's callbacks see of one transfer.
struct Transfer {
    CURL* easy;
    HttpReply& reply;
    const BodySink& sink;
    std::size_t unread = 0; // of a body that is not wanted
    bool ended = false;     // by the sink, or as there is no end to such a body
};

std::size_t onHeader(char* bytes, std::size_t, std::size_t count, void* user) {
    auto& headers = static_cast<Transfer*>(user)->reply.headers;
    std::string_view line(bytes, count);
    if (line.starts_with("HTTP/"))
        headers.clear(); // those before were of a 100 Continue or a proxy
    const auto colon = line.find(':');
    if (colon == line.npos)
        return count;
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto begin = line.find_first_not_of(" \t", colon + 1), end = line.find_last_not_of(" \t\r\n");
    headers[name] = begin == line.npos || end < begin ? "" : std::string(line.substr(begin, end + 1 - begin));
    return count;
}

std::size_t onBody(char* bytes, std::size_t, std::size_t count, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    curl_easy_getinfo(transfer.easy, CURLINFO_RESPONSE_CODE, &transfer.reply.status);
    // Read to its end, else curl does not tell where a redirect leads.
    if (transfer.reply.status < 200 || transfer.reply.status >= 300)
        transfer.ended = (transfer.unread += count) > kMostUnread;
    else
        transfer.ended = !transfer.sink(transfer.reply, {bytes, count});
    return transfer.ended ? 0 : count;
}

} // namespace

struct HttpClient::Handles {
    CURLM* multi = (curl_global_init(CURL_GLOBAL_DEFAULT), curl_multi_init());
    CURL* easy = curl_easy_init();

    Handles() = default;
    Handles(const Handles&) = delete;
    Handles& operator=(const Handles&) = delete;
    ~Handles() {
        curl_easy_cleanup(easy);
        curl_multi_cleanup(multi);
    }

    // multi rather than easy, as its wait can be ended from another thread.
    CURLcode run(const std::stop_token& stop) {
        CURLcode code = CURLE_OK;
        curl_multi_add_handle(multi, easy);
        {
            const std::stop_callback wake(stop, [this] { curl_multi_wakeup(multi); });
            for (int running = 1; running > 0;) {
                if (stop.stop_requested()) {
                    code = CURLE_ABORTED_BY_CALLBACK;
                    break;
                }
                if (curl_multi_perform(multi, &running) != CURLM_OK)
                    code = CURLE_FAILED_INIT;
                if (code != CURLE_OK)
                    break;
                if (running > 0)
                    curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
            }
        }
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi, &left))
            if (message->msg == CURLMSG_DONE)
                code = message->data.result;
        curl_multi_remove_handle(multi, easy);
        return code;
    }
};

std::string HttpReply::header(const std::string& name) const {
    const auto it = headers.find(name);
    return it == headers.end() ? "" : it->second;
}

HttpClient::HttpClient(const std::string& endpoint, std::string token, HttpLimits limits)
    : m_token(std::move(token)), m_limits(limits), m_handles(std::make_unique<Handles>()) {
    if (const Origin origin = Origin::of(endpoint); origin.isWeb() && origin.isPrivate())
        m_tokenOrigin = origin.text();
}

HttpClient::~HttpClient() = default;

HttpReply HttpClient::get(HttpRequest request, const BodySink& sink, const std::stop_token& stop) {
    Origin from = Origin::of(request.url);
    if (!from.isWeb())
        return {.trouble = fmt::format("{} is no web address", request.url)};
    for (int hop = 0; hop <= kMostRedirects; ++hop) {
        std::string redirect;
        HttpReply reply = getOnce(request, sink, stop, redirect);
        if (redirect.empty())
            return reply;
        Origin to = Origin::of(redirect);
        if (!to.isWeb() || (from.scheme == "https" && to.scheme != "https"))
            return {.trouble = fmt::format("{} sends on to {}, which is not safe", from.text(), to.text())};
        request.url = std::move(redirect);
        from = std::move(to);
    }
    return {.trouble = fmt::format("more than {} redirects", kMostRedirects)};
}

HttpReply HttpClient::getOnce(const HttpRequest& request, const BodySink& sink, const std::stop_token& stop,
                              std::string& redirect) {
    HttpReply reply;
    CURL* const easy = m_handles->easy;
    Transfer transfer{easy, reply, sink};
    std::string lines[4] = {"Accept-Encoding: identity"}; // sizes and ranges are those of the file
    if (request.from > 0)
        lines[1] = fmt::format("Range: bytes={}-", request.from);
    if (request.from > 0 && !request.ifRange.empty())
        lines[2] = "If-Range: " + request.ifRange;
    if (!m_token.empty() && Origin::of(request.url).text() == m_tokenOrigin)
        lines[3] = "Authorization: Bearer " + m_token;
    std::unique_ptr<curl_slist, ListEnd> headers;
    for (const std::string& line : lines)
        if (!line.empty())
            headers.reset(curl_slist_append(headers.release(), line.c_str()));

    char words[CURL_ERROR_SIZE] = "";
    curl_easy_reset(easy);
    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "show1-studio/" S1_VERSION);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, words);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, static_cast<long>(m_limits.connect.count()));
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, m_limits.slowestBytesPerSecond);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(m_limits.stall.count()));
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, onHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, onBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);

    const CURLcode code = m_handles->run(stop);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &reply.status);
    if (code != CURLE_OK && !transfer.ended)
        reply.trouble = *words ? words : curl_easy_strerror(code);
    curl_off_t seconds = 0;
    if (curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK && seconds > 0)
        reply.retryAfter = std::chrono::seconds(seconds);
    char* target = nullptr; // for every 3xx with a Location
    if (curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &target) == CURLE_OK && target)
        redirect = target;
    return reply;
}

} // namespace s1::library
