#pragma once

#include "media/clip.h"

namespace s1 {

// Pillow's Image.resize with its default bicubic filter, byte for byte (show1.md 1.10).
Frame resizeBicubic(const Frame& frame, int width, int height);
Clip resizeBicubic(const Clip& clip, int width, int height);

} // namespace s1
