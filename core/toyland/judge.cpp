#include "toyland/judge.h"

#include "toyland/judge_motion.h"
#include "toyland/judge_raster.h"
#include "toyland/judge_shape.h"

#include <algorithm>

namespace s1::toyland {
namespace {

constexpr std::size_t kLeastThing = 14;      // pixels
constexpr double kSecondThing = 0.28;        // share of the largest thing's area from which another one counts
constexpr double kSecondThingFrames = 0.35;  // in so many of the frames
// Distances from the known backdrop from which what stands still may be a thing: more find less of a backdrop that is not quite
// the known one, and less of a pale thing.
constexpr float kFaintThing = 0.11f, kThing = 0.2f, kClearThing = 0.35f;

template <typename Value>
Judgement part(const std::optional<Value>& expected, const std::optional<Value>& found) {
    Judgement judgement;
    judgement.found = found ? name(*found) : "none";
    if (expected) {
        judgement.expected = name(*expected);
        judgement.right = found == expected;
    }
    return judgement;
}

// The things before one backdrop.
struct Sight {
    std::vector<Component> things; // of the frames that show one
    std::vector<Track> tracks;     // of all frames
    bool several = false;
    ShapeFit shape;

    bool empty() const { return things.size() * 2 < tracks.size(); }
};

Sight look(const std::vector<Raster>& frames, const Raster& backdrop, int objects) {
    Sight sight;
    const float noise = noiseLevel(frames, backdrop);
    std::size_t crowded = 0;
    for (const Raster& frame : frames) {
        auto found = components(foreground(frame, backdrop, noise));
        if (found.empty() || found.front().pixels.size() < kLeastThing) {
            sight.tracks.push_back({});
            continue;
        }
        const std::size_t second = found.size() > 1 ? found[1].pixels.size() : 0;
        crowded += second >= kLeastThing && static_cast<double>(second) >=
                                                kSecondThing * static_cast<double>(found.front().pixels.size());
        Component largest = solidPart(found.front(), frame, backdrop);
        sight.tracks.push_back({largest.x, largest.y, static_cast<double>(largest.pixels.size()), largest.angle});
        sight.things.push_back(std::move(largest));
    }
    sight.several = static_cast<double>(crowded) > kSecondThingFrames * static_cast<double>(frames.size());
    if (!sight.empty())
        sight.shape = fitShape(sight.things, objects);
    return sight;
}

bool aThingStands(const Mask& still, int objects) {
    return std::ranges::any_of(components(still), [&](const Component& area) { return fitShape({area}, objects).object.has_value(); });
}

} // namespace

Observation observe(const Clip& clip, ValueSet values) {
    Observation result;
    if (clip.frames.empty())
        return result;
    const bool extended = values == ValueSet::Extended;
    std::vector<Raster> frames;
    std::transform(clip.frames.begin(), clip.frames.end(), std::back_inserter(frames), toRaster);

    const Raster median = medianOf(frames);
    const BackdropFit fit = fitBackdrop(median, extended);
    result.background = fit.background.kind;
    result.backgroundColor = fit.background.color;

    const int objects = extended ? kObjects : kCoreObjects;
    // Most clips need the first look only.
    const Deviation deviation = deviationOf(median, fit);
    const Mask still = unexplained(deviation, median, kFaintThing);
    Sight sight = look(frames, ownBackdrop(fit, median, still), objects);
    const auto consider = [&](const Raster& backdrop) {
        Sight other = look(frames, backdrop, objects);
        if (other.shape.object && !other.several && (sight.several || other.shape.overlap > sight.shape.overlap))
            sight = std::move(other);
    };
    if (const Mask clear = unexplained(deviation, median, kThing); clear != still)
        consider(ownBackdrop(fit, median, clear));
    if (still != Mask{} && !aThingStands(unexplained(deviation, median, kClearThing), objects))
        consider(median); // what is still is the backdrop where all moves
    result.tracks = sight.tracks;
    if (sight.empty())
        return result;
    result.things = sight.several ? 2 : 1;
    if (!sight.several)
        result.object = sight.shape.object;
    std::vector<Raster> shown; // the frames of things
    for (std::size_t f = 0; f < frames.size(); ++f)
        if (sight.tracks[f].area > 0)
            shown.push_back(std::move(frames[f]));
    result.color = voteColor(shown, sight.things, extended ? kColors : kCoreColors);
    if (frames.size() > 1)
        result.motion = fitMotion(result.tracks, values);
    return result;
}

Verdict compare(const Expectation& expected, const Expectation& found) {
    Verdict verdict;
    verdict.object = part(expected.object, found.object);
    verdict.color = part(expected.color, found.color);
    verdict.motion = part(expected.motion, found.motion);
    verdict.background.found = found.background ? backgroundName(*found.background, found.backgroundColor) : "none";
    if (expected.background || expected.backgroundColor) {
        verdict.background.expected =
            backgroundName(expected.background.value_or(BackgroundKind::Plain), expected.backgroundColor);
        verdict.background.right =
            (!expected.background || expected.background == found.background) &&
            (!expected.backgroundColor ||
             (found.background && hasColor(*found.background) && expected.backgroundColor == found.backgroundColor));
    }
    verdict.all = verdict.object.right && verdict.color.right && verdict.motion.right && verdict.background.right;
    return verdict;
}

Verdict judge(const Observation& observation, const Expectation& expected) {
    Verdict verdict = compare(expected, {observation.object, observation.color, observation.motion, observation.background, observation.backgroundColor});
    if (observation.things > 1 && !observation.object)
        verdict.object.found = "several";
    verdict.tracks = observation.tracks;
    return verdict;
}

Verdict judge(const Clip& clip, const Expectation& expected) {
    const bool extended = (expected.object && static_cast<int>(*expected.object) >= kCoreObjects) ||
                          (expected.color && static_cast<int>(*expected.color) >= kCoreColors) ||
                          (expected.motion && static_cast<int>(*expected.motion) >= kCoreMotions) ||
                          (expected.background && static_cast<int>(*expected.background) >= kCoreBackgroundKinds) ||
                          (expected.backgroundColor && static_cast<int>(*expected.backgroundColor) >= kCoreColors);
    return judge(observe(clip, extended ? ValueSet::Extended : ValueSet::Core), expected);
}

nlohmann::json toJson(const Verdict& verdict) {
    const auto entry = [](const Judgement& judgement) {
        nlohmann::json json = {{"found", judgement.found}, {"right", judgement.right}};
        json["expected"] = judgement.expected.empty() ? nlohmann::json() : nlohmann::json(judgement.expected);
        return json;
    };
    nlohmann::json tracks = nlohmann::json::array();
    for (const Track& track : verdict.tracks)
        tracks.push_back({track.x, track.y, track.area, track.angle});
    nlohmann::json json = {{"all", verdict.all}, {"tracks", std::move(tracks)}};
    for (const auto& [name, judgement] : judgements(verdict))
        json[name] = entry(judgement);
    return json;
}

std::array<NamedJudgement, 4> judgements(const Verdict& verdict) {
    return {{{kAttributes[0], verdict.object}, {kAttributes[1], verdict.color}, {kAttributes[2], verdict.motion}, {kAttributes[3], verdict.background}}};
}

} // namespace s1::toyland
