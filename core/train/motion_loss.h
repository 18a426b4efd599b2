#pragma once

#include "nn/unet.h"

#include <string>
#include <utility>
#include <vector>

namespace s1::train {

// The released loss of Video Motion Customization (show1.md 9.3): 1 - mean cosine, along the frames of each channel and
// pixel, between absolute frame differences of prediction and noise. Both [B, C, F, H, W]; F >= 2.
at::Tensor motionLoss(const at::Tensor& prediction, const at::Tensor& noise);

using NamedParameters = std::vector<std::pair<std::string, at::Tensor>>;

// to_q, to_k, to_v of every temporal attention, in name order (show1.md 9.1).
NamedParameters temporalQueryKeyValue(const nn::UNet& network);
// Everything the 3D network has and the 2D one has not: temporal convolutions and attentions.
NamedParameters temporalParameters(const nn::UNet& network);
// These and what says at which frame a thing is where (frame_embedding, place_embedding).
NamedParameters frameParameters(const nn::UNet& network);

// Freezes all but the given parameters.
void trainOnly(nn::UNet& network, const NamedParameters& trained);

} // namespace s1::train
