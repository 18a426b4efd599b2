#pragma once

#include "toyland/judge.h"

namespace s1::toyland {

// The motion whose curve fits the tracks best (least squares, Bayesian information criterion).
// tracks: one a frame at equal times; frames without the thing (area 0) are left out.
std::optional<Motion> fitMotion(const std::vector<Track>& tracks, ValueSet values);

} // namespace s1::toyland
