#pragma once

#include "base/result.h"
#include "library/http.h"

namespace s1::library {

struct RetryPolicy {
    int tries = 6;
    std::chrono::milliseconds firstPause{1000}; // doubles from try to try
    std::chrono::seconds longestPause{120};     // a server that asks for more is left for later
};

// The pauses between the tries of one thing.
class Retry {
public:
    Retry(RetryPolicy policy, std::string what, std::stop_token stop);

    // What may be better next time: a broken line, a busy server. Not: a missing file.
    static bool isWorthwhile(const HttpReply& reply);

    // Waits before the next try. The error to give up with: tries used up (Io, Busy), asked to wait too long (Busy),
    // Cancelled.
    Result<void> pause(const HttpReply& reply);
    void startOver() { m_failures = 0; } // after real progress

private:
    RetryPolicy m_policy;
    std::string m_what;
    std::stop_token m_stop;
    int m_failures = 0;
};

Error cancelledDownload();

} // namespace s1::library
