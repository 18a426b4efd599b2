#include "train/toyland_data.h"

#include "nn/precision.h"
#include "toyland/motion.h"
#include "toyland/random.h"
#include "toyland/renderer.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace s1::train {

namespace {

constexpr std::uint64_t kDropOneIn = 10; // captions left out, for guidance

bool isHeldOut(const toyland::SceneObject& thing, toyland::Color color) {
    return toyland::isHeldOutTriple(thing.object, color, thing.motion) || toyland::isHeldOutPair(thing.object, color, thing.motion);
}

// The first that turns of examples with this number.
toyland::Example turningExample(std::uint64_t seed, std::uint64_t index) {
    for (;; seed = toyland::Random::mix(seed)) {
        const auto example = toyland::drawExample(seed, index, toyland::Split::Train);
        const auto motion = example.scene.objects.front().motion;
        if (motion == toyland::Motion::Bounces || motion == toyland::Motion::Circles)
            return example;
    }
}

// In plain sentences, too, for the grammar's leave the motion out now and then. What training is not to show keeps its colour.
toyland::Example plainExample(toyland::Example example, std::int64_t index) {
    using toyland::Color;
    toyland::SceneObject& object = example.scene.objects.front();
    toyland::Background& background = example.scene.background;
    background = {.kind = toyland::BackgroundKind::Plain, .color = background.color};
    if (index % 2 == 0 && !isHeldOut(object, Color::White)) {
        object.color = Color::White;
        background.color = Color::Black;
    } else if (object.color == background.color) {
        background.color = object.color == Color::Black ? Color::White : Color::Black;
    }
    example.prompt = toyland::plainCaption(example.scene);
    return example;
}

std::string captionOf(const toyland::Example& example, std::uint64_t seed, std::int64_t index) {
    return toyland::Random::mix(seed ^ toyland::Random::mix(static_cast<std::uint64_t>(index))) % kDropOneIn == 0 ? std::string() : example.prompt;
}

struct Corner {
    std::int64_t y, x;
};

Corner cropCorner(const toyland::Scene& scene, double time, const CropShape& shape, std::uint64_t seed, std::int64_t index) {
    const auto key = static_cast<std::uint64_t>(index) * 2;
    const auto place = [&](std::uint64_t salt, int size, double centre) -> std::int64_t {
        const auto drawn = toyland::Random::mix(seed + salt + key);
        const std::int64_t last = (size - shape.crop) / shape.align;
        if (index % 2 == 0)
            return static_cast<std::int64_t>(drawn % static_cast<std::uint64_t>(last + 1)) * shape.align;
        const double jitter = static_cast<double>(drawn % 1024) / 1024 - 0.5; // of a crop
        const auto wanted = std::llround((centre * size + (jitter - 0.5) * shape.crop) / shape.align);
        return std::clamp<std::int64_t>(wanted, 0, last) * shape.align;
    };
    const toyland::Point centre = scene.objects.empty() ? toyland::Point{toyland::kWorldWidth / 2, 0.5} : toyland::poseAt(scene.objects.front(), time).center;
    return {place(101, shape.height, centre.y), place(202, shape.width, centre.x / toyland::kWorldWidth)};
}

// A corner of a crop that the object, where the place allows it, lies in whole.
Corner cornerAroundObject(const toyland::Scene& scene, double time, const ClipShape& shape, std::uint64_t seed, std::int64_t index) {
    const auto pose = toyland::poseAt(scene.objects.front(), time);
    const toyland::Point centre = pose.center;
    const double radius = pose.radius * shape.height;
    const auto place = [&](std::uint64_t salt, int size, double at) {
        const auto drawn = toyland::Random::mix(seed ^ toyland::Random::mix(static_cast<std::uint64_t>(index) * 2 + salt));
        const double room = shape.crop - 2 * radius, offset = room * (room > 0 ? static_cast<double>(drawn % 1024) / 1023 : 0.5);
        return std::clamp<std::int64_t>(std::llround(at - radius - offset), 0, size - shape.crop);
    };
    return {place(0, shape.height, centre.y * shape.height), place(1, shape.width, centre.x / toyland::kWorldWidth * shape.width)};
}

} // namespace

