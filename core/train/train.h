#pragma once

#include "base/result.h"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace s1::train {

struct TrainOptions {
    std::string stage; // text, images, keyframes, interpolation, superres, vae, translation, latent-keyframes
    double minutes = 0; // one of minutes and steps is the run's length
    std::int64_t steps = 0;
    std::uint64_t seed = 1;
    int threads = 0; // 0: all cores; the batch is cut into as many shards, so they are part of what a run computes
    std::filesystem::path root;   // -o: the model folder; checkpoints under root/checkpoints
    std::filesystem::path init;   // model folder to start from; empty: root, but text begins anew
    std::filesystem::path resume; // folder with a checkpoint of this stage; empty: start afresh
    std::vector<std::string> only; // parts of parameters' names: what is named so learns, all else stays; empty: all learns
    std::string device = "cpu"; // where the network is (nn/device.h); what it is shown is always made by the processor
    int batchTimes = 1;         // each step shows so many times the samples of the recipe: for a GPU, which a small batch leaves idle
    bool bf16 = false; // linear layers and convolutions multiply in bf16 (nn/precision.h); weights and all else are f32
    bool wholeRange = false; // translation: all noise levels, without expert tuning; for comparison
};

struct TrainProgress {
    std::int64_t step = 0;
    double loss = 0; // mean of the last steps
    double samplesPerSecond = 0;
    double gflops = 0; // GFLOP/s: three times the forward's (nn/work.h), as where all layers learn
    double secondsLeft = 0;
    std::string note;
};

// Warm-up, cosine decay to 5 %, the batch cut into one shard a thread of each process (processes.h),
// a checkpoint every five minutes, at a stop request and at the end; then the export.
Result<void> train(const TrainOptions& options, const std::function<void(const TrainProgress&)>& report, std::stop_token stop);

} // namespace s1::train
