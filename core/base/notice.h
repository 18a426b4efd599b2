#pragma once

#include <functional>
#include <string>

namespace s1 {

using NoticeSink = std::function<void(const std::string& sentence)>;

// While it lives, notices of this thread go to its sink.
class NoticeScope {
public:
    explicit NoticeScope(NoticeSink sink);
    ~NoticeScope();
    NoticeScope(const NoticeScope&) = delete;
    NoticeScope& operator=(const NoticeScope&) = delete;

private:
    NoticeSink m_before;
};

NoticeSink currentNoticeSink(); // never empty

// What is odd about a file and yet no reason to refuse it. Goes to stderr where no scope listens.
void notice(const std::string& sentence);

} // namespace s1
