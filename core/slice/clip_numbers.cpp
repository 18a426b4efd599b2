#include "slice/clip_numbers.h"

namespace s1 {

SliceNumbers measureClip(const Clip& clip, const std::vector<double>& shares) {
    SliceNumbers sum{.coherence = 0};
    const auto add = [&](const SliceLine& line) {
        const SliceNumbers n = measureSlice(sliceOf(clip, line));
        sum.coherence += n.coherence;
        sum.flicker += n.flicker;
        sum.highFrequency += n.highFrequency * n.power;
        sum.power += n.power;
        sum.roughness += n.roughness * n.change;
        sum.change += n.change;
    };
    for (const double share : shares) {
        add(rowLine(clip, static_cast<int>(clip.height() * share)));
        add(columnLine(clip, static_cast<int>(clip.width() * share)));
    }
    const double lines = 2.0 * static_cast<double>(shares.size());
    const auto of = [](double part, double all) { return all > 0 ? part / all : 0; };
    return {.coherence = sum.coherence / lines, .flicker = sum.flicker / lines, .highFrequency = of(sum.highFrequency, sum.power),
            .roughness = of(sum.roughness, sum.change), .power = sum.power, .change = sum.change / lines};
}

} // namespace s1
