#include "library/file_download.h"

#include "base/files.h"
#include "library/partial_file.h"
#include "library/refusal.h"

#include <fmt/format.h>

namespace s1::library {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kRealProgress = 1 << 20; // bytes that make a broken line a new matter

// "bytes 100-199/200"
bool isRange(const std::string& header, std::uint64_t from, std::uint64_t size) {
    return header == fmt::format("bytes {}-{}/{}", from, size - 1, size);
}

// Where a body's bytes go: on at the end of the part, or over it from the start when the server ignores the range.
class Receiver {
public:
    Receiver(PartialFile& part, const FileTask& task, const OnBytes& onBytes)
        : m_part(part), m_task(task), m_onBytes(onBytes) {}

    bool take(const HttpReply& head, std::string_view bytes) {
        m_result = write(head, bytes);
        return m_result.has_value();
    }
    const Result<void>& result() const { return m_result; }

private:
    Result<void> write(const HttpReply& head, std::string_view bytes) {
        if (!m_begun) {
            m_begun = true;
            const bool on = head.status == 206 && isRange(head.header("content-range"), m_part.size(), m_task.size);
            if (!on) {
                S1_CHECK(m_part.clear());
                if (head.status == 206)
                    return Error{ErrorCode::Io,
                                 fmt::format("the server sends another part of {} than asked for (Content-Range: {}); "
                                             "run it again",
                                             m_task.name, head.header("content-range")),
                                 m_task.name};
            }
            const std::string length = head.header("content-length");
            if (head.status == 200 && !length.empty() && length != std::to_string(m_task.size))
                return Error{ErrorCode::Corrupt,
                             fmt::format("{} comes with {} bytes instead of {}; check whether the network asks for a "
                                         "login, and run it again",
                                         m_task.name, length, m_task.size),
                             m_task.name};
            S1_CHECK(m_part.keepEtag(head.header("etag")));
        }
        if (m_part.size() + bytes.size() > m_task.size) {
            S1_CHECK(m_part.clear());
            return Error{ErrorCode::Corrupt,
                         fmt::format("the server sends more than the {} bytes of {}; run it again, or from another "
                                     "HF_ENDPOINT",
                                     m_task.size, m_task.name),
                         m_task.name};
        }
        S1_CHECK(m_part.append(bytes));
        if (m_onBytes)
            m_onBytes(m_part.size());
        return {};
    }

    PartialFile& m_part;
    const FileTask& m_task;
    const OnBytes& m_onBytes;
    bool m_begun = false;
    Result<void> m_result;
};

} // namespace

Result<void> FileDownload::run(const FileTask& task, const OnBytes& onBytes, const std::stop_token& stop) {
    const std::string blob = task.target.filename().string();
    for (bool again = false;; again = true) {
        S1_TRY(PartialFile part, PartialFile::open(task.target));
        const bool resumed = part.size() > 0;
        if (onBytes)
            onBytes(part.size());
        S1_CHECK(fetch(task, part, onBytes, stop));
        S1_TRY(const bool good, matchesBlobName(part.path(), blob, stop));
        if (good)
            return part.finish();
        S1_CHECK(part.remove());
        if (!resumed || again) // a part that another file left behind is no fault of the server
            return Error{ErrorCode::Corrupt,
                         fmt::format("{} of {} came with another hash than the hub's {}; run it again, or from another "
                                     "HF_ENDPOINT",
                                     task.name, task.repository.id, blob),
                         task.name};
    }
}

Result<void> FileDownload::fetch(const FileTask& task, PartialFile& part, const OnBytes& onBytes,
                                 const std::stop_token& stop) {
    Retry retry(m_policy, fmt::format("{} of {}", task.name, task.repository.id), stop);
    while (part.size() != task.size) {
        if (part.size() > task.size)
            S1_CHECK(part.clear());
        const std::uint64_t before = part.size();
        Receiver receiver(part, task, onBytes);
        HttpReply reply = m_http.get(
            {task.url, before, part.etag()},
            [&](const HttpReply& head, std::string_view bytes) { return receiver.take(head, bytes); }, stop);
        S1_CHECK(receiver.result());
        if (part.size() >= before + kRealProgress)
            retry.startOver();
        const bool success = reply.status == 200 || reply.status == 206;
        if (success && part.size() == task.size)
            break;
        if (reply.status == 416) // the part does not fit what the server has
            S1_CHECK(part.clear());
        else if (!success && !Retry::isWorthwhile(reply))
            return refusal(reply, task.repository, m_settings, task.name);
        if (reply.trouble.empty() && (success || reply.status == 416))
            reply.trouble = fmt::format("it ended after {} of {} bytes", part.size(), task.size);
        S1_CHECK(retry.pause(reply));
    }
    return {};
}

} // namespace s1::library
