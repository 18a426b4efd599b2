#include "weights/guard.h"

#include "base/stop.h"
#include "weights/stored_weight.h"

#include <c10/util/Exception.h>

#include <fmt/format.h>

#include <new>

namespace s1::weights {

std::string firstLine(std::string_view text) { return std::string(text.substr(0, text.find('\n'))); }

Result<void> guarded(const std::function<Result<void>()>& work) {
    try {
        return work();
    } catch (const Stopped&) {
        return Error{ErrorCode::Cancelled, "cancelled", ""};
    } catch (const ReadFailed& e) {
        return e.error;
    } catch (const c10::OutOfMemoryError& e) {
        return Error{ErrorCode::OutOfMemory, fmt::format("out of memory ({}); choose a smaller plan", firstLine(e.what_without_backtrace())), "memory"};
    } catch (const c10::Error& e) {
        const std::string what = firstLine(e.what_without_backtrace());
        // Both are the CPU allocator's ways of saying it.
        if (what.find("not enough memory") != std::string::npos || what.find("can't allocate memory") != std::string::npos)
            return Error{ErrorCode::OutOfMemory, fmt::format("out of memory ({}); choose a smaller plan", what), "memory"};
        return Error{ErrorCode::Internal, fmt::format("the computation failed: {}; please report it", what), "tensor"};
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory, "out of memory; choose a smaller plan", "memory"};
    } catch (const std::exception& e) {
        return Error{ErrorCode::Internal, fmt::format("something went wrong: {}; please report it", firstLine(e.what())), "internal"};
    }
}

} // namespace s1::weights
