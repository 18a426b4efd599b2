#pragma once

#include "base/result.h"

#include <ATen/core/Tensor.h>
#include <nlohmann/json.hpp>

#include <limits>
#include <string>
#include <vector>

namespace s1::diffusion {

using at::Tensor;

enum class Prediction { Epsilon, Sample, Velocity };
enum class Variance { FixedSmall, FixedLarge, LearnedRange, None };
enum class Spacing { Linspace, Leading, Trailing };

// scheduler_config.json of the classes DPMSolverMultistepScheduler, DDPMScheduler, DDIMScheduler and PNDMScheduler
// (read as DDIM, show1.md 9.5). Unknown keys are ignored as the original does; unknown values are Unsupported.
struct SchedulerConfig {
    std::string className;
    std::string betaSchedule = "linear"; // linear, scaled_linear, squaredcos_cap_v2
    double betaStart = 0.0001, betaEnd = 0.02;
    std::vector<double> trainedBetas; // replaces the schedule when not empty
    bool rescaleZeroSnr = false;      // betas rescaled to zero terminal SNR
    std::int64_t trainTimesteps = 1000;
    Prediction prediction = Prediction::Epsilon;
    Variance variance = Variance::FixedSmall;
    Spacing spacing = Spacing::Linspace;
    std::int64_t stepsOffset = 0;
    bool setAlphaToOne = true;
    bool clipSample = false;
    double clipRange = 1.0;
    bool thresholding = false;
    double thresholdRatio = 0.995, thresholdMax = 1.0;
    double lambdaMinClipped = -std::numeric_limits<double>::infinity();
    bool lowerOrderFinal = true;
    std::int64_t solverOrder = 2;
    bool heun = false;           // solver_type; else midpoint
    bool finalSigmaZero = false; // final_sigmas_type "zero": the last step gives the clean estimate itself

    static Result<SchedulerConfig> fromJson(const nlohmann::json& json, const std::string& file);
};

// Tables over the training timesteps, f32 as the original computes them (show1.md 5.2).
struct NoiseSchedule {
    explicit NoiseSchedule(const SchedulerConfig& config);

    Tensor betas, alphasCumprod; // [T]
    Tensor alpha, sigma, lambda; // sqrt(acp), sqrt(1-acp), ln(alpha)-ln(sigma)

    float acp(std::int64_t t) const;
};

// x_t = sqrt(acp[t]) x0 + sqrt(1-acp[t]) z, with acp cast to x0's dtype first (show1.md 5.4). t [N] or [1].
Tensor addNoise(const NoiseSchedule& schedule, const Tensor& x0, const Tensor& z, const Tensor& t);

// Per row of m [N, ...]: s = quantile(|m|, ratio) clamped to 1…max; m clamped to ±s and divided by s (Imagen).
Tensor dynamicThreshold(const Tensor& m, double ratio, double max);

// What the network should have said, and the clean estimate its answer stands for. alpha, sigma broadcast over x.
Tensor predictionTarget(Prediction kind, const Tensor& x0, const Tensor& z, const Tensor& alpha, const Tensor& sigma);
Tensor cleanEstimate(Prediction kind, const Tensor& output, const Tensor& x, const Tensor& alpha, const Tensor& sigma);

// Weight of the mean squared error at each t (min-SNR, arXiv 2303.09556), in the form of the prediction. [T]
Tensor minSnrWeights(const NoiseSchedule& schedule, Prediction kind, double gamma);

} // namespace s1::diffusion
