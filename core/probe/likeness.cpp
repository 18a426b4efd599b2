#include "probe/likeness.h"

#include "slice/clip_numbers.h"
#include "toyland/judge.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace s1::probe {

double psnr(const Clip& clip, const Clip& truth, int skip) {
    double sum = 0, count = 0;
    for (int f = 0; f < std::min(clip.frameCount(), truth.frameCount()); ++f) {
        if (skip > 0 && f % skip == 0)
            continue;
        const auto &a = clip.frames[static_cast<std::size_t>(f)].rgb, &b = truth.frames[static_cast<std::size_t>(f)].rgb;
        for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
            const double difference = static_cast<double>(a[i]) - b[i];
            sum += difference * difference;
        }
        count += static_cast<double>(std::min(a.size(), b.size()));
    }
    return sum > 0 ? 10 * std::log10(255 * 255 * count / sum) : std::numeric_limits<double>::infinity();
}

std::optional<double> pathError(const Clip& clip, const Clip& truth) {
    const auto found = toyland::observe(clip).tracks, wanted = toyland::observe(truth).tracks;
    double sum = 0;
    int count = 0;
    for (std::size_t i = 0; i < std::min(found.size(), wanted.size()); ++i)
        if (found[i].area > 0 && wanted[i].area > 0) {
            sum += std::hypot(found[i].x - wanted[i].x, found[i].y - wanted[i].y);
            ++count;
        }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

Likeness likeness(const Clip& clip, const Clip& truth, int skip) {
    return {psnr(clip, truth, skip), measureClip(clip), pathError(clip, truth)};
}

Clip blended(const Clip& few, int frames) {
    Clip clip;
    clip.fps = few.fps;
    for (int f = 0; f < frames; ++f) {
        const double at = frames > 1 ? static_cast<double>(f) * (few.frameCount() - 1) / (frames - 1) : 0;
        const auto before = static_cast<std::size_t>(at), after = std::min(before + 1, few.frames.size() - 1);
        const double share = at - static_cast<double>(before);
        Frame frame = few.frames[before];
        for (std::size_t i = 0; i < frame.rgb.size(); ++i)
            frame.rgb[i] = static_cast<std::uint8_t>(std::lround((1 - share) * frame.rgb[i] + share * few.frames[after].rgb[i]));
        clip.frames.push_back(std::move(frame));
    }
    return clip;
}

} // namespace s1::probe
