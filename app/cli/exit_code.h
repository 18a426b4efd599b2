#pragma once

#include "base/error.h"

namespace s1::cli {

// After sysexits.h, as contract.md 2 lists them.
enum class ExitCode {
    Ok = 0,
    Usage = 2,
    BadData = 65,
    MissingInput = 66,
    Unavailable = 69,
    Internal = 70,
    OutOfMemory = 71,
    CannotCreate = 73,
    ReadWriteFailed = 74,
    TryLater = 75,
    Cancelled = 130,
};

ExitCode exitCodeFor(ErrorCode code);

} // namespace s1::cli
