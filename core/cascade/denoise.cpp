#include "cascade/denoise.h"

#include "base/stop.h"
#include "diffusion/random.h"
#include "nn/device.h"
#include "nn/parallel.h"

#include <cmath>

namespace s1::cascade {

namespace {

// What the sampler is given: guided prediction and, where it wants it, the unguided variance of the conditional half.
Tensor samplerOutput(const Tensor& output, std::int64_t channels, double guidance, bool variance) {
    if (guidance <= 1.0)
        return output.slice(1, 0, variance ? 2 * channels : channels);
    const Tensor guided = diffusion::guide(output.slice(1, 0, channels), guidance);
    if (!variance)
        return guided;
    return at::cat({guided, output.chunk(2, 0)[1].slice(1, channels, 2 * channels)}, 1);
}

Tensor forward(const Denoise& job, const Tensor& input, std::int64_t timestep, const Tensor& text, const Tensor& labels) {
    const at::Device device = nn::deviceOf(job.network);
    const Tensor t = at::full({1}, timestep, at::TensorOptions(device).dtype(at::kLong));
    std::vector<Tensor> outputs(static_cast<std::size_t>(input.size(0)));
    const auto part = [&](std::int64_t begin, std::int64_t end) {
        const auto rows = [&](const Tensor& all) { return all.defined() ? all.narrow(0, begin, end - begin).to(device) : Tensor{}; };
        outputs[static_cast<std::size_t>(begin)] = job.network.forward(rows(input), t, rows(text), rows(labels), rows(job.firstFrame)).cpu();
    };
    switch (job.batching) {
    case Batching::Together: part(0, input.size(0)); break;
    case Batching::SideBySide: nn::inParts(device, input.size(0), part); break;
    case Batching::InTurn:
        for (std::int64_t i = 0; i < input.size(0); ++i)
            part(i, i + 1);
    }
    std::erase_if(outputs, [](const Tensor& output) { return !output.defined(); });
    return outputs.size() == 1 ? outputs.front() : at::cat(outputs);
}

} // namespace

NoiseDraw noiseFrom(std::uint64_t seed) {
    return [source = std::make_shared<diffusion::NoiseSource>(seed)](at::IntArrayRef shape) { return source->draw(shape); };
}

NoiseDraw sharedByFrames(NoiseDraw draw, double share) {
    if (share <= 0)
        return draw;
    return [draw = std::move(draw), share](at::IntArrayRef shape) -> Tensor {
        std::vector<std::int64_t> one(shape.begin(), shape.end());
        one[shape.size() == 5 ? 2 : 0] = 1;
        const Tensor common = draw(one);
        return share >= 1 ? common.expand(shape).contiguous() : std::sqrt(share) * common + std::sqrt(1 - share) * draw(shape);
    };
}

Result<Tensor> denoise(const Denoise& job, const Tensor& start, const NoiseDraw& draw, const StepHooks& hooks) try {
    const StopScope stopScope(hooks.stop);
    const auto batch = start.size(0), channels = start.size(1);
    const Tensor bothTexts = job.guidance > 1.0 ? at::cat({job.text.negative, job.text.positive}) : Tensor{};
    const auto& timesteps = job.sampler.timesteps();
    const std::size_t first = job.sampler.start();
    StepState state{.sample = start};
    if (hooks.resume && hooks.resume->sample.sizes() == start.sizes()) {
        state = *hooks.resume;
        job.sampler.remember(state.memory);
        for (std::size_t i = first; i < first + static_cast<std::size_t>(state.done); ++i)
            if (job.sampler.needsNoise(i))
                draw(start.sizes());
    }
    for (std::size_t i = first + static_cast<std::size_t>(state.done); i < timesteps.size(); ++i) {
        const Tensor x = state.sample;
        if (hooks.stop.stop_requested())
            return Error{ErrorCode::Cancelled, "cancelled", ""};
        const Tensor input = job.condition.defined() ? at::cat({x, job.condition}, 1) : x;
        const bool guided = job.guidance > 1.0 && timesteps[i] >= job.guidanceFrom;
        const Tensor& text = guided ? bothTexts : job.text.positive;
        const Tensor labels = job.classLabel < 0 ? Tensor{} : at::full({text.size(0)}, job.classLabel, at::kLong);
        const Tensor output = forward(job, guided ? at::cat({input, input}) : input, timesteps[i], text, labels);
        const Tensor prediction = samplerOutput(output, channels, guided ? job.guidance : 1.0, job.sampler.usesVariance());
        const Tensor noise = job.sampler.needsNoise(i) ? nn::toFrames(draw(start.sizes())) : Tensor{};
        const auto result = job.sampler.step(i, nn::toFrames(prediction), nn::toFrames(x), noise);
        state = {static_cast<int>(i - first) + 1, nn::fromFrames(result.sample, batch), job.sampler.memory()};
        if (hooks.onStep)
            hooks.onStep({state, static_cast<int>(timesteps.size() - first), nn::fromFrames(result.cleanEstimate, batch)});
    }
    return state.sample;
} catch (const Stopped&) {
    return Error{ErrorCode::Cancelled, "cancelled", ""};
}

} // namespace s1::cascade
