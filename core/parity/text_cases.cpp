#include "parity/case.h"

#include "base/json.h"
#include "text/prompt_cleaning.h"
#include "text/text_encoder.h"

#include <fmt/format.h>

namespace s1::parity {

namespace {

TensorMap stack(const std::vector<text::TokenIds>& rows) {
    std::vector<Tensor> ids, masks;
    for (const auto& row : rows) {
        ids.push_back(at::tensor(row.ids, at::kLong));
        masks.push_back(at::tensor(row.mask, at::kLong));
    }
    return {{"input_ids", at::stack(ids)}, {"attention_mask", at::stack(masks)}};
}

Result<TensorMap> t5Tokenizer(const Case& c) {
    S1_TRY(const auto tokenizer, text::T5Tokenizer::create(c.modelFolder));
    std::vector<std::string> wanted;
    if (std::filesystem::exists(c.folder / "prepared.json")) {
        S1_TRY(const auto json, readJson(c.folder / "prepared.json"));
        wanted = json.get<std::vector<std::string>>();
    }
    std::vector<text::TokenIds> rows;
    for (const auto& prompt : c.params.at("prompts")) {
        const std::string prepared = text::prepareT5Prompt(prompt.get<std::string>(), c.params.at("clean_caption").get<bool>());
        if (rows.size() < wanted.size() && prepared != wanted[rows.size()])
            return Error{ErrorCode::Internal, fmt::format("prompt {} is prepared as \"{}\", the original gives \"{}\"", rows.size(), prepared, wanted[rows.size()]), c.name};
        rows.push_back(tokenizer.encode(prepared, c.params.value("max_length", 77)));
    }
    return stack(rows);
}

Result<TensorMap> clipTokenizer(const Case& c) {
    std::optional<std::string> pad;
    if (c.params.contains("pad_token"))
        pad = c.params.at("pad_token").get<std::string>();
    S1_TRY(const auto tokenizer, text::ClipTokenizer::create(c.modelFolder, pad));
    std::vector<text::TokenIds> rows;
    for (const auto& prompt : c.params.at("prompts"))
        rows.push_back(tokenizer.encode(prompt.get<std::string>(), c.params.value("max_length", 77)));
    return stack(rows);
}

Result<TensorMap> t5(const Case& c) {
    torch::NoGradGuard noGrad;
    S1_TRY(const auto network, text::loadT5(c.modelFolder, c.memory));
    return TensorMap{{"output", network->forward(c.input("input_ids"), c.input("attention_mask"))}};
}

Result<TensorMap> clip(const Case& c) {
    torch::NoGradGuard noGrad;
    S1_TRY(const auto network, text::loadClip(c.modelFolder, c.memory));
    return TensorMap{{"output", network->forward(c.input("input_ids"))}};
}

} // namespace

std::vector<RunnerEntry> textRunners() {
    return {{"text.t5_tokenizer", t5Tokenizer}, {"text.clip_tokenizer", clipTokenizer}, {"text.t5", t5}, {"text.clip", clip}};
}

} // namespace s1::parity
