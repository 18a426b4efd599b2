#pragma once

#include <cstdint>
#include <optional>

namespace s1::text {

// Windows-1252 where it has no character at 81, 8D, 8F, 90, 9D keeps the control character, as browsers do.
char32_t fromWindows1252(std::uint8_t byte);
std::optional<std::uint8_t> toWindows1252(char32_t character);

} // namespace s1::text
