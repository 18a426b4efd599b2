#include "train/text_task.h"

#include "base/files.h"
#include "diffusion/random.h"
#include "nn/initialize.h"
#include "text/prompt_cleaning.h"
#include "text/t5_encoder.h"
#include "toyland/captions.h"
#include "train/factor_heads.h"
#include "train/toyland_files.h"

#include <ATen/CPUGeneratorImpl.h>

#include <fmt/format.h>
#include <sentencepiece_trainer.h>

namespace s1::train {

namespace fs = std::filesystem;

namespace {

constexpr int kPieces = 1800, kExtraIds = 100, kTrainCaptions = 30000;
constexpr int kBatch = 128;

class TextTask final : public TrainingTask {
public:
    TextTask(std::uint64_t seed, text::T5Tokenizer tokenizer, const text::T5Config& config)
        : m_seed(seed), m_tokenizer(std::move(tokenizer)), m_network(std::make_shared<text::T5Encoder>(config)),
          m_heads(std::make_shared<FactorHeads>(config.width)) {
        auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
        nn::initialize(*m_network, generator);
        nn::initialize(*m_heads, generator);
    }

    NamedParameters parameters() const override {
        NamedParameters all;
        for (const auto& item : m_network->named_parameters())
            all.emplace_back(item.key(), item.value());
        for (const auto& item : m_heads->named_parameters())
            all.emplace_back("heads/" + item.key(), item.value());
        return all;
    }

    OptimizerOptions options() const override { return {.rate = 2e-3, .emaHalfLifeSteps = 20}; }
    int batch(std::int64_t, double) const override { return kBatch; }

    StepLoss prepare(std::int64_t step, double, const Shard& shard) override {
        const auto captions = drawCaptions(m_seed, step * kBatch + shard.begin(kBatch), shard.size(kBatch));
        return [this, first = shard.index == 0, tokens = tokensOf(m_tokenizer, textsOf(captions)), labels = factorsOf(captions)] { return lossOf(tokens, labels, first); };
    }

    std::string note() const override { return fmt::format("all factors right {:.1f} %", 100 * m_right); }

    Result<void> write(const fs::path& root, const weights::TensorMap& averaged, const std::string& recipe) override {
        weights::TensorMap encoder;
        for (const auto& [name, tensor] : averaged)
            if (!name.starts_with("heads/"))
                encoder[name] = tensor;
        return writeEncoder(root, encoder, m_network->config().vocabulary, recipe);
    }

private:
    at::Tensor lossOf(const TokenBatch& tokens, const at::Tensor& labels, bool observed) {
        const auto [loss, right] = m_heads->judge(m_network->forward(tokens.ids, tokens.mask), tokens.mask, labels);
        if (observed)
            m_right = 0.9 * m_right + 0.1 * right;
        return loss;
    }

    std::uint64_t m_seed;
    text::T5Tokenizer m_tokenizer;
    std::shared_ptr<text::T5Encoder> m_network;
    std::shared_ptr<FactorHeads> m_heads;
    double m_right = 0;
};

} // namespace

Result<void> trainPieces(const fs::path& folder, std::uint64_t seed) {
    std::error_code ec;
    fs::create_directories(folder, ec);
    std::string captions;
    for (const auto& caption : drawCaptions(seed, 0, kTrainCaptions))
        captions += text::prepareT5Prompt(caption.text, false) + "\n";
    const fs::path input = folder / "captions.txt";
    S1_CHECK(writeFileAtomically(input, captions));
    const auto status = sentencepiece::SentencePieceTrainer::Train(fmt::format(
        "--input={} --model_prefix={} --vocab_size={} --model_type=unigram --byte_fallback=true --pad_id=0 --eos_id=1 --unk_id=2 --bos_id=-1 "
        "--hard_vocab_limit=false --character_coverage=1.0 --num_threads=1 --minloglevel=2",
        input.string(), (folder / "spiece").string(), kPieces));
    fs::remove(input, ec);
    fs::remove(folder / "spiece.vocab", ec);
    if (!status.ok())
        return Error{ErrorCode::Internal, fmt::format("the tokenizer could not be trained: {}", status.ToString()), "spiece.model"};
    return {};
}

std::vector<toyland::Caption> drawCaptions(std::uint64_t seed, std::int64_t first, int count) {
    std::vector<toyland::Caption> captions;
    for (int i = 0; i < count; ++i) {
        auto example = toyland::drawExample(seed, static_cast<std::uint64_t>(first + i), toyland::Split::Train);
        captions.push_back({std::move(example.prompt), example.said});
    }
    return captions;
}

std::vector<std::string> textsOf(const std::vector<toyland::Caption>& captions) {
    std::vector<std::string> texts;
    for (const auto& caption : captions)
        texts.push_back(caption.text);
    return texts;
}

TokenBatch tokensOf(const text::T5Tokenizer& tokenizer, const std::vector<std::string>& texts) {
    std::vector<at::Tensor> ids, masks;
    for (const std::string& text : texts) {
        const auto row = tokenizer.encode(text::prepareT5Prompt(text, false));
        ids.push_back(at::tensor(row.ids, at::kLong));
        masks.push_back(at::tensor(row.mask, at::kLong));
    }
    return {at::stack(ids), at::stack(masks)};
}

Result<void> writeEncoder(const fs::path& root, const weights::TensorMap& tensors, std::int64_t vocabulary, const std::string& recipe) {
    const fs::path folder = root / "base" / "text_encoder";
    S1_CHECK(writeJson(folder / "config.json", textConfig(static_cast<int>(vocabulary))));
    return weights::writeSafetensors(folder / "model.safetensors", toHalf(tensors), {{"recipe", recipe}});
}

Result<std::unique_ptr<TrainingTask>> makeTextTask(const TrainOptions& options) {
    const fs::path folder = options.root / "base" / "tokenizer";
    if (options.resume.empty())
        S1_CHECK(trainPieces(folder, options.seed));
    S1_TRY(auto tokenizer, text::T5Tokenizer::create(folder));
    S1_TRY(const auto config, text::T5Config::fromJson(textConfig(tokenizer.vocabulary()), "text_encoder/config.json"));
    return std::unique_ptr<TrainingTask>(std::make_unique<TextTask>(options.seed, std::move(tokenizer), config));
}

} // namespace s1::train
