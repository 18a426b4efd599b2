#include "library/retry.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace s1::library {

Retry::Retry(RetryPolicy policy, std::string what, std::stop_token stop)
    : m_policy(policy), m_what(std::move(what)), m_stop(std::move(stop)) {}

bool Retry::isWorthwhile(const HttpReply& reply) {
    return !reply.trouble.empty() || reply.status == 408 || reply.status == 429 || reply.status >= 500;
}

Result<void> Retry::pause(const HttpReply& reply) {
    if (m_stop.stop_requested())
        return cancelledDownload();
    const bool broken = !reply.trouble.empty();
    const std::string why = broken ? reply.trouble : fmt::format("HTTP {}", reply.status);
    const std::chrono::milliseconds asked = reply.retryAfter.value_or(std::chrono::seconds(0));
    if (asked > m_policy.longestPause)
        return Error{
            ErrorCode::Busy,
            fmt::format("{}: the server asks to wait {} s ({}); run it again then, it goes on where it stopped", m_what,
                        reply.retryAfter->count(), why),
            m_what};
    if (++m_failures >= m_policy.tries)
        return Error{broken ? ErrorCode::Io : ErrorCode::Busy,
                     fmt::format("{} failed {} times, at last with: {}; {}, it goes on where it stopped", m_what,
                                 m_failures, why, broken ? "check the network and run it again" : "run it again later"),
                     m_what};
    const int doublings = std::min(m_failures - 1, 20);
    const auto wait = std::max(
        asked, std::min<std::chrono::milliseconds>(m_policy.firstPause * (1 << doublings), m_policy.longestPause));
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any wake; // by the stop only
    wake.wait_for(lock, m_stop, wait, [] { return false; });
    if (m_stop.stop_requested())
        return cancelledDownload();
    return {};
}

Error cancelledDownload() {
    return {ErrorCode::Cancelled, "cancelled; the next download goes on from here", ""};
}

} // namespace s1::library
