#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace s1 {

// "a, b, c, d, e and 3 more"
std::string firstOf(const std::vector<std::string>& names, std::size_t shown = 5);

} // namespace s1
