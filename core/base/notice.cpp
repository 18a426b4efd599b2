#include "base/notice.h"

#include <cstdio>
#include <utility>

namespace s1 {

namespace {
thread_local NoticeSink t_sink;
} // namespace

NoticeScope::NoticeScope(NoticeSink sink) : m_before(std::exchange(t_sink, std::move(sink))) {}

NoticeScope::~NoticeScope() {
    t_sink = std::move(m_before);
}

NoticeSink currentNoticeSink() {
    if (t_sink)
        return t_sink;
    return [](const std::string& sentence) { std::fprintf(stderr, "note: %s\n", sentence.c_str()); };
}

void notice(const std::string& sentence) {
    currentNoticeSink()(sentence);
}

} // namespace s1
