#include "toyland/noise.h"

#include "toyland/random.h"

#include <algorithm>

namespace s1::toyland {

Clip withNoise(Clip clip, double sigma, std::uint64_t seed) {
    constexpr int kEven = 12; // so many even numbers have a variance of one
    Random random(seed, Purpose::Noise);
    for (Frame& frame : clip.frames)
        for (std::uint8_t& value : frame.rgb) {
            double sum = -kEven / 2.0;
            for (int i = 0; i < kEven; ++i)
                sum += random.uniform();
            value = static_cast<std::uint8_t>(std::clamp(value + sum * sigma * 255 + 0.5, 0.0, 255.0));
        }
    return clip;
}

} // namespace s1::toyland
