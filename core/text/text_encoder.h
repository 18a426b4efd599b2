#pragma once

#include "text/clip_encoder.h"
#include "text/clip_tokenizer.h"
#include "text/t5_encoder.h"
#include "text/t5_tokenizer.h"
#include "weights/weight_memory.h"

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace s1::text {

// Tokenizer and encoder of one model folder: text_encoder/ and tokenizer/, T5 or CLIP by config.json.
class TextEncoder {
public:
    static Result<TextEncoder> load(const std::filesystem::path& modelFolder, const weights::WeightMemory& memory = {});

    // [1, 77, D] f32. T5 gets the prompt in lower case, stripped, as the published driver does.
    at::Tensor encode(std::string_view prompt) const;
    at::Tensor encodeAll(const std::vector<std::string>& prompts) const; // [N, 77, D]
    TokenIds tokens(std::string_view prompt) const;
    const torch::nn::Module& network() const;

private:
    struct T5 {
        std::shared_ptr<T5Tokenizer> tokenizer;
        std::shared_ptr<T5Encoder> network;
    };
    struct Clip {
        std::shared_ptr<ClipTokenizer> tokenizer;
        std::shared_ptr<ClipEncoder> network;
    };
    std::variant<T5, Clip> m_parts;
};

// Networks alone, for parity and training.
Result<std::shared_ptr<T5Encoder>> loadT5(const std::filesystem::path& textEncoderFolder, const weights::WeightMemory& memory = {});
Result<std::shared_ptr<ClipEncoder>> loadClip(const std::filesystem::path& textEncoderFolder, const weights::WeightMemory& memory = {});

} // namespace s1::text
