#pragma once

#include "base/result.h"

#include <fmt/format.h>

#include <string>

namespace s1 {

// For commands that compute on the processor alone. Unsupported for any other device, so that nobody waits for a GPU in vain.
inline Result<void> checkDevice(const std::string& device) {
    if (device == "auto" || device == "cpu")
        return {};
    return Error{ErrorCode::Unsupported, fmt::format("this command computes on the processor, not on {}; use cpu", device), device};
}

} // namespace s1
