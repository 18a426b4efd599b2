#pragma once

#include "base/notice.h"
#include "base/result.h"
#include "base/stop.h"

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace s1 {

// The result of work, or Cancelled soon after this thread's StopScope says so, whatever work waits for: a read from a
// network disk that does not answer cannot be interrupted. Such work is left to itself, so it must own all it touches.
template <typename Work>
std::invoke_result_t<Work> runAbandonably(Work work) {
    constexpr std::chrono::milliseconds kLook{10}, kGrace{200}; // work mostly sees the stop itself and tidies up
    const std::stop_token stop = currentStop();
    if (!stop.stop_possible())
        return work();
    if (stop.stop_requested())
        return Error{ErrorCode::Cancelled, "cancelled", ""};
    const auto notices = std::make_shared<std::vector<std::string>>();
    std::packaged_task<std::invoke_result_t<Work>()> task([work = std::move(work), stop, notices]() mutable {
        const StopScope stopScope(stop);
        const NoticeScope noticeScope([&](const std::string& sentence) { notices->push_back(sentence); });
        return work();
    });
    auto result = task.get_future();
    std::thread(std::move(task)).detach();
    while (result.wait_for(kLook) != std::future_status::ready)
        if (stop.stop_requested() && result.wait_for(kGrace) != std::future_status::ready)
            return Error{ErrorCode::Cancelled, "cancelled", ""};
    for (const std::string& sentence : *notices)
        notice(sentence);
    return result.get();
}

} // namespace s1
