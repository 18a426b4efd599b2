#include "train/text_task.h"

#include "cascade/model_set.h"
#include "nn/initialize.h"
#include "text/t5_encoder.h"
#include "toyland/prompt.h"
#include "train/diffusion_task.h"
#include "train/factor_heads.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <fmt/format.h>

namespace s1::train {

namespace fs = std::filesystem;

using at::Tensor;

namespace {

struct WordingParts {
    std::uint64_t seed;
    fs::path tokenizerFolder;
    text::T5Tokenizer tokenizer;
    std::shared_ptr<text::T5Encoder> encoder; // goes on
    std::shared_ptr<text::TextEncoder> before; // as it was
    std::shared_ptr<nn::UNet> keyframes;       // stays
    diffusion::NoiseSchedule schedule;
};

class WordingTask final : public TrainingTask {
public:
    explicit WordingTask(WordingParts parts) : m_parts(std::move(parts)) {
        m_parts.encoder->train();
        for (auto& parameter : m_parts.encoder->parameters())
            parameter.requires_grad_(true);
        for (auto& parameter : m_parts.keyframes->parameters())
            parameter.requires_grad_(false);
        learnToRead();
    }

    NamedParameters parameters() const override {
        NamedParameters all;
        for (const auto& item : m_parts.encoder->named_parameters())
            all.emplace_back(item.key(), item.value());
        return all;
    }

    OptimizerOptions options() const override { return {.rate = 1e-3, .emaHalfLifeSteps = 40}; }
    int batch(std::int64_t step, double) const override { return isClip(step) ? 8 : 48; }

    StepLoss prepare(std::int64_t step, double progress, const Shard& shard) override {
        auto generator = stepGenerator(m_parts.seed, step, shard);
        const int all = batch(step, progress), count = shard.size(all);
        const auto [clips, firstFrame] = drawKeyframes(m_parts.seed + 6, step * kMostSamples + shard.begin(all), count, shapeOf(step));
        const std::vector<std::string> plain = plainOf(clips.captions), more = captions(step * kMore + shard.begin(kMore), shard.size(kMore));
        // What is where and which way it goes is settled while hardly anything is seen.
        Sample sample{.clean = clips.video, .text = encodeCaptions(*m_parts.before, plain), .firstFrame = firstFrame, .times = step % 2 == 0 ? Times::Upper : Times::Late, .detail = shapeOf(step).detail()};
        const Tensor times = noiseTimes(m_parts.seed, step, shard, count, sample.tMax, generator);
        return [this, shown = underNoise(m_parts.schedule, std::move(sample), times, generator), given = tokens(clips.captions), known = tokens(plain),
                further = tokens(more), factors = factorsOf(more), observed = shard.index == 0 && step % 10 == 0] {
            return lossOf(shown, given, known, observed) + kRead * lossOf(further, factors, observed);
        };
    }

    std::string note() const override { return fmt::format("captions do {:.1f} % of what plain ones do, {:.1f} % read", 100 * m_kept, 100 * m_read); }

    Result<void> write(const fs::path& root, const weights::TensorMap& averaged, const std::string& recipe) override {
        const fs::path folder = root / "base" / "tokenizer";
        std::error_code ec;
        if (!fs::equivalent(folder, m_parts.tokenizerFolder, ec)) {
            fs::create_directories(folder, ec);
            fs::copy(m_parts.tokenizerFolder, folder, fs::copy_options::recursive | fs::copy_options::overwrite_existing, ec);
            if (ec)
                return Error{ErrorCode::Io, fmt::format("{} cannot be written: {}", folder.string(), ec.message()), folder.string()};
        }
        return writeEncoder(root, averaged, m_parts.encoder->config().vocabulary, recipe);
    }

private:
    static constexpr int kMore = 96; // captions of a step that are only read
    static constexpr double kRead = 0.3;

    TokenBatch tokens(const std::vector<std::string>& captions) const { return tokensOf(m_parts.tokenizer, captions); }
    std::vector<std::string> captions(std::int64_t first, int count) const { return drawCaptions(m_parts.seed + 7, first, count); }
    static std::vector<std::string> plainOf(const std::vector<std::string>& captions) {
        std::vector<std::string> all;
        for (const std::string& caption : captions)
            all.push_back(toyland::plainCaption(toyland::parsePrompt(caption)));
        return all;
    }

