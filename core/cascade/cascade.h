#pragma once

#include "cascade/model_set.h"
#include "cascade/motion.h"
#include "cascade/windows.h"
#include "weights/tensor_file.h"

#include <map>
#include <optional>

namespace s1::cascade {

// Finished stages on disk; the key says everything a result depends on.
class StageStore {
public:
    virtual ~StageStore() = default;
    virtual std::optional<Tensor> find(const std::string& key) const = 0;
    virtual void keep(const std::string& key, const Tensor& video) = 0;
    // A stage that was interrupted, by the same key; gone once the whole is kept.
    virtual std::optional<weights::TensorMap> findPart(const std::string&) const { return std::nullopt; }
    virtual void keepPart(const std::string&, const weights::TensorMap&) {}
};

struct CascadeJob {
    std::string prompt, negative;
    std::uint64_t seed = 0;
    CascadePlan plan;
    std::optional<MotionWeights> motion;
    std::optional<StageId> stopAfter, rerunFrom, startFrom;
    Tensor input;            // with startFrom: takes the place of the result before it, [1, 3, F, H, W] in -1…1
    std::string fingerprint; // of model, motion and input, for the keys of the store
    double secondsBetweenParts = 2; // an interrupted stage loses no more than this
};

struct CascadeHooks {
    std::stop_token stop;
    std::function<void(StageId, int steps)> onStage; // before its first step; steps over all its windows
    // preview builds an x0 estimate of all frames when asked; it is not asked for every step.
    std::function<void(StageId, int step, const std::function<Tensor()>& preview)> onStep;
    std::function<void(StageId, const Tensor& video, bool fromStore)> onResult;
};

// Results by the names of --dump: text.pos, text.neg, keyframes, interpolation, superres.first, superres, translation;
// f32 [1, 3, F, H, W] before any 8-bit rounding. Those that ran (or came from the store).
using CascadeResult = std::map<std::string, Tensor>;

// The published driver (show1.md 1.2) over any plan. Every stage starts its noise from the seed again. With a store, an
// interrupted stage goes on after its last kept step and ends in the same bits as one run.
Result<CascadeResult> runCascade(ModelSet& models, const CascadeJob& job, StageStore* store, const CascadeHooks& hooks);

} // namespace s1::cascade
