#pragma once

#include "base/result.h"
#include "plan/plan.h"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

// Measures one piece of each network's work at its plan's size. A command runs it, no test does: times are this
// machine's, of this moment.
namespace s1::bench {

struct Figure {
    std::string part;         // "show-1-base", "show-1-base text", …
    std::string work;         // what was timed: "8 frames 64x40, both guidance halves"
    double loadSeconds = 0;
    double seconds = 0;       // the fastest
    double gflop = 0;         // counted (nn/work.h)
    double weightsGiB = 0;    // as kept in memory
    int threads = 0;
    double peakGiB = 0;       // the process's largest resident size from loading to the end
};

struct Settings {
    std::filesystem::path model; // a folder
    Preset preset = Preset::Paper;
    std::string dtype = "auto";
    double maxRamGiB = 0;
    int threads = 0;  // 0: as LibTorch chooses
    int repeats = 1;  // of each step
    std::string only; // a part's name; empty: all
};

// A classifier-free-guided step of each UNet the set has, the text encoders, the autoencoder there and back on one
// frame. Cancelled between steps. A refusal to fit in memory is that part's error and ends the run.
// NotFound when only names no part.
Result<void> run(const Settings& settings, const std::function<void(const Figure&)>& onFigure, const std::stop_token& stop);

} // namespace s1::bench
