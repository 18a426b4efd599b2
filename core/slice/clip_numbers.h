#pragma once

#include "slice/slice.h"

#include <vector>

namespace s1 {

// Means over the row and the column at each of these shares of the height and width: motion across and down both count.
SliceNumbers measureClip(const Clip& clip, const std::vector<double>& shares);

} // namespace s1
