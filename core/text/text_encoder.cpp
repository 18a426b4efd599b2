#include "text/text_encoder.h"

#include "base/config_reader.h"
#include "text/prompt_cleaning.h"
#include "weights/load.h"

#include <fmt/format.h>

namespace s1::text {

namespace fs = std::filesystem;

Result<std::shared_ptr<T5Encoder>> loadT5(const fs::path& folder, const weights::WeightMemory& memory) {
    return weights::loadNetwork<T5Encoder, T5Config>(folder, memory);
}

Result<std::shared_ptr<ClipEncoder>> loadClip(const fs::path& folder, const weights::WeightMemory& memory) {
    return weights::loadNetwork<ClipEncoder, ClipConfig>(folder, memory);
}

namespace {

// A token without a row in the network's table would be read from beyond it.
Result<void> checkVocabulary(const fs::path& tokenizer, std::int64_t tokens, const fs::path& network, std::int64_t rows) {
    if (tokens <= rows)
        return {};
    return Error{ErrorCode::Corrupt,
                 fmt::format("{} has {} tokens, {} has room for {}; get both from one model", tokenizer.string(), tokens,
                             network.string(), rows),
                 tokenizer.string()};
}

} // namespace

Result<TextEncoder> TextEncoder::load(const fs::path& modelFolder, const weights::WeightMemory& memory) {
    const fs::path networkFolder = modelFolder / "text_encoder", tokenizerFolder = modelFolder / "tokenizer";
    S1_TRY(const nlohmann::json json, weights::readComponentConfig(networkFolder));
    const std::string file = (networkFolder / "config.json").string();
    const ConfigReader reader(json, file);
    bool isT5 = false;
    S1_CHECK(reader.require({"model_type"}));
    S1_CHECK(reader.choice<bool>("model_type", {{"t5", true}, {"clip_text_model", false}}, isT5));
    TextEncoder encoder;
    if (isT5) {
        T5 parts;
        S1_TRY(T5Tokenizer tokenizer, T5Tokenizer::create(tokenizerFolder));
        parts.tokenizer = std::make_shared<T5Tokenizer>(std::move(tokenizer));
        S1_TRY(parts.network, loadT5(networkFolder, memory));
        S1_CHECK(checkVocabulary(tokenizerFolder, parts.tokenizer->vocabulary(), networkFolder, parts.network->config().vocabulary));
        encoder.m_parts = std::move(parts);
    } else {
        Clip parts;
        S1_TRY(ClipTokenizer tokenizer, ClipTokenizer::create(tokenizerFolder));
        parts.tokenizer = std::make_shared<ClipTokenizer>(std::move(tokenizer));
        S1_TRY(parts.network, loadClip(networkFolder, memory));
        S1_CHECK(checkVocabulary(tokenizerFolder, parts.tokenizer->vocabulary(), networkFolder, parts.network->config().vocabulary));
        encoder.m_parts = std::move(parts);
    }
    return encoder;
}

const torch::nn::Module& TextEncoder::network() const {
    if (const auto* t5 = std::get_if<T5>(&m_parts))
        return *t5->network;
    return *std::get<Clip>(m_parts).network;
}

TokenIds TextEncoder::tokens(std::string_view prompt) const {
    if (const auto* t5 = std::get_if<T5>(&m_parts))
        return t5->tokenizer->encode(prepareT5Prompt(prompt, false));
    return std::get<Clip>(m_parts).tokenizer->encode(prompt);
}

at::Tensor TextEncoder::encode(std::string_view prompt) const { return encodeAll({std::string(prompt)}); }

at::Tensor TextEncoder::encodeAll(const std::vector<std::string>& prompts) const {
    std::vector<at::Tensor> ids, masks;
    for (const auto& prompt : prompts) {
        const TokenIds row = tokens(prompt);
        ids.push_back(at::tensor(row.ids, at::kLong));
        masks.push_back(at::tensor(row.mask, at::kLong));
    }
    if (const auto* t5 = std::get_if<T5>(&m_parts))
        return t5->network->forward(at::stack(ids), at::stack(masks));
    return std::get<Clip>(m_parts).network->forward(at::stack(ids));
}

} // namespace s1::text
