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
    int crop = 0; // above 0: a square of so many pixels that holds the object of the first frame
    bool plain = false; // over one colour, every other one white over black: what differs is what, where and which way
    bool turning = false; // every other clip's way turns round: what frames must agree on most is learned last
    // Pixels of the key frames' 40x64 that one of these stands for.
    double detail() const { return 40.0 * 64 / (height * width); }
};

// times: of the frames, 0…1, for example number i of the batch.
ClipBatch drawClips(std::uint64_t seed, std::int64_t firstIndex, int count, const ClipShape& shape,
                    const std::function<double(std::int64_t example, int frame)>& time);

// Windows of larger renders: the picture at (height, width), cut to crop at a place that is a multiple of align; every
// second one is cut around the object. perScene windows share a scene (its backdrop costs more than a frame of it).
struct CropShape {
    int height = 160, width = 256, crop = 64, align = 4, perScene = 1;
    int coarseHeight = 0, coarseWidth = 0; // 0: no coarse windows
};
struct CropBatch {
    at::Tensor sharp;  // [B, 3, F, crop, crop] in -1…1
    at::Tensor coarse; // the same windows of the coarse render, enlarged as super-resolution enlarges it
    std::vector<std::string> captions;
};
CropBatch drawCrops(std::uint64_t seed, std::int64_t firstIndex, int count, int frames, const CropShape& shape,
                    const std::function<double(std::int64_t example, int frame)>& time);

at::Tensor encodeCaptions(const text::TextEncoder& encoder, const std::vector<std::string>& captions); // [B, 77, D]

} // namespace s1::train
