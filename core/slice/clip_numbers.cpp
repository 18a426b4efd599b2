#include "slice/clip_numbers.h"

namespace s1 {

SliceNumbers measureClip(const Clip& clip, const std::vector<double>& shares) {
    SliceNumbers sum{0, 0, 0, 0};
    const auto add = [&](const SliceLine& line) {
        const SliceNumbers n = measureSlice(sliceOf(clip, line));
        sum = {sum.coherence + n.coherence, sum.flicker + n.flicker, sum.highFrequency + n.highFrequency, sum.roughness + n.roughness};
    };
    for (const double share : shares) {
        add(rowLine(clip, static_cast<int>(clip.height() * share)));
        add(columnLine(clip, static_cast<int>(clip.width() * share)));
    }
    const double lines = 2.0 * static_cast<double>(shares.size());
    return {sum.coherence / lines, sum.flicker / lines, sum.highFrequency / lines, sum.roughness / lines};
}

} // namespace s1
