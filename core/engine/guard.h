#pragma once

#include "base/result.h"

#include <functional>

namespace s1 {

// The one place that turns exceptions of LibTorch and the standard library into an Error. Out of memory has its own
// code and leaves the engine usable.
Result<void> guarded(const std::function<Result<void>()>& work);

} // namespace s1
