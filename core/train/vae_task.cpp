#include "train/vae_task.h"

#include "nn/initialize.h"
#include "nn/vae.h"
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
    VaeTask(std::uint64_t seed, const nn::VaeConfig& config) : m_seed(seed), m_network(std::make_shared<nn::Vae>(config)) {
        nn::initialize(*m_network, at::make_generator<at::CPUGeneratorImpl>(seed));
    }

    NamedParameters parameters() const override {
        NamedParameters all;
        for (const auto& item : m_network->named_parameters())
            all.emplace_back(item.key(), item.value());
        return all;
    }

    OptimizerOptions options() const override { return {.rate = 2e-3, .matrixRate = 0.01, .emaHalfLifeSteps = 60}; }
    int batch(double) const override { return 16; }

    Tensor loss(std::int64_t step, double, const Shard& shard) override {
        auto generator = stepGenerator(m_seed, step, shard);
        const int clips = batch(0) / kFrames;
        const Tensor pictures = nn::toFrames(drawCrops(m_seed + 5, step * clips + shard.begin(clips), shard.size(clips), kFrames, {320, 576, 64, 8}, [](std::int64_t example, int frame) {
            return static_cast<double>((example * 5 + frame * 11) % 29) / 28;
        }));
        const auto posterior = nn::posterior(m_network->moments(pictures));
        const Tensor latent = posterior.mean + posterior.std * at::randn(posterior.mean.sizes(), generator);
        const Tensor decoded = m_network->decode(latent);
        if (shard.index == 0)
            m_psnr = 0.95 * m_psnr + 0.05 * (10 * std::log10(4 / at::mse_loss(decoded.detach(), pictures).item<double>()));
        const auto slope = [](const Tensor& t, std::int64_t axis) { return t.narrow(axis, 1, t.size(axis) - 1) - t.narrow(axis, 0, t.size(axis) - 1); };
        const Tensor edges = at::l1_loss(slope(decoded, 2), slope(pictures, 2)) + at::l1_loss(slope(decoded, 3), slope(pictures, 3));
        const Tensor kl = 0.5 * (posterior.mean.square() + posterior.logvar.exp() - 1 - posterior.logvar).mean();
        return at::l1_loss(decoded, pictures) + edges + at::mse_loss(decoded, pictures) + 2e-4 * kl;
    }

    std::string note() const override { return fmt::format("round trip {:.1f} dB", m_psnr); }

    Result<void> write(const std::filesystem::path& root, const weights::TensorMap& averaged, const std::string& recipe) override {
        return writeVae(root, averaged, recipe);
    }

private:
    static constexpr int kFrames = 2;

    std::uint64_t m_seed;
    std::shared_ptr<nn::Vae> m_network;
    double m_psnr = 10;
};

} // namespace

Result<std::unique_ptr<TrainingTask>> makeVaeTask(const TrainOptions& options) {
    S1_TRY(const auto config, nn::VaeConfig::fromJson(vaeConfig(), "vae/config.json"));
    return std::unique_ptr<TrainingTask>(std::make_unique<VaeTask>(options.seed, config));
}

} // namespace s1::train
