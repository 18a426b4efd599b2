#include "train/vae_task.h"

#include "nn/initialize.h"
#include "nn/vae.h"
#include "train/denoising.h"
#include "train/identity_start.h"
#include "train/toyland_data.h"
#include "train/toyland_files.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <fmt/format.h>

#include <cmath>

namespace s1::train {

namespace {

using at::Tensor;

class VaeTask final : public TrainingTask {
public:
    VaeTask(std::uint64_t seed, std::shared_ptr<nn::Vae> network) : m_seed(seed), m_network(std::move(network)) {}

    NamedParameters parameters() const override {
        NamedParameters all;
        for (const auto& item : m_network->named_parameters())
            all.emplace_back(item.key(), item.value());
        return all;
    }

    OptimizerOptions options() const override { return {.rate = 2e-3, .matrixRate = 0.005, .emaHalfLifeSteps = 60}; }
    int batch(std::int64_t, double progress) const override { return isWide(progress) ? 2 : 16; }

    StepLoss prepare(std::int64_t step, double progress, const Shard& shard) override {
        auto generator = stepGenerator(m_seed, step, shard);
        const int crops = batch(step, progress);
        const CropShape shape{.height = 320, .width = 576, .crop = isWide(progress) ? 320 : 64, .align = 8, .perScene = isWide(progress) ? 1 : 4};
        const std::int64_t first = step * kMostCrops + shard.begin(crops);
        const Tensor pictures = nn::toFrames(drawCrops(m_seed + 5, first, shard.size(crops), 1, shape, [](std::int64_t example, int) {
            return static_cast<double>(example * 11 % 29) / 28;
        }).sharp);
        const Tensor given = soiled(pictures, step % 2 == 0, generator);
        return [this, pictures, given, generator, observed = shard.index == 0 && step % 2 != 0]() mutable { return lossOf(pictures, given, generator, observed); };
    }

    std::string note() const override { return fmt::format("round trip {:.1f} dB, latents {:.3f} rms", m_psnr, std::sqrt(m_latentSquare)); }

    Result<void> write(const std::filesystem::path& root, const weights::TensorMap& averaged, const std::string& recipe) override {
        return writeVae(root, averaged, 1 / std::sqrt(m_latentSquare), recipe);
    }

private:
    Tensor lossOf(const Tensor& pictures, const Tensor& given, at::Generator& generator, bool observed) {
        const auto posterior = nn::posterior(m_network->moments(given));
        const Tensor latent = posterior.mean + posterior.std * at::randn(posterior.mean.sizes(), generator);
        const Tensor decoded = m_network->decode(latent);
        if (observed)
            observe(pictures, decoded.detach(), latent.detach());
        const auto slope = [](const Tensor& t, std::int64_t axis) { return t.narrow(axis, 1, t.size(axis) - 1) - t.narrow(axis, 0, t.size(axis) - 1); };
        const Tensor edges = at::l1_loss(slope(decoded, 2), slope(pictures, 2)) + at::l1_loss(slope(decoded, 3), slope(pictures, 3));
        const Tensor kl = 0.5 * (posterior.mean.square() + posterior.logvar.exp() - 1 - posterior.logvar).mean();
        return at::l1_loss(decoded, pictures) + edges + at::mse_loss(decoded, pictures) + 2e-4 * kl;
    }

    static constexpr int kMostCrops = 16;

    // Norms over a small crop are not those over a picture, which shows as another blue: the last part sees large ones.
    static bool isWide(double progress) { return progress > 0.4; }

    // What stands before the translation is an enlarged picture with a network's grain, and the autoencoder is the first
    // to see it: every other crop comes in that state and is to leave clean.
    static Tensor soiled(const Tensor& pictures, bool firstToo, at::Generator& generator) {
        const std::int64_t small = pictures.size(3) * 4 / 9; // 256 of 576 pixels
        constexpr double kMostGrain = 0.06;
        Tensor result = pictures.clone();
        for (std::int64_t i = firstToo ? 0 : 1; i < pictures.size(0); i += 2) {
            const Tensor reduced = at::adaptive_avg_pool2d(pictures.narrow(0, i, 1), {small, small});
            const Tensor grain = kMostGrain * at::rand({1}, generator) * at::randn(reduced.sizes(), generator);
            result.narrow(0, i, 1).copy_(at::upsample_bicubic2d(reduced + grain, {pictures.size(2), pictures.size(3)}, false).clamp(-1, 1));
        }
        return result;
    }

    void observe(const Tensor& pictures, const Tensor& decoded, const Tensor& latent) {
        const auto clean = [](const Tensor& t) { return t.slice(0, 0, std::nullopt, 2); };
        m_psnr = 0.95 * m_psnr + 0.05 * (10 * std::log10(4 / at::mse_loss(clean(decoded), clean(pictures)).item<double>()));
        m_latentSquare = 0.95 * m_latentSquare + 0.05 * latent.square().mean().item<double>();
    }

    std::uint64_t m_seed;
    std::shared_ptr<nn::Vae> m_network;
    double m_psnr = 10, m_latentSquare = 1; // of the last steps: of clean crops, and for the scaling factor
};

} // namespace

Result<std::unique_ptr<TrainingTask>> makeVaeTask(const TrainOptions& options) {
    constexpr double kUnscaled = 1; // the factor is measured and written at the end
    S1_TRY(const auto config, nn::VaeConfig::fromJson(vaeConfig(kUnscaled), "vae/config.json"));
    auto network = std::make_shared<nn::Vae>(config);
    nn::initialize(*network, at::make_generator<at::CPUGeneratorImpl>(options.seed));
    startFromMeans(*network);
    if (!options.init.empty())
        S1_CHECK(takeOver(*network, options.init / "sr2" / "vae", config.normGroups));
    return std::unique_ptr<TrainingTask>(std::make_unique<VaeTask>(options.seed, std::move(network)));
}

} // namespace s1::train
