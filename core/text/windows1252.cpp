#include "text/windows1252.h"

#include <iterator>

namespace s1::text {

namespace {
constexpr char32_t kHigh[32] = {0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
                                0x2039, 0x0152, 0x8d,   0x017d, 0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
                                0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178};
} // namespace

char32_t fromWindows1252(std::uint8_t byte) {
    return byte >= 0x80 && byte <= 0x9f ? kHigh[byte - 0x80] : byte;
}

std::optional<std::uint8_t> toWindows1252(char32_t character) {
    if (character < 0x80 || (character >= 0xa0 && character <= 0xff))
        return static_cast<std::uint8_t>(character);
    for (std::size_t i = 0; i < std::size(kHigh); ++i)
        if (kHigh[i] == character)
            return static_cast<std::uint8_t>(0x80 + i);
    return std::nullopt;
}

} // namespace s1::text
