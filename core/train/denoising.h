#pragma once

#include "diffusion/schedule.h"
#include "nn/unet.h"
#include "train/gradient.h"

namespace s1::train {

enum class Times { Even, Early, Late, Upper, Last }; // how the noise levels of a step are spread; Upper: over the upper half, Last: over the last sixth

// What one step denoises and what it is told.
struct Sample {
    at::Tensor clean;      // [B, C, F, H, W]
    at::Tensor condition;  // extra input channels, or undefined
    at::Tensor text;       // [B, 77, D]
    at::Tensor labels;     // [B] noise levels, or undefined
    at::Tensor firstFrame; // [B] the first frame's place in its clip, 0 if undefined
    at::Tensor weight;     // [B, 1, F or 1, H, W] of each pixel's loss, or undefined
    at::Tensor flickerWeight; // [B, 1, 1, H, W] of what an error that changes costs, or undefined
    std::int64_t tMax = 1000;
    Times times = Times::Even;
    double detail = 1;   // pixels of the stage's picture that one of these stands for
    double movement = 0; // what an error of movement costs besides
    double flicker = 0;  // what an error that changes from frame to frame costs besides
    bool sharedNoise = false; // all frames of a clip begin as one noise
    bool levelled = false; // levels where little is left to guess count more than by their error
};

// Normal numbers, for all frames of a clip the same where shared.
at::Tensor noiseLike(const at::Tensor& clips, bool shared, at::Generator& generator); // clips [B, C, F, H, W]

at::Generator stepGenerator(std::uint64_t seed, std::int64_t step, const Shard& shard); // noise and times of a step

// [count] of 0…tMax-1, count samples in each shard: one from each of equal parts of the range over all shards, which has
// less variance than independent ones. Which sample gets which part turns from step to step, for a sample's place in the
// batch also says how it is cut or conditioned.
at::Tensor noiseTimes(std::uint64_t seed, std::int64_t step, const Shard& shard, std::int64_t count, std::int64_t tMax, at::Generator& generator);

// alpha and sigma of the times, each [B, 1, 1, 1, 1]. A picture shrunk by averaging has less noise by its pixels' number:
// detail says of how many, so that at one time as much is seen of it as of the whole one.
struct Noise {
    at::Tensor alpha, sigma;
};
Noise noiseAt(const diffusion::NoiseSchedule& schedule, const at::Tensor& times, double detail);

// What an error [B, C, F, H, W] of the answers at times [B] costs, as the sample says; sigma is that of the times.
at::Tensor lossOf(const at::Tensor& error, const Sample& sample, const at::Tensor& times, const at::Tensor& sigma);

// A sample and the noise it is shown under: all that a step's loss needs beside the network.
struct NoisySample {
    Sample sample;
    at::Tensor times;        // [B]
    at::Tensor noise;        // as clean
    at::Tensor alpha, sigma; // of the times
};

// Noise of the generator at noiseTimes spread as the sample wants.
NoisySample underNoise(const diffusion::NoiseSchedule& schedule, Sample sample, const at::Tensor& times, at::Generator& generator);

std::vector<at::Tensor*> tensorsOf(NoisySample& shown); // always as many, undefined ones among them

// In memory that a GPU fetches from while the processor goes on, where device is one; and there.
NoisySample pinned(NoisySample shown, at::Device device);
NoisySample onDevice(NoisySample shown, at::Device device);

// What the network's answers are off by.
at::Tensor denoisingLoss(const nn::UNet& network, diffusion::Prediction prediction, const NoisySample& shown);

} // namespace s1::train
