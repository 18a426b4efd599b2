#pragma once

#include "cascade/denoise.h"
#include "media/clip.h"
#include "nn/vae.h"

// One call of one published pipeline each (show1.md 1.3-1.7). Video tensors are [B, 3, F, H, W], not clamped.
namespace s1::cascade {

// Stage A. start replaces the drawn noise (which is still drawn, as the reference does); undefined: the noise.
Result<Tensor> keyframes(const Denoise& job, at::IntArrayRef shape, const NoiseDraw& draw, const Tensor& start,
                         const StepHooks& hooks);

// Stage B on N windows at once, each between first[i] and last[i] ([N, 3, H, W]); noise [N, 3, F, H, W]. job.text has N
// rows or 1, which then serves all windows. Result [N, 3, F, H, W].
Result<Tensor> interpolate(Denoise job, const Tensor& first, const Tensor& last, const Tensor& noise, const StepHooks& hooks);

// The windows side by side, each beginning with the last frame of the one before, which it overwrites as published:
// [N, 3, F, H, W] -> [1, 3, N*(F-1)+1, H, W].
Tensor stitchWindows(const Tensor& windows);

// The image model of stage C: lowRes [1, 3, h, w] -> [1, 3, height, width]. noising: image_noising_scheduler.
Result<Tensor> upscaleFirstFrame(Denoise job, const diffusion::NoiseSchedule& noising, const Tensor& lowRes, int height,
                                 int width, const NoiseDraw& draw, const StepHooks& hooks);

inline constexpr std::int64_t kSuperresWindow = 8; // frames; windows share one

// Stage C on one window: lowRes [1, 3, F, h, w] -> [1, 3, F, height, width]; firstFrame [1, 3, 1, height, width]
// replaces the condition of frame 0 after noising, undefined: none.
Result<Tensor> upscaleWindow(Denoise job, const diffusion::NoiseSchedule& noising, const Tensor& lowRes,
                             const Tensor& firstFrame, int height, int width, const NoiseDraw& draw, const StepHooks& hooks);

// Stage D: frames of the final size -> [1, 3, F, H, W] f32. The sampler's start() follows from strength: see startOf.
Result<Tensor> translate(const Denoise& job, const nn::Vae& vae, const Tensor& video, const NoiseDraw& draw, const StepHooks& hooks);

// Its two halves. Frames -> scaled latents [F, C, h, w], drawn from their posterior; those -> pictures.
Result<Tensor> encodeFrames(const nn::Vae& vae, const Tensor& video, const NoiseDraw& draw, const std::stop_token& stop);
Result<Tensor> translateLatents(const Denoise& job, const nn::Vae& vae, Tensor latents, const NoiseDraw& draw, const StepHooks& hooks);

// First step of an image-to-image run: int(steps * strength) steps are left (show1.md 1.7).
std::size_t startOf(std::size_t steps, double strength);

// Frame by frame, as VAE slicing does: latents [F, C, h, w] (unscaled) -> pictures [F, 3, H, W].
Result<Tensor> decodeFrames(const nn::Vae& vae, const Tensor& latents, const std::stop_token& stop);

} // namespace s1::cascade
