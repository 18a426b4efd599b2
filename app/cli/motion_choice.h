#pragma once

#include "engine/engine.h"

#include <optional>
#include <string>

namespace s1::cli {

// What --motion says: FILE, FILE:strength, or nothing. InvalidArgument for a strength out of 0…1.5.
Result<std::optional<MotionChoice>> readMotionChoice(const std::string& text);

} // namespace s1::cli
