#pragma once

#include "nn/unet.h"
#include "nn/vae.h"

// Starting values with which a small network hands colours through untouched from its first step on. Its norms take mean and
// contrast from everything they see, and to learn the copy itself takes it an hour; so it learns only what is missing.
//
// The first channels of every layer on the way carry c, -c and two large constants. The constants rule the statistics of the
// last norm, whose scale undoes them, and silu(c) - silu(-c) = c. Needs one norm group and widths of at least 2*colours+2.
namespace s1::train {

// For a network that predicts x0: returns its input channels first…first+out (values in -1…1), to within a few hundredths,
// whatever the noise, so that a conditioned stage begins as plain enlarging or blending. Level 0 must have no attention.
void startFromCondition(nn::UNet& network, std::int64_t first);

// Each latent begins as the mean colour of its pixels, and each pixel as the colour of its latent, to within a tenth or two:
// the other channels, drawn at random, take part in the norms.
void startFromMeans(nn::Vae& network);

} // namespace s1::train
