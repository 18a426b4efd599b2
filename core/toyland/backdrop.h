#pragma once

#include "toyland/palette.h"
#include "toyland/scene.h"

#include <vector>

namespace s1::toyland {

// The still picture behind the objects: linear light, width*height pixels, rows from the top.
std::vector<Rgb> renderBackdrop(const Background& background, int width, int height);

} // namespace s1::toyland
