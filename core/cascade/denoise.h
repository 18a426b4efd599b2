#pragma once

#include "base/result.h"
#include "diffusion/sampler.h"
#include "nn/unet.h"

#include <functional>
#include <stop_token>

namespace s1::cascade {

using at::Tensor;

// The next normal tensor of a stage's stream, f32: a NoiseSource in a run, recorded tensors in a parity case.
using NoiseDraw = std::function<Tensor(at::IntArrayRef shape)>;

NoiseDraw noiseFrom(std::uint64_t seed); // a stage's stream

// Of which the frames of a clip [B, C, F, H, W], or frames [F, C, H, W], have a share of the variance in common, 0…1. What is
// common is drawn first, as one frame; of share 0 only what is each frame's own is drawn, of share 1 nothing else.
NoiseDraw sharedByFrames(NoiseDraw draw, double share);

// A run after some of its steps: all that the rest depends on.
struct StepState {
    int done = 0;    // steps
    Tensor sample;   // noisy, [B, C, F, H, W]
    Tensor memory;   // the sampler's; may be undefined
};

// clean is the x0 estimate of all frames, [B, C, F, H, W]. Called on the thread that computes.
struct StepReport {
    const StepState& state;
    int steps = 0;
    Tensor clean;
};

struct StepHooks {
    std::stop_token stop;
    std::function<void(const StepReport&)> onStep = {}; // may be empty
    std::optional<StepState> resume = {};               // go on from here; noise of the steps before is drawn and dropped
};

// Text of one run: [B, 77, D] each; negative is not read when guidance is off.
struct TextPair {
    Tensor positive, negative;
};

// How the samples of a batch, guidance halves among them, go through the network. They do not see each other there.
// SideBySide: each on threads of its own, faster for small networks (on a GPU: together). InTurn: one after the other, in the memory of one.
// Both round otherwise than one call does.
enum class Batching { Together, SideBySide, InTurn };

struct Denoise {
    const nn::UNet& network;
    diffusion::Sampler& sampler;
    TextPair text;
    double guidance = 1.0;        // <= 1: one forward, no unconditional half
    std::int64_t guidanceFrom = 0; // nor at timesteps below
    Tensor condition = {};        // extra input channels [B, Cc, F, H, W], after the sample's
    std::int64_t classLabel = -1; // noise level for networks that take one
    Tensor firstFrame = {};       // [B] the first frame's place in its clip, unguided runs only; all 0 if undefined
    Batching batching = Batching::Together;
};

// Runs the sampler from its start() to its end: start [B, C, F, H, W] -> the same shape. The network computes where its
// weights are; everything else is the processor's. The unconditional half comes
// first in the batch (show1.md 1.3). Cancelled when stop is requested, checked before every step and between layers.
Result<Tensor> denoise(const Denoise& job, const Tensor& start, const NoiseDraw& draw, const StepHooks& hooks);

} // namespace s1::cascade
