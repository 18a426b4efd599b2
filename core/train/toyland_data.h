#pragma once

#include "text/text_encoder.h"
#include "toyland/captions.h"
#include "train/task.h"

#include <functional>

namespace s1::train {

// Batches drawn from the training grammar by number: the same seed and index give the same clips and captions.
struct ClipBatch {
    at::Tensor video;                  // [B, 3, F, H, W] in -1…1
    at::Tensor objects;                // [B, 1, F, H, W]: 1 where the picture is not its empty background
    std::vector<std::string> captions; // "" where dropped for guidance
};

struct ClipShape {
    int frames = 8, height = 40, width = 64;
};

at::Generator stepGenerator(std::uint64_t seed, std::int64_t step, const Shard& shard); // noise and times of a step

// times: of the frames, 0…1, for example number i of the batch.
ClipBatch drawClips(std::uint64_t seed, std::int64_t firstIndex, int count, const ClipShape& shape,
                    const std::function<double(std::int64_t example, int frame)>& time);

// A window of larger renders: the picture at (height, width), cut to crop at a random place that is a multiple of align.
struct CropShape {
    int height = 160, width = 256, crop = 64, align = 4;
};
at::Tensor drawCrops(std::uint64_t seed, std::int64_t firstIndex, int count, int frames, const CropShape& shape,
                     const std::function<double(std::int64_t example, int frame)>& time, std::vector<std::string>* captions = nullptr);

at::Tensor encodeCaptions(const text::TextEncoder& encoder, const std::vector<std::string>& captions); // [B, 77, D]

} // namespace s1::train
