#pragma once

#include <string>
#include <string_view>

namespace s1 {

// What a user, a file or a device can cause. The CLI maps each code to an exit code, the window to a next step.
enum class ErrorCode {
    InvalidArgument, // a value that cannot be used as asked
    NotFound,        // a file, model or tensor that is not there
    Corrupt,         // data that contradicts itself
    Unsupported,     // a part this build or machine does not have
    OutOfMemory,
    Device,    // the accelerator failed
    Io,        // reading or writing failed half-way
    CannotCreate, // the output could not be opened
    Busy,      // try later
    Cancelled, // asked to stop; never shown as a failure
    Internal,  // a bug of ours
};

// message: one English sentence with the name, the number and what to do. subject: the path, tensor or field.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
    std::string subject;
};

std::string_view toString(ErrorCode code); // "invalid-argument", "not-found", …

} // namespace s1
