#include "base/stop.h"

#include <utility>

namespace s1 {

namespace {
thread_local std::stop_token t_stop;
} // namespace

StopScope::StopScope(std::stop_token token) : m_before(std::exchange(t_stop, std::move(token))) {}

StopScope::~StopScope() { t_stop = std::move(m_before); }

std::stop_token currentStop() { return t_stop; }

void throwIfStopped() {
    if (t_stop.stop_requested())
        throw Stopped();
}

} // namespace s1
