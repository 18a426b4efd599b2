#include "train/denoising.h"

#include "toyland/random.h"
#include "train/movement.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

namespace s1::train {

using at::Tensor;

namespace {

Tensor spread(const Tensor& t, const Sample& sample) {
    switch (sample.times) {
    case Times::Early: return at::floor_divide(t * t, sample.tMax);
    case Times::Late: return ((t.to(at::kDouble) / static_cast<double>(sample.tMax)).pow(2.0 / 3) * static_cast<double>(sample.tMax)).to(at::kLong);
    case Times::Upper: return at::floor_divide(t + sample.tMax, 2);
    case Times::Last: return sample.tMax - 1 - at::floor_divide(t, 6);
    case Times::Even: break;
    }
    return t;
}

// What a trained key-frame network is off by at a time (measured on 64 pictures, within a third from 0 to 990) is 0.15 in noise,
// where the place is a guess, and 0.02 at 200…300, where a shape's outline is settled: a tenth of the loss in all. Levels below
// the usual count as if they had it; those above, where motion is decided, count no less.
Tensor levelWeight(const Tensor& times, const Tensor& sigma) {
    constexpr double kUsual = 0.05;
    const Tensor off = 0.012 + 0.13 * (times.to(at::kFloat) / 1000).square().view({-1, 1, 1, 1, 1}) + 0.077 * (1 - sigma).square();
    return (kUsual / off).clamp_min(1);
}

Tensor weighted(const Tensor& error, const Tensor& weight) {
    return (weight.defined() ? error.square().mean(1, true) * weight : error.square()).mean();
}

} // namespace

Tensor noiseLike(const Tensor& clips, bool shared, at::Generator& generator) {
    auto shape = clips.sizes().vec();
    if (shared)
        shape[2] = 1;
    return at::randn(shape, generator).expand(clips.sizes());
}

at::Generator stepGenerator(std::uint64_t seed, std::int64_t step, const Shard& shard) {
    const auto mix = toyland::Random::mix;
    return at::make_generator<at::CPUGeneratorImpl>(
        mix(mix(seed) ^ (static_cast<std::uint64_t>(step) * 1024 + static_cast<std::uint64_t>(shard.index))));
}

at::Tensor noiseTimes(std::uint64_t seed, std::int64_t step, const Shard& shard, std::int64_t count, std::int64_t tMax, at::Generator& generator) {
    const auto mix = toyland::Random::mix;
    const auto parts = count * shard.count;
    const auto turn = static_cast<std::int64_t>(mix(seed ^ mix(static_cast<std::uint64_t>(step))) % static_cast<std::uint64_t>(parts));
    const at::Tensor part = (at::arange(count) * shard.count + shard.index + turn).remainder(parts);
    const at::Tensor u = (part + at::rand({count}, generator, at::kDouble)) / static_cast<double>(parts);
    return (u * static_cast<double>(tMax)).to(at::kLong).clamp(0, tMax - 1);
}

Noise noiseAt(const diffusion::NoiseSchedule& schedule, const at::Tensor& times, double detail) {
    const auto row = [&](const at::Tensor& table) { return table.index_select(0, times).view({-1, 1, 1, 1, 1}); };
    const at::Tensor ratio = row(schedule.alpha).square() * detail / row(schedule.sigma).square();
    return {(ratio / (1 + ratio)).sqrt(), (1 / (1 + ratio)).sqrt()};
}

Tensor lossOf(const Tensor& error, const Sample& sample, const Tensor& times, const Tensor& sigma) {
    Tensor weight = sample.weight;
    if (sample.levelled)
        weight = weight.defined() ? weight * levelWeight(times, sigma) : levelWeight(times, sigma);
    Tensor loss = weighted(error, weight);
    if (sample.movement > 0)
        loss = loss + sample.movement * movementOf(error).square().mean();
    if (sample.flicker > 0 && error.size(2) > 1)
        loss = loss + sample.flicker * weighted(error.diff(1, 2), sample.flickerWeight);
    return loss;
}

NoisySample underNoise(const diffusion::NoiseSchedule& schedule, Sample sample, const Tensor& times, at::Generator& generator) {
    const Tensor t = spread(times, sample);
    const Tensor noise = noiseLike(sample.clean, sample.sharedNoise, generator);
    const auto [alpha, sigma] = noiseAt(schedule, t, sample.detail);
    return {std::move(sample), t, noise, alpha, sigma};
}

std::vector<Tensor*> tensorsOf(NoisySample& shown) {
    Sample& s = shown.sample;
    return {&s.clean, &s.condition, &s.text, &s.labels, &s.firstFrame, &s.weight, &s.flickerWeight, &shown.times, &shown.noise, &shown.alpha, &shown.sigma};
}

namespace {

template <typename Change>
NoisySample changed(NoisySample shown, const Change& change) {
    for (Tensor* tensor : tensorsOf(shown))
        if (tensor->defined())
            *tensor = change(*tensor);
    return shown;
}

} // namespace

NoisySample pinned(NoisySample shown, at::Device device) {
    return device.is_cpu() ? shown : changed(std::move(shown), [](const Tensor& tensor) { return tensor.contiguous().pin_memory(); });
}

NoisySample onDevice(NoisySample shown, at::Device device) {
    constexpr bool kNotWaiting = true;
    return device.is_cpu() ? shown : changed(std::move(shown), [&](const Tensor& tensor) { return tensor.to(device, tensor.scalar_type(), kNotWaiting); });
}

Tensor denoisingLoss(const nn::UNet& network, diffusion::Prediction prediction, const NoisySample& shown) {
    const Sample& sample = shown.sample;
    const Tensor noisy = shown.alpha * sample.clean + shown.sigma * shown.noise;
    const Tensor target = diffusion::predictionTarget(prediction, sample.clean, shown.noise, shown.alpha, shown.sigma);
    const Tensor input = sample.condition.defined() ? at::cat({noisy, sample.condition}, 1) : noisy;
    const Tensor error = network.forward(input, shown.times, sample.text, sample.labels, sample.firstFrame) - target;
    return lossOf(error, sample, shown.times, shown.sigma);
}

} // namespace s1::train