ClipBatch drawClips(std::uint64_t seed, std::int64_t firstIndex, int count, const ClipShape& shape,
                    const std::function<double(std::int64_t, int)>& time) {
    ClipBatch batch;
    batch.captions.resize(static_cast<std::size_t>(count));
    const int height = shape.crop > 0 ? shape.crop : shape.height, width = shape.crop > 0 ? shape.crop : shape.width;
    const at::Tensor frames = at::empty({count, shape.frames, 3, height, width}), empty = at::empty({count, 1, 3, height, width});
    at::parallel_for(0, count, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            const auto index = firstIndex + i;
            const auto number = static_cast<std::uint64_t>(index);
            auto example = shape.turning && index % 4 < 2 ? turningExample(seed, number) : toyland::drawExample(seed, number, toyland::Split::Train);
            if (shape.plain)
                example = plainExample(std::move(example), index);
            const toyland::SceneRenderer renderer(example.scene, shape.width, shape.height);
            auto background = example.scene;
            background.objects.clear();
            const toyland::SceneRenderer bare(background, shape.width, shape.height);
            const Corner corner = shape.crop > 0 ? cornerAroundObject(example.scene, time(index, 0), shape, seed, index) : Corner{0, 0};
            const at::Tensor picture = at::empty({3, shape.height, shape.width});
            const auto draw = [&](const toyland::SceneRenderer& drawn, double moment, const at::Tensor& target) {
                drawn.render(moment, toyland::PixelLayout::PlanarSigned, picture.data_ptr<float>());
                target.copy_(picture.narrow(1, corner.y, height).narrow(2, corner.x, width));
            };
            for (int f = 0; f < shape.frames; ++f)
                draw(renderer, time(index, f), frames[i][f]);
            draw(bare, 0, empty[i][0]);
            batch.captions[static_cast<std::size_t>(i)] = captionOf(example, seed, index);
        }
    });
    batch.video = frames.transpose(1, 2);
    constexpr double kVisible = 0.08;
    batch.objects = ((frames - empty).abs().amax(2, true) > kVisible).to(at::kFloat).transpose(1, 2);
    return batch;
}

CropBatch drawCrops(std::uint64_t seed, std::int64_t firstIndex, int count, int frames, const CropShape& shape,
                    const std::function<double(std::int64_t, int)>& time) {
    const bool coarse = shape.coarseHeight > 0;
    CropBatch batch;
    batch.captions.resize(static_cast<std::size_t>(count));
    const at::Tensor sharp = at::empty({count, frames, 3, shape.crop, shape.crop});
    const at::Tensor enlarged = coarse ? at::empty_like(sharp) : at::Tensor();
    const auto draw = [](const toyland::SceneRenderer& renderer, double moment) {
        at::Tensor picture = at::empty({1, 3, renderer.height(), renderer.width()});
        renderer.render(moment, toyland::PixelLayout::PlanarSigned, picture.data_ptr<float>());
        return picture;
    };
    const auto drawScene = [&](std::int64_t number) {
        const auto example = toyland::drawExample(seed, static_cast<std::uint64_t>(firstIndex / shape.perScene + number), toyland::Split::Train);
        const toyland::SceneRenderer renderer(example.scene, shape.width, shape.height);
        const toyland::SceneRenderer small(example.scene, std::max(1, shape.coarseWidth), std::max(1, shape.coarseHeight));
        for (auto i = number * shape.perScene; i < std::min<std::int64_t>(count, (number + 1) * shape.perScene); ++i) {
            const auto index = firstIndex + i;
            const Corner corner = cropCorner(example.scene, time(index, frames / 2), shape, seed, index);
            const auto cut = [&](const at::Tensor& picture) { return picture[0].narrow(1, corner.y, shape.crop).narrow(2, corner.x, shape.crop); };
            for (int f = 0; f < frames; ++f) {
                sharp[i][f].copy_(cut(draw(renderer, time(index, f))));
                if (coarse)
                    enlarged[i][f].copy_(cut(at::upsample_bilinear2d(draw(small, time(index, f)), {shape.height, shape.width}, true)));
            }
            batch.captions[static_cast<std::size_t>(i)] = captionOf(example, seed, index);
        }
    };
    at::parallel_for(0, (count + shape.perScene - 1) / shape.perScene, 1, [&](std::int64_t begin, std::int64_t end) {
        for (auto number = begin; number < end; ++number)
            drawScene(number);
    });
    batch.sharp = sharp.transpose(1, 2);
    if (coarse)
        batch.coarse = enlarged.transpose(1, 2);
    return batch;
}

at::Tensor encodeCaptions(const text::TextEncoder& encoder, const std::vector<std::string>& captions) {
    torch::NoGradGuard noGrad;
    const nn::Bf16Products exact(false); // as the cascade hears it
    return encoder.encodeAll(captions);
}

} // namespace s1::train
