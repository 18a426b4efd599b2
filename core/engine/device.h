#pragma once

#include "base/result.h"

#include <fmt/format.h>

#include <string>

namespace s1 {

// This version computes on the processor. Unsupported for any other device, so that nobody waits for a GPU in vain.
inline Result<void> checkDevice(const std::string& device) {
    if (device == "auto" || device == "cpu")
        return {};
    return Error{ErrorCode::Unsupported, fmt::format("device {} is not available here; use cpu", device), device};
}

} // namespace s1
