#pragma once

#include "slice/slice.h"

#include <vector>

namespace s1 {

// Of many slices of one kind. Coherence, flicker, power and change are means; highFrequency and roughness, which are shares of what
// changes, are those of all slices' change together, or a slice where nothing moves would say what its grain does as loudly as one
// that the thing crosses. None: zeros.
SliceNumbers together(const std::vector<SliceNumbers>& slices);

// Of the row and the column at each of these shares of the height and width together: motion across and down both count.
SliceNumbers measureClip(const Clip& clip, const std::vector<double>& shares = {0.25, 0.5, 0.75});

} // namespace s1
