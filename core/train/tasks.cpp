#include "nn/device.h"
#include "train/diffusion_task.h"
#include "train/text_task.h"
#include "train/vae_task.h"

#include <fmt/format.h>

namespace s1::train {

Result<std::unique_ptr<TrainingTask>> makeTask(const TrainOptions& options) {
    S1_TRY(const at::Device device, nn::openDevice(options.device)); // refused before anything is read
    const auto& stage = options.stage;
    if (!options.only.empty() && (stage == "text" || stage == "vae"))
        return Error{ErrorCode::InvalidArgument, fmt::format("all of {} learns; leave --only out", stage), "only"};
    if ((!device.is_cpu() || options.batchTimes > 1) && (stage == "text" || stage == "vae")) {
        const char* option = device.is_cpu() ? "batch-times" : "device";
        return Error{ErrorCode::Unsupported, fmt::format("{} is trained by the processor, in its own batches; leave --{} out", stage, option), option};
    }
    if (options.wholeRange && stage != "translation")
        return Error{ErrorCode::InvalidArgument, fmt::format("{} sees all noise levels; leave --whole-range out", stage), "whole-range"};
    if (stage == "text")
        return options.init.empty() ? makeTextTask(options) : makeWordingTask(options);
    if (stage == "vae")
        return makeVaeTask(options);
    for (const auto& [name, network] : std::initializer_list<std::pair<const char*, ToylandNetwork>>{
             {"images", ToylandNetwork::Images}, {"keyframes", ToylandNetwork::Keyframes},
             {"interpolation", ToylandNetwork::Interpolation}, {"superres", ToylandNetwork::Superres},
             {"translation", ToylandNetwork::Translation}, {"latent-keyframes", ToylandNetwork::LatentKeyframes}})
        if (stage == name)
            return makeDiffusionTask(options, network, device);
    return Error{ErrorCode::InvalidArgument,
                 fmt::format("stage {} is unknown; known are text, images, keyframes, interpolation, superres, vae, translation; and latent-keyframes for comparison", stage), "stage"};
}

} // namespace s1::train
