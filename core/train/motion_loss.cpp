#include "train/motion_loss.h"

#include <algorithm>

namespace s1::train {

namespace {

template <typename Predicate>
NamedParameters select(const nn::UNet& network, Predicate wanted) {
    NamedParameters chosen;
    for (const auto& item : network.named_parameters())
        if (wanted(item.key()))
            chosen.emplace_back(item.key(), item.value());
    std::sort(chosen.begin(), chosen.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    return chosen;
}

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

bool isTemporal(const std::string& name) {
    return contains(name, "temp_attentions") || contains(name, "temp_convs") || contains(name, "transformer_in");
}

} // namespace

at::Tensor motionLoss(const at::Tensor& prediction, const at::Tensor& noise) {
    const auto difference = [](const at::Tensor& video) {
        const auto frames = video.size(2);
        return (video.narrow(2, 1, frames - 1) - video.narrow(2, 0, frames - 1)).abs();
    };
    return 1 - at::cosine_similarity(difference(prediction), difference(noise), 2).mean();
}

NamedParameters temporalQueryKeyValue(const nn::UNet& network) {
    return select(network, [](const std::string& name) {
        return contains(name, "temp_attentions") && (contains(name, ".to_q.") || contains(name, ".to_k.") || contains(name, ".to_v."));
    });
}

NamedParameters temporalParameters(const nn::UNet& network) { return select(network, isTemporal); }

NamedParameters frameParameters(const nn::UNet& network) {
    return select(network, [](const std::string& name) {
        return isTemporal(name) || contains(name, "frame_embedding") || contains(name, "place_embedding");
    });
}

void trainOnly(nn::UNet& network, const NamedParameters& trained) {
    for (auto& parameter : network.parameters())
        parameter.set_requires_grad(false);
    for (const auto& [name, parameter] : trained) {
        at::Tensor handle = parameter;
        handle.set_requires_grad(true);
    }
}

} // namespace s1::train
