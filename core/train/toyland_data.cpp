#include "train/toyland_data.h"

#include "toyland/random.h"
#include "toyland/renderer.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <torch/torch.h>

namespace s1::train {

namespace {

constexpr std::uint64_t kDropOneIn = 10; // captions left out, for guidance

std::string captionOf(const toyland::Example& example, std::uint64_t seed, std::int64_t index) {
    return toyland::Random::mix(seed ^ toyland::Random::mix(static_cast<std::uint64_t>(index))) % kDropOneIn == 0 ? std::string() : example.prompt;
}

} // namespace

at::Generator stepGenerator(std::uint64_t seed, std::int64_t step, const Shard& shard) {
    const auto mix = toyland::Random::mix;
    return at::make_generator<at::CPUGeneratorImpl>(
        mix(mix(seed) ^ (static_cast<std::uint64_t>(step) * 1024 + static_cast<std::uint64_t>(shard.index))));
}

ClipBatch drawClips(std::uint64_t seed, std::int64_t firstIndex, int count, const ClipShape& shape,
                    const std::function<double(std::int64_t, int)>& time) {
    ClipBatch batch;
    batch.captions.resize(static_cast<std::size_t>(count));
    const at::Tensor frames = at::empty({count, shape.frames, 3, shape.height, shape.width});
    const at::Tensor empty = at::empty({count, 1, 3, shape.height, shape.width});
    const std::int64_t stride = std::int64_t(3) * shape.height * shape.width;
    float* data = frames.data_ptr<float>();
    at::parallel_for(0, count, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            const auto index = firstIndex + i;
            const auto example = toyland::drawExample(seed, static_cast<std::uint64_t>(index), toyland::Split::Train);
            const toyland::SceneRenderer renderer(example.scene, shape.width, shape.height);
            for (int f = 0; f < shape.frames; ++f)
                renderer.render(time(index, f), toyland::PixelLayout::PlanarSigned, data + (i * shape.frames + f) * stride);
            auto background = example.scene;
            background.objects.clear();
            toyland::renderFrame(background, 0, shape.width, shape.height, toyland::PixelLayout::PlanarSigned, empty.data_ptr<float>() + i * stride);
            batch.captions[static_cast<std::size_t>(i)] = captionOf(example, seed, index);
        }
    });
    batch.video = frames.transpose(1, 2);
    constexpr double kVisible = 0.08;
    batch.objects = ((frames - empty).abs().amax(2, true) > kVisible).to(at::kFloat).transpose(1, 2);
    return batch;
}

at::Tensor drawCrops(std::uint64_t seed, std::int64_t firstIndex, int count, int frames, const CropShape& shape,
                     const std::function<double(std::int64_t, int)>& time, std::vector<std::string>* captions) {
    const at::Tensor crops = at::empty({count, frames, 3, shape.crop, shape.crop});
    if (captions)
        captions->resize(static_cast<std::size_t>(count));
    at::parallel_for(0, count, 1, [&](std::int64_t begin, std::int64_t end) {
        const at::Tensor picture = at::empty({3, shape.height, shape.width});
        for (std::int64_t i = begin; i < end; ++i) {
            const auto index = firstIndex + i;
            const auto example = toyland::drawExample(seed, static_cast<std::uint64_t>(index), toyland::Split::Train);
            const toyland::SceneRenderer renderer(example.scene, shape.width, shape.height);
            const auto place = [&](std::uint64_t salt, int room) {
                return static_cast<std::int64_t>(toyland::Random::mix(seed + salt + static_cast<std::uint64_t>(index) * 2) % static_cast<std::uint64_t>(room / shape.align + 1)) * shape.align;
            };
            const auto y = place(101, shape.height - shape.crop), x = place(202, shape.width - shape.crop);
            for (int f = 0; f < frames; ++f) {
                renderer.render(time(index, f), toyland::PixelLayout::PlanarSigned, picture.data_ptr<float>());
                crops[i][f].copy_(picture.narrow(1, y, shape.crop).narrow(2, x, shape.crop));
            }
            if (captions)
                (*captions)[static_cast<std::size_t>(i)] = captionOf(example, seed, index);
        }
    });
    return crops.transpose(1, 2);
}

at::Tensor encodeCaptions(const text::TextEncoder& encoder, const std::vector<std::string>& captions) {
    torch::NoGradGuard noGrad;
    return encoder.encodeAll(captions);
}

} // namespace s1::train
