#pragma once

#include "train/gradient.h"
#include "train/optimizer.h"
#include "train/train.h"

#include <memory>

namespace s1::train {

// What a step's shard costs; for one call, by the thread that takes the gradient.
using StepLoss = std::function<Cost()>;

// One stage to train: what is optimised, the loss of a step, and how the result is written. Losses depend on the step
// number and the shard alone (data is made from them), so a resumed run sees the data it would have seen.
class TrainingTask {
public:
    virtual ~TrainingTask() = default;
    virtual NamedParameters parameters() const = 0;
    virtual OptimizerOptions options() const = 0;
    virtual bool isSlow(const std::string&) const { return false; } // spatial layers during clip training
    virtual double slowRate() const { return 0.5; }                  // their share of the rate
    virtual int batch(std::int64_t step, double progress) const = 0; // samples of a step
    // Makes what a step shows; the loss that comes back puts it to the network. progress: share of the run that is done, 0…1.
    // Called by one thread a shard, at the same time, and for steps to come beside the loss of this one.
    virtual StepLoss prepare(std::int64_t step, double progress, const Shard& shard) = 0;
    virtual std::string note() const { return {}; } // one figure more for the log line
    virtual Result<void> write(const std::filesystem::path& root, const weights::TensorMap& averaged, const std::string& recipe) = 0;
};

Result<std::unique_ptr<TrainingTask>> makeTask(const TrainOptions& options);

} // namespace s1::train
