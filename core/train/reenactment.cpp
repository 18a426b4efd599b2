#include "train/reenactment.h"

#include "toyland/captions.h"
#include "toyland/judge.h"
#include "toyland/renderer.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace s1::train {

namespace {

constexpr double kJudgedHeight = 40; // pixels of a track

} // namespace

std::optional<Reenactment> Reenactment::of(const Clip& clip) {
    const toyland::Observation seen = toyland::observe(clip);
    if (!seen.object || std::ranges::any_of(seen.tracks, [](const toyland::Track& track) { return track.area == 0; }))
        return std::nullopt;
    Reenactment way;
    for (const toyland::Track& track : seen.tracks)
        way.m_stops.push_back({{track.x / kJudgedHeight, track.y / kJudgedHeight}, std::sqrt(track.area / M_PI) / kJudgedHeight});
    return way;
}

Reenactment::Scene Reenactment::draw(std::uint64_t key, int height, int width) const {
    const auto frames = static_cast<std::int64_t>(m_stops.size());
    toyland::Scene scene = toyland::drawScene(key);
    toyland::SceneObject& thing = scene.objects.front();
    thing.motion = toyland::Motion::FreePath; // has no words
    const std::string caption = toyland::caption(scene, key).text;
    const at::Tensor pictures = at::empty({frames, 3, height, width});
    for (std::int64_t f = 0; f < frames; ++f) {
        const Stop& stop = m_stops[static_cast<std::size_t>(f)];
        thing.radius = stop.radius;
        thing.path = {stop.center, stop.center};
        toyland::renderFrame(scene, 0, width, height, toyland::PixelLayout::PlanarSigned, pictures[f].data_ptr<float>());
    }
    return {pictures.transpose(0, 1), caption};
}

} // namespace s1::train
