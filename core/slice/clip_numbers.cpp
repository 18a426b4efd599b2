#include "slice/clip_numbers.h"

namespace s1 {

SliceNumbers together(const std::vector<SliceNumbers>& slices) {
    SliceNumbers sum{.coherence = 0};
    for (const SliceNumbers& n : slices) {
        sum.coherence += n.coherence;
        sum.flicker += n.flicker;
        sum.highFrequency += n.highFrequency * n.power;
        sum.power += n.power;
        sum.roughness += n.roughness * n.change;
        sum.change += n.change;
    }
    const auto of = [](double part, double all) { return all > 0 ? part / all : 0; };
    const auto count = static_cast<double>(slices.size());
    return {.coherence = of(sum.coherence, count), .flicker = of(sum.flicker, count), .highFrequency = of(sum.highFrequency, sum.power),
            .roughness = of(sum.roughness, sum.change), .power = of(sum.power, count), .change = of(sum.change, count)};
}

SliceNumbers measureClip(const Clip& clip, const std::vector<double>& shares) {
    std::vector<SliceNumbers> lines;
    for (const double share : shares)
        for (const SliceLine& line : {rowLine(clip, static_cast<int>(clip.height() * share)), columnLine(clip, static_cast<int>(clip.width() * share))})
            lines.push_back(measureSlice(sliceOf(clip, line)));
    return together(lines);
}

} // namespace s1
