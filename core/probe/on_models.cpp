#include "probe/on_models.h"

#include "base/stop.h"
#include "cascade/model_set.h"
#include "weights/guard.h"

#include <torch/torch.h>

namespace s1::probe {

Result<void> onModels(const std::filesystem::path& folder, const std::stop_token& stop, const std::function<Result<void>(cascade::ModelSet&)>& work) {
    return weights::guarded([&]() -> Result<void> {
        const StopScope scope(stop);
        const torch::NoGradGuard noGrad;
        S1_TRY(auto models, cascade::ModelSet::open(folder));
        models.keepLoaded(true);
        return work(models);
    });
}

} // namespace s1::probe
