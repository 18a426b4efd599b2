#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace s1::cli {

// The byte at which text stops being UTF-8; nothing when all of it is.
std::optional<std::size_t> firstInvalidUtf8(std::string_view text);

} // namespace s1::cli
