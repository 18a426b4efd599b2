#pragma once

#include <exception>
#include <stop_token>

namespace s1::nn {

struct Stopped : std::exception {
    const char* what() const noexcept override { return "stopped"; }
};

// While it lives, networks that this thread runs look at the token between their layers and throw Stopped: a step may
// take minutes, a layer does not. inParts hands it on to its threads.
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

} // namespace s1::nn
