#include "base/listing.h"

#include <fmt/ranges.h>

#include <algorithm>

namespace s1 {

std::string firstOf(const std::vector<std::string>& names, std::size_t shown) {
    const auto end = names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), shown));
    return fmt::format("{}{}", fmt::join(names.begin(), end, ", "),
                       names.size() > shown ? fmt::format(" and {} more", names.size() - shown) : "");
}

} // namespace s1
