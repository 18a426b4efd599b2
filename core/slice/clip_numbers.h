#pragma once

#include "slice/slice.h"

#include <vector>

namespace s1 {

// Of the row and the column at each of these shares of the height and width: motion across and down both count. Coherence and flicker
// are means; highFrequency and roughness, which are shares of what changes, are those of all these lines' change together, or a
// line where nothing moves would say what its grain does as loudly as the one the thing crosses.
SliceNumbers measureClip(const Clip& clip, const std::vector<double>& shares);

} // namespace s1
