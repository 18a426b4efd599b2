#include "nn/initialize.h"

#include <cmath>

namespace s1::nn {

namespace {

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

bool startsAtZero(const std::string& name) {
    if (contains(name, "place_embedding.proj"))
        return true;
    return contains(name, "temp_convs") ? contains(name, ".conv4.3.")
                                        : (contains(name, "temp_attentions") || name.starts_with("transformer_in")) && contains(name, ".proj_out.");
}

} // namespace

void initialize(torch::nn::Module& module, at::Generator generator) {
    torch::NoGradGuard noGrad;
    for (const auto& item : module.named_parameters()) {
        const std::string& name = item.key();
        Tensor parameter = item.value();
        const bool outputLayer = name == "conv_out.weight"; // a UNet's; the autoencoder's has a prefix
        if (startsAtZero(name) || outputLayer) {
            parameter.zero_();
        } else if (parameter.dim() == 1) {
            parameter.fill_(name.ends_with(".bias") ? 0.0 : 1.0);
        } else if (contains(name, "shared.") || contains(name, "embedding.weight") || contains(name, "positional_embedding")) {
            parameter.normal_(0, 0.5, generator);
        } else if (contains(name, "relative_attention_bias")) {
            parameter.normal_(0, 0.1, generator);
        } else {
            const double fanIn = static_cast<double>(parameter.numel() / parameter.size(0));
            // T5 has no attention scale: its queries carry it in their start.
            const double bound = contains(name, "SelfAttention.q.") ? 1 / fanIn : 1 / std::sqrt(fanIn);
            parameter.uniform_(-bound, bound, generator);
        }
    }
}

} // namespace s1::nn
