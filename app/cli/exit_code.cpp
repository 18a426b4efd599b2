#include "exit_code.h"

namespace s1::cli {

ExitCode exitCodeFor(ErrorCode code) {
    switch (code) {
    case ErrorCode::InvalidArgument:
        return ExitCode::Usage;
    case ErrorCode::Corrupt:
        return ExitCode::BadData;
    case ErrorCode::NotFound:
        return ExitCode::MissingInput;
    case ErrorCode::Unsupported:
    case ErrorCode::Device:
        return ExitCode::Unavailable;
    case ErrorCode::OutOfMemory:
        return ExitCode::OutOfMemory;
    case ErrorCode::CannotCreate:
        return ExitCode::CannotCreate;
    case ErrorCode::Io:
        return ExitCode::ReadWriteFailed;
    case ErrorCode::Busy:
        return ExitCode::TryLater;
    case ErrorCode::Cancelled:
        return ExitCode::Cancelled;
    case ErrorCode::Internal:
        break;
    }
    return ExitCode::Internal;
}

} // namespace s1::cli
