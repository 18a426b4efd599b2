#pragma once

#include <string>

namespace s1::text {

// Repairs text that was UTF-8 and was read as Latin-1 or Windows-1252 ("schlÃ¶n" -> "schlön"), once or several times
// over. Text that merely has accents stays as it is. Covers what ftfy's fix_encoding does for these two encodings;
// mix-ups with other code pages are left alone.
std::u32string repairMojibake(std::u32string text);

} // namespace s1::text
