#pragma once

#include "engine/engine.h"
#include "engine/timings.h"

#include <stop_token>

namespace s1::cascade {
class ModelSet;
}

namespace s1 {

// What a job of the engine thread works with.
struct JobContext {
    Timings& timings;
    std::filesystem::path cacheFolder;
    double checkpointSeconds = 2;
    std::string rounding; // what else decides on the last bits: the type weights are rounded to, the device
    std::function<Result<cascade::ModelSet*>(const std::string& model)> models; // open, kept between jobs
    std::function<void(JobEvent)> emit;
    std::stop_token stop;
};

// Each emits its own progress and says how it ended: an empty result is success, whose event it has emitted.
Result<void> runGenerate(const GenerateRequest& request, const JobContext& context);
Result<void> runMotionLearn(const MotionLearnRequest& request, const JobContext& context);

} // namespace s1
