#include "train/text_task.h"

#include "cascade/model_set.h"
#include "nn/initialize.h"
#include "text/t5_encoder.h"
#include "text/text_encoder.h"
#include "toyland/random.h"
#include "train/diffusion_task.h"
#include "train/text_readers.h"
#include "train/toyland_files.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <fmt/format.h>

#include <functional>

namespace s1::train {

namespace fs = std::filesystem;

using at::Tensor;

namespace {

constexpr int kBatch = 128;

template <typename Value>
void change(std::optional<Value>& said, int count, toyland::Random& random) {
    const Value other = toyland::another(*said, count, random.below(count - 1));
    said = random.chance(0.25) ? std::nullopt : std::optional(other);
}

// The same but for one of its parts, which is another or not said at all.
toyland::Expectation otherwise(toyland::Expectation said, toyland::Random random) {
    std::vector<std::function<void()>> changes;
    const auto add = [&](auto& part, int count) {
        if (part)
            changes.emplace_back([&, count] { change(part, count, random); });
    };
    add(said.object, toyland::kCoreObjects);
    add(said.color, toyland::kCoreColors);
    add(said.motion, toyland::kCoreMotions);
    add(said.background, toyland::kCoreBackgroundKinds);
    add(said.backgroundColor, toyland::kCoreColors);
    if (!changes.empty())
        changes[static_cast<std::size_t>(random.below(static_cast<int>(changes.size())))]();
    return said;
}

class WordingTask final : public TrainingTask {
public:
    WordingTask(std::uint64_t seed, text::T5Tokenizer tokenizer, const text::T5Config& config, text::TextEncoder before, TextReaders readers)
        : m_seed(seed), m_tokenizer(std::move(tokenizer)), m_encoder(std::make_shared<text::T5Encoder>(config)), m_before(std::move(before)), m_readers(std::move(readers)) {
        nn::initialize(*m_encoder, at::make_generator<at::CPUGeneratorImpl>(seed));
    }

    NamedParameters parameters() const override {
        NamedParameters all;
        for (const auto& item : m_encoder->named_parameters())
            all.emplace_back(item.key(), item.value());
        return all;
    }

    OptimizerOptions options() const override { return {.rate = 3e-3, .emaHalfLifeSteps = 100}; }
    int batch(std::int64_t, double) const override { return kBatch; }

    StepLoss prepare(std::int64_t step, double, const Shard& shard) override {
        const std::int64_t number = step * kBatch + shard.begin(kBatch);
        auto captions = drawCaptions(m_seed, number, shard.size(kBatch));
        std::vector<std::string> plain, other;
        for (std::size_t i = 0; i < captions.size(); ++i) {
            plain.push_back(toyland::plainCaption(captions[i].said));
            other.push_back(toyland::plainCaption(otherwise(captions[i].said, {m_seed + static_cast<std::uint64_t>(number) + i, toyland::Purpose::Caption})));
            if (i % kPlainEvery == 0)
                captions[i].text = plain.back(); // what was understood stays so
        }
        return [this, tokens = tokensOf(m_tokenizer, textsOf(captions)), wanted = encodeCaptions(m_before, plain), other = encodeCaptions(m_before, other),
                generator = stepGenerator(m_seed, step, shard), first = shard.index == 0] {
            return lossOf(tokens, wanted, other, generator, first);
        };
    }

    std::string note() const override { return fmt::format("captions do {:.1f} % of what plain ones do, {:.1f} % of what others do", 100 * m_kept, 100 * m_mistaken); }

    Result<void> write(const fs::path& root, const weights::TensorMap& averaged, const std::string& recipe) override {
        return writeEncoder(root, averaged, m_encoder->config().vocabulary, recipe);
    }

private:
    static constexpr std::size_t kPlainEvery = 8;
    static constexpr double kMistakenWeight = 4; // about half of the loss, once most is right

    Cost lossOf(const TokenBatch& tokens, const Tensor& wanted, const Tensor& other, const at::Generator& generator, bool observed) {
        const auto reading = m_readers.read(m_encoder->forward(tokens.ids, tokens.mask), wanted, other, generator);
        if (observed) {
            follow(m_kept, 1 - reading.distance.item<double>());
            follow(m_mistaken, reading.mistaken.item<double>());
        }
        return reading.distance + kMistakenWeight * reading.mistaken; // the second makes a motion count as much as a colour, which changes answers far more
    }

    // A mean of the last steps.
    static void follow(double& mean, double number) { mean = mean == 0 ? number : 0.98 * mean + 0.02 * number; }

    std::uint64_t m_seed;
    text::T5Tokenizer m_tokenizer;
    std::shared_ptr<text::T5Encoder> m_encoder;
    text::TextEncoder m_before;
    TextReaders m_readers;
    double m_kept = 0, m_mistaken = 0;
};

} // namespace

Result<std::unique_ptr<TrainingTask>> makeWordingTask(const TrainOptions& options) {
    S1_TRY(auto before, text::TextEncoder::load(options.init / "base"));
    TextReaders readers;
    for (const auto network : {ToylandNetwork::Keyframes, ToylandNetwork::Translation}) {
        S1_TRY(const auto unet, cascade::loadUNet(unetFolder(options.init, network)));
        for (auto& parameter : unet->parameters())
            parameter.requires_grad_(false);
        readers.addAllOf(unet);
    }
    const fs::path folder = options.root / "base" / "tokenizer";
    if (options.resume.empty())
        S1_CHECK(trainPieces(folder, options.seed));
    S1_TRY(auto tokenizer, text::T5Tokenizer::create(folder));
    S1_TRY(const auto config, text::T5Config::fromJson(textConfig(static_cast<int>(tokenizer.vocabulary())), "text_encoder/config.json"));
    return std::unique_ptr<TrainingTask>(std::make_unique<WordingTask>(options.seed, std::move(tokenizer), config, std::move(before), std::move(readers)));
}

} // namespace s1::train
