#include "train/diffusion_task.h"
#include "train/text_task.h"
#include "train/vae_task.h"

#include <fmt/format.h>

namespace s1::train {

Result<std::unique_ptr<TrainingTask>> makeTask(const TrainOptions& options) {
    const auto& stage = options.stage;
    if (!options.only.empty() && (stage == "text" || stage == "vae"))
        return Error{ErrorCode::InvalidArgument, fmt::format("all of {} learns; leave --only out", stage), "only"};
    const bool onProcessor = options.device == "cpu" || options.device == "auto";
    if ((!onProcessor || options.batchTimes > 1) && (stage == "text" || stage == "vae"))
        return Error{ErrorCode::Unsupported, fmt::format("{} is trained by the processor, in its own batches; leave --{} out", stage, onProcessor ? "batch-times" : "device"), "device"};
    if (options.wholeRange && stage != "translation")
        return Error{ErrorCode::InvalidArgument, fmt::format("{} sees all noise levels; leave --whole-range out", stage), "whole-range"};
    if (stage == "text")
        return makeTextTask(options);
    if (stage == "vae")
        return makeVaeTask(options);
    for (const auto& [name, network] : std::initializer_list<std::pair<const char*, ToylandNetwork>>{
             {"images", ToylandNetwork::Images}, {"keyframes", ToylandNetwork::Keyframes},
             {"interpolation", ToylandNetwork::Interpolation}, {"superres", ToylandNetwork::Superres},
             {"translation", ToylandNetwork::Translation}, {"latent-keyframes", ToylandNetwork::LatentKeyframes}})
        if (stage == name)
            return makeDiffusionTask(options, network);
    return Error{ErrorCode::InvalidArgument,
                 fmt::format("stage {} is unknown; known are text, images, keyframes, interpolation, superres, vae, translation; and latent-keyframes for comparison", stage), "stage"};
}

} // namespace s1::train
