#pragma once

#include "media/clip.h"
#include "slice/slice.h"

#include <optional>

// How like two clips of one size and length are.
namespace s1::probe {

// Peak signal to noise, dB, over the frames whose number is no multiple of skip; over all where skip is 0. Infinite for equal ones.
double psnr(const Clip& clip, const Clip& truth, int skip = 0);

// Mean distance between where the judge finds the thing in both, pixels of a 64x40 picture; nothing where it never does.
std::optional<double> pathError(const Clip& clip, const Clip& truth);

// What is said of a clip beside its truth.
struct Likeness {
    double psnr = 0; // dB
    SliceNumbers slice;
    std::optional<double> pathError; // pixels of a 64x40 picture
};
Likeness likeness(const Clip& clip, const Clip& truth, int skip = 0);

// What needs no network: frames between two of few, as their blend; frames such that those of few are every n-th.
Clip blended(const Clip& few, int frames);

} // namespace s1::probe
