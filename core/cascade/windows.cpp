#include "cascade/windows.h"

#include "nn/device.h"
#include "nn/parallel.h"

namespace s1::cascade {

namespace {

Error cancelled() { return {ErrorCode::Cancelled, "cancelled", ""}; }

// One at a time, for memory; side by side on the processor's threads. frames [N, …], one row to one row.
Result<Tensor> frameByFrame(const nn::Vae& vae, const Tensor& frames, const std::function<Tensor(const Tensor&)>& work, const std::stop_token& stop) {
    std::vector<Tensor> results(static_cast<std::size_t>(frames.size(0)));
    const at::Device device = nn::deviceOf(vae);
    nn::inParts(device, frames.size(0), [&](std::int64_t begin, std::int64_t end) {
        for (auto i = begin; i < end && !stop.stop_requested(); ++i)
            results[static_cast<std::size_t>(i)] = work(frames.narrow(0, i, 1).to(device)).cpu();
    });
    if (stop.stop_requested())
        return cancelled();
    return at::cat(results);
}

Tensor upscaleFrames(const Tensor& video, int height, int width) {
    const Tensor frames = nn::toFrames(video);
    return nn::fromFrames(at::upsample_bilinear2d(frames, {height, width}, true), video.size(0));
}

} // namespace

Result<Tensor> keyframes(const Denoise& job, at::IntArrayRef shape, const NoiseDraw& draw, const Tensor& start,
                         const StepHooks& hooks) {
    const Tensor noise = draw(shape);
    return denoise(job, start.defined() ? start : noise, draw, hooks);
}

Result<Tensor> interpolate(Denoise job, const Tensor& first, const Tensor& last, const Tensor& noise, const StepHooks& hooks) {
    const auto windows = first.size(0), frames = noise.size(2), height = noise.size(3), width = noise.size(4);
    const Tensor ends = at::stack({first, last}, 2); // [N, 3, 2, H, W]
    const Tensor blend = at::upsample_trilinear3d(ends, {frames, height, width}, true);
    Tensor mask = at::zeros({windows, 1, frames, height, width});
    mask.select(2, 0).fill_(1);
    mask.select(2, frames - 1).fill_(1);
    job.condition = at::cat({blend, mask}, 1);
    for (Tensor* text : {&job.text.positive, &job.text.negative})
        if (text->defined() && text->size(0) != windows)
            *text = text->expand({windows, -1, -1});
    return denoise(job, noise, {}, hooks);
}

Tensor stitchWindows(const Tensor& windows) {
    const auto stride = windows.size(2) - 1;
    Tensor video = at::zeros({1, 3, windows.size(0) * stride + 1, windows.size(3), windows.size(4)});
    for (std::int64_t w = 0; w < windows.size(0); ++w)
        video.narrow(2, w * stride, stride + 1).copy_(windows.narrow(0, w, 1));
    return video;
}

Result<Tensor> upscaleFirstFrame(Denoise job, const diffusion::NoiseSchedule& noising, const Tensor& lowRes, int height,
                                 int width, const NoiseDraw& draw, const StepHooks& hooks) {
    const Tensor x = draw({1, 3, height, width});
    const Tensor up = at::upsample_bilinear2d(lowRes, {height, width}, true);
    const Tensor level = at::full({1}, job.classLabel, at::kLong);
    job.condition = diffusion::addNoise(noising, up, draw({1, 3, height, width}), level).unsqueeze(2);
    const NoiseDraw drawFrame = [&](at::IntArrayRef shape) { return draw({shape[0], shape[1], shape[3], shape[4]}).unsqueeze(2); };
    S1_TRY(const Tensor frame, denoise(job, x.unsqueeze(2), drawFrame, hooks));
    return frame.squeeze(2);
}

Result<Tensor> upscaleWindow(Denoise job, const diffusion::NoiseSchedule& noising, const Tensor& lowRes,
                             const Tensor& firstFrame, int height, int width, const NoiseDraw& draw, const StepHooks& hooks) {
    const std::vector<std::int64_t> shape{lowRes.size(0), 3, lowRes.size(2), height, width};
    const Tensor x = draw(shape);
    const Tensor level = at::full({1}, job.classLabel, at::kLong);
    Tensor condition = diffusion::addNoise(noising, upscaleFrames(lowRes, height, width), draw(shape), level);
    if (firstFrame.defined()) // clean, although the label says the noise level for all frames (show1.md 7.13)
        condition.narrow(2, 0, 1).copy_(firstFrame);
    job.condition = condition;
    return denoise(job, x, draw, hooks);
}

std::size_t startOf(std::size_t steps, double strength) {
    return steps - std::min(steps, static_cast<std::size_t>(static_cast<double>(steps) * strength));
}

Result<Tensor> decodeFrames(const nn::Vae& vae, const Tensor& latents, const std::stop_token& stop) {
    return frameByFrame(vae, latents, [&](const Tensor& latent) { return vae.decode(latent); }, stop);
}

Result<Tensor> encodeFrames(const nn::Vae& vae, const Tensor& video, const NoiseDraw& draw, const std::stop_token& stop) {
    S1_TRY(const Tensor moments, frameByFrame(vae, nn::toFrames(video), [&](const Tensor& frame) { return vae.moments(frame); }, stop));
    const auto posterior = nn::posterior(moments);
    return vae.config().scalingFactor * (posterior.mean + posterior.std * draw(posterior.mean.sizes()));
}

Result<Tensor> translateLatents(const Denoise& job, const nn::Vae& vae, Tensor latents, const NoiseDraw& draw, const StepHooks& hooks) {
    const auto& timesteps = job.sampler.timesteps();
    const Tensor noise = draw(latents.sizes());
    if (job.sampler.start() < timesteps.size()) {
        const Tensor t = at::full({1}, timesteps[job.sampler.start()], at::kLong);
        latents = diffusion::addNoise(job.sampler.schedule(), latents, noise, t);
    }
    S1_TRY(const Tensor result, denoise(job, nn::fromFrames(latents, 1), draw, hooks));
    S1_TRY(const Tensor pictures, decodeFrames(vae, (1 / vae.config().scalingFactor) * nn::toFrames(result), hooks.stop));
    return nn::fromFrames(pictures, 1).to(at::kFloat);
}

Result<Tensor> translate(const Denoise& job, const nn::Vae& vae, const Tensor& video, const NoiseDraw& draw, const StepHooks& hooks) {
    S1_TRY(Tensor latents, encodeFrames(vae, video, draw, hooks.stop));
    return translateLatents(job, vae, std::move(latents), draw, hooks);
}

} // namespace s1::cascade
