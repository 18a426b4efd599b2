#include "motion_choice.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>

namespace s1::cli {

Result<std::optional<MotionChoice>> readMotionChoice(const std::string& text) {
    if (text.empty())
        return std::optional<MotionChoice>();
    MotionChoice motion{text, 1.0};
    if (const auto colon = text.rfind(':'); colon != std::string::npos && !std::filesystem::exists(text)) {
        const std::string number = text.substr(colon + 1);
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), motion.strength);
        if (error != std::errc() || end != number.data() + number.size() || !(motion.strength >= 0) ||
            !(motion.strength <= 1.5))
            return Error{
                ErrorCode::InvalidArgument,
                fmt::format("--motion {}: the strength {} cannot be; give a number from 0 to 1.5", text, number),
                "--motion"};
        motion.file = text.substr(0, colon);
    }
    return std::optional<MotionChoice>(motion);
}

} // namespace s1::cli
