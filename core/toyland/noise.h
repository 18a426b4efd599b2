#pragma once

#include "media/clip.h"

#include <cstdint>

namespace s1::toyland {

// Nearly normal noise on every number of every frame; sigma in shares of full scale.
Clip withNoise(Clip clip, double sigma, std::uint64_t seed);

} // namespace s1::toyland