    // Off the encoder as it was, of plain captions; then they stay.
    void learnToRead() {
        constexpr int kSteps = 400, kBatch = 64;
        m_heads = std::make_shared<FactorHeads>(m_parts.encoder->config().width);
        nn::initialize(*m_heads, at::make_generator<at::CPUGeneratorImpl>(m_parts.seed));
        torch::optim::Adam optimizer(m_heads->parameters(), torch::optim::AdamOptions(5e-3));
        for (int step = 0; step < kSteps; ++step) {
            const auto plain = plainOf(captions(-1 - static_cast<std::int64_t>(kBatch) * (step + 1), kBatch)); // none of those that are shown
            optimizer.zero_grad();
            m_heads->judge(encodeCaptions(*m_parts.before, plain), tokens(plain).mask, factorsOf(plain)).loss.backward();
            optimizer.step();
        }
        for (auto& parameter : m_heads->parameters())
            parameter.requires_grad_(false);
    }

    // Small ones, for it is not pictures that are learned; mostly single ones, for no layer between frames reads the text.
    static bool isClip(std::int64_t step) { return step % 3 == 2; }
    static ClipShape shapeOf(std::int64_t step) { return {.frames = isClip(step) ? kKeyframes : 1, .height = 24, .width = 40}; }

    Tensor answer(const NoisySample& shown, const Tensor& text) const {
        return m_parts.keyframes->forward(shown.alpha * shown.sample.clean + shown.sigma * shown.noise, shown.times, text, {}, shown.sample.firstFrame);
    }

    // The plain captions' encodings stay, token by token; of another the mean of its tokens is to be the plain one's too, for that
    // is what the frame's embedding reads.
    Tensor lossOf(const NoisySample& shown, const TokenBatch& captions, const TokenBatch& plain, bool observed) {
        constexpr double kAnswer = 500, kMean = 1; // an answer differs by hundredths, an encoding by tenths
        const Tensor &before = shown.sample.text, encoded = m_parts.encoder->forward(captions.ids, captions.mask);
        Tensor wanted;
        {
            const torch::NoGradGuard noGrad;
            wanted = answer(shown, before);
        }
        const Tensor given = answer(shown, encoded);
        const Tensor answers = at::mse_loss(given, wanted);
        if (observed)
            observe(answers.item<double>(), shown, wanted);
        return kAnswer * answers + kMean * at::mse_loss(encoded.mean(1), before.mean(1)) + at::mse_loss(m_parts.encoder->forward(plain.ids, plain.mask), before);
    }

    // Many more captions than there is time to draw: those who read the plain ones are to read the same off these.
    Tensor lossOf(const TokenBatch& captions, const Tensor& factors, bool observed) {
        const auto [loss, right] = m_heads->judge(m_parts.encoder->forward(captions.ids, captions.mask), captions.mask, factors);
        if (observed)
            m_read = right;
        return loss;
    }

    void observe(double error, const NoisySample& shown, const Tensor& wanted) {
        const torch::NoGradGuard noGrad;
        const Tensor silent = m_parts.before->encode("").expand_as(shown.sample.text);
        const double kept = 1 - error / at::mse_loss(answer(shown, silent), wanted).item<double>();
        m_kept = m_seen ? 0.9 * m_kept + 0.1 * kept : kept;
        m_seen = true;
    }

    WordingParts m_parts;
    std::shared_ptr<FactorHeads> m_heads;
    double m_kept = 0, m_read = 0; // of the last steps
    bool m_seen = false;
};

} // namespace

Result<std::unique_ptr<TrainingTask>> makeWordingTask(const TrainOptions& options) {
    const fs::path base = options.init / "base", tokenizerFolder = base / "tokenizer";
    S1_TRY(auto tokenizer, text::T5Tokenizer::create(tokenizerFolder));
    S1_TRY(auto encoder, text::loadT5(base / "text_encoder"));
    S1_TRY(auto before, text::TextEncoder::load(base));
    S1_TRY(auto keyframes, cascade::loadUNet(unetFolder(options.init, ToylandNetwork::Keyframes)));
    S1_TRY(const auto scheduler, diffusion::SchedulerConfig::fromJson(schedulerConfig(ToylandNetwork::Keyframes), "scheduler_config.json"));
    return std::unique_ptr<TrainingTask>(std::make_unique<WordingTask>(
        WordingParts{options.seed, tokenizerFolder, std::move(tokenizer), std::move(encoder), std::make_shared<text::TextEncoder>(std::move(before)), std::move(keyframes), diffusion::NoiseSchedule(scheduler)}));
}

} // namespace s1::train
