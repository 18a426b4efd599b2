#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace s1::library {

struct HttpLimits {
    std::chrono::seconds connect{30};
    std::chrono::seconds stall{60}; // below slowest for so long: the line is given up
    long slowestBytesPerSecond = 1024;
};

struct HttpRequest {
    std::string url;
    std::uint64_t from = 0; // first byte wanted
    std::string ifRange;    // with from: the ETag of what is here already
};

struct HttpReply {
    long status = 0;                            // 0: none came
    std::map<std::string, std::string> headers; // names in lower case
    std::string trouble;                        // why it broke off; empty: it came whole, or the sink wanted no more
    std::optional<std::chrono::seconds> retryAfter;

    std::string header(const std::string& name) const;
};

// Gets the body of a success in pieces, false to end the transfer. Bodies of other statuses are dropped.
using BodySink = std::function<bool(const HttpReply& head, std::string_view bytes)>;

// GET with redirects. The token goes to the origin it is for and to no other, and not in the clear but to this machine;
// no redirect leads from https to http. One thread.
class HttpClient {
public:
    HttpClient(const std::string& endpoint, std::string token, HttpLimits limits = {});
    ~HttpClient();

    // A stop ends it at once, with trouble.
    HttpReply get(HttpRequest request, const BodySink& sink, const std::stop_token& stop);

private:
    struct Handles;

    HttpReply getOnce(const HttpRequest& request, const BodySink& sink, const std::stop_token& stop,
                      std::string& redirect);

    std::string m_tokenOrigin; // empty: it is sent nowhere
    std::string m_token;
    HttpLimits m_limits;
    std::unique_ptr<Handles> m_handles;
};

} // namespace s1::library
