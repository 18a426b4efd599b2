#pragma once

#include <exception>
#include <stop_token>

namespace s1 {

struct Stopped : std::exception {
    const char* what() const noexcept override { return "stopped"; }
};

// While it lives, what this thread does looks at the token: networks between their layers, where they throw Stopped, as
// a step may take minutes and a layer does not; files between their pieces, where reading is Cancelled. nn::inParts and
// runAbandonably hand it on to their threads.
class StopScope {
public:
    explicit StopScope(std::stop_token token);
    ~StopScope();
    StopScope(const StopScope&) = delete;
    StopScope& operator=(const StopScope&) = delete;

private:
    std::stop_token m_before;
};

std::stop_token currentStop();
void throwIfStopped();

} // namespace s1
