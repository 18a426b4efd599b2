#pragma once

#include "toyland/judge_raster.h"
#include "toyland/values.h"

#include <vector>

namespace s1::toyland {

// The outline that overlaps the components best, summed over frames, and by how much; no object when none does well.
struct ShapeFit {
    std::optional<Object> object;
    double overlap = 0;
};
ShapeFit fitShape(const std::vector<Component>& frames, int objects);

// Overlap (intersection over union) of the best placement of one outline on a component.
enum class Search { Rough, Fine };
double outlineOverlap(Object object, const Component& component, Search search);

// The object colour most inner pixels are nearest to.
std::optional<Color> voteColor(const std::vector<Raster>& frames, const std::vector<Component>& things, int colors);

} // namespace s1::toyland
