#pragma once

#include "media/clip.h"

namespace s1 {

// The X-T slice: what passes under one line of the picture, time downwards. Moving edges are slanted streaks, flicker
// is a horizontal band, jitter a saw, noise speckle (motion-and-quality.md 2.3).

// Ends as shares of width and height, 0…1: the same line fits the clip of every stage.
struct SliceLine {
    double x0 = 0, y0 = 0.5, x1 = 1, y1 = 0.5;

    bool operator==(const SliceLine&) const = default;
};

SliceLine rowLine(const Clip& clip, int y);    // through the middle of pixel row y: exact copies of its pixels
SliceLine columnLine(const Clip& clip, int x);

// One sample per pixel of the line's length (bilinear), rowsPerFrame rows a frame. Empty clip: an empty frame.
Frame sliceOf(const Clip& clip, const SliceLine& line, int rowsPerFrame = 1);

// S(t, x): linear-light luma 0…1 of the slice. A slice without change has coherence 1 and zeros.
struct SliceNumbers {
    // sum |grad S|^2 ((l1-l2)/(l1+l2))^2 / sum |grad S|^2, l1 >= l2 the eigenvalues of the structure tensor
    // J = G_1.5 * (grad S grad S^T): 1 is clean streaks, noise is low.
    double coherence = 1;
    // mean |S(t+1) - S(t)|: how much brightness jumps from frame to frame.
    double flicker = 0;
    // sum over f > fs/4 of |S^(f)|^2 / sum over f > 0, columns together, Hann window, mean removed: share of fast change.
    double highFrequency = 0;
    // mean |S(t+1) - 2 S(t) + S(t-1)| / (mean |S(t+1) - S(t-1)| + 1e-4): jerks against motion.
    double roughness = 0;
    // What the two are shares of: |S^(f)|^2 over f > 0, and mean |S(t+1) - S(t-1)|.
    double power = 0, change = 0;
};

SliceNumbers measureSlice(const Frame& slice); // one row a frame

} // namespace s1
