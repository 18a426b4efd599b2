#pragma once

#include "media/clip.h"

#include <array>
#include <cstdint>
#include <vector>

namespace s1 {

// 256 colours for a whole clip, by median cut, and the nearest of them for a pixel. One palette for all frames: a new
// one each frame would make still areas flicker.
class PaletteMap {
public:
    explicit PaletteMap(const std::vector<Frame>& frames);

    const std::array<std::array<std::uint8_t, 3>, 256>& colors() const { return m_colors; }
    // Index for the pixel at (x, y), with ordered dithering.
    std::uint8_t indexOf(const std::uint8_t* rgb, int x, int y);

private:
    std::array<std::array<std::uint8_t, 3>, 256> m_colors{};
    int m_count = 0;
    std::vector<std::int16_t> m_nearest; // by 6 bits a channel; -1: not asked yet
    double m_dither = 0;                 // levels
};

} // namespace s1
