#pragma once

#include "base/result.h"
#include "nn/layers.h"

#include <nlohmann/json.hpp>

namespace s1::text {

struct ClipConfig {
    std::int64_t vocabulary = 49408, width = 1024, feedForward = 4096, layers = 23, heads = 16, positions = 77;
    double eps = 1e-5;
    bool quickGelu = false; // hidden_act "quick_gelu"; else exact GELU

    static Result<ClipConfig> fromJson(const nlohmann::json& json, const std::string& file);
};

// CLIPTextModel: last_hidden_state after the final norm, causal mask only (show1.md 2.2).
class ClipEncoder : public nn::Module {
public:
    explicit ClipEncoder(const ClipConfig& config);
    at::Tensor forward(const at::Tensor& ids) const; // [B, L] int64 -> [B, L, width]
    const ClipConfig& config() const { return m_config; }

private:
    class TextModel;

    ClipConfig m_config;
    std::shared_ptr<TextModel> m_textModel;
};

} // namespace s1::text
