#pragma once

#include "base/result.h"

#include <functional>
#include <string>
#include <string_view>

namespace s1::weights {

// The one place that turns exceptions of LibTorch, of weights read while they are used, and of the standard library into
// an Error; what was stopped is Cancelled. Out of memory has its own code and leaves everything usable.
Result<void> guarded(const std::function<Result<void>()>& work);

// Of an exception's text: LibTorch adds the places it went through.
std::string firstLine(std::string_view text);

} // namespace s1::weights
