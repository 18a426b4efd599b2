#include "cascade/motion.h"

#include "base/files.h"
#include "weights/load.h"
#include "weights/value_scan.h"

#include <fmt/format.h>

#include <cmath>

namespace s1::cascade {

Result<MotionWeights> readMotion(const std::filesystem::path& path) {
    constexpr std::string_view kFormat = "show1.motion/";
    constexpr int kVersion = 1;
    S1_TRY(const auto file, weights::openSafetensors(path));
    if (const auto it = file->metadata().find("format"); it != file->metadata().end()) {
        if (!it->second.starts_with(kFormat))
            return Error{ErrorCode::InvalidArgument, fmt::format("{} is not a motion but \"{}\"; choose another file", path.string(), it->second.substr(0, 100)),
                         path.string()};
        if (it->second.substr(kFormat.size()) != std::to_string(kVersion))
            return Error{ErrorCode::Unsupported,
                         fmt::format("{} was saved by another version of Show-1 Studio ({}; this one reads {}{}); update the program", path.string(),
                                     it->second.substr(0, 100), kFormat, kVersion),
                         path.string()};
    }
    MotionWeights motion;
    S1_TRY(motion.tuned, weights::readAll(*file));
    if (const auto it = file->metadata().find("base"); it != file->metadata().end())
        motion.base = it->second;
    return motion;
}

namespace {

void addToBase(std::string& bytes, const std::string& name, const at::Tensor& value) {
    const at::Tensor half = value.detach().cpu().to(at::kFloat).to(at::kHalf).contiguous();
    bytes += name;
    bytes.append(static_cast<const char*>(half.const_data_ptr()), half.nbytes());
}

// As the file has them: the network may hold them rounded.
Result<std::string> motionBase(const std::filesystem::path& unet, const weights::TensorMap& tuned) {
    S1_TRY(const auto file, weights::openComponentWeights(unet));
    std::string bytes;
    for (const auto& [name, tensor] : tuned)
        if (file->tensors().contains(name)) {
            S1_TRY(const at::Tensor value, file->read(name));
            addToBase(bytes, name, value);
        }
    return sha256(bytes);
}

} // namespace

std::string motionBase(const nn::UNet& base, const weights::TensorMap& tuned) {
    const auto parameters = base.named_parameters();
    std::string bytes;
    for (const auto& [name, tensor] : tuned)
        if (const at::Tensor* parameter = parameters.find(name))
            addToBase(bytes, name, weights::valueOf(*parameter));
    return sha256(bytes);
}

Result<std::shared_ptr<nn::UNet>> networkWithMotion(ModelSet& models, const std::optional<MotionWeights>& motion, std::uint64_t activations) {
    if (!motion || motion->strength == 0)
        return models.unet(Part::Base, activations);
    S1_TRY(const auto folder, models.folderOf(Part::Base));
    S1_TRY(const auto network, models.ownUNet(Part::Base, activations)); // the base stays as it is
    if (!std::isfinite(motion->strength))
        return Error{ErrorCode::InvalidArgument, fmt::format("a strength of {} is no number; choose one from 0 to 2", motion->strength), "strength"};
    const auto another = [](const std::string& what, const std::string& name) {
        return Error{ErrorCode::InvalidArgument, fmt::format("the motion was learned on another model ({}); learn it again with this one", what), name};
    };
    if (!motion->base.empty()) {
        S1_TRY(const std::string base, motionBase(folder / "unet", motion->tuned));
        if (motion->base != base)
            return another("its weights differ", "motion");
    }
    auto parameters = network->named_parameters();
    for (const auto& [name, tuned] : motion->tuned) {
        if (const auto scan = weights::scanValues(tuned); scan.notFinite > 0)
            return Error{ErrorCode::Corrupt,
                         fmt::format("the motion's tensor {} holds {} values that are NaN or infinite; learn it again", name, scan.notFinite), name};
        at::Tensor* parameter = parameters.find(name);
        if (!parameter || parameter->sizes() != tuned.sizes())
            return another(name + " does not fit", name);
        const at::Tensor base = weights::valueOf(*parameter);
        weights::setParameter(*parameter, base + motion->strength * (tuned.to(base.device(), at::kFloat) - base));
    }
    return network;
}

} // namespace s1::cascade
