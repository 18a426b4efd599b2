#include "parity/pipeline_support.h"

#include "cascade/pictures.h"
#include "media/resize.h"

#include <fmt/format.h>

namespace s1::parity {

namespace {

// The stages of pipe.cascade, each from the expected result of the one before, with the recorded noise; then a free run
// with our own generator down to the first frame.
class Driver {
public:
    explicit Driver(const Case& c) : m_case(c), m_text(recordedText(c)) {}

    Result<TensorMap> run() {
        S1_TRY(m_result["keyframes"], runBase(recordedNoise(m_case, "noise.base.")));
        // From the expected frames, as every later stage: it tests the rounding, not the solver once more.
        m_result["gif.base"] = cascade::toBytes(expected("keyframes"));
        S1_TRY(m_result["interpolated"], runInterpolation(expected("keyframes"), m_case.input("noise.interp")));
        m_result["interp.0"] = m_lastWindows.narrow(0, 0, 1);
        S1_TRY(m_result["first_frame"], runFirstFrame(expected("interpolated"), recordedNoise(m_case, "noise.sr_first.")));
        S1_CHECK(runSuperres());
        S1_CHECK(runTranslation());
        S1_CHECK(freeRun());
        return m_result;
    }

private:
    int steps(const char* stage) const { return m_case.params.at("steps").at(stage).get<int>(); }
    double guidance(const char* stage) const { return m_case.params.at("guidance").at(stage).get<double>(); }
    int noiseLevel(const char* stage) const { return m_case.params.at("noise_level").at(stage).get<int>(); }
    const Tensor& expected(const std::string& name) const { return m_case.expected.at(name); }
    std::filesystem::path folder(const char* name) const { return m_case.modelFolder / name; }

    Result<Tensor> runBase(const cascade::NoiseDraw& draw) {
        S1_TRY(const auto stage, loadStage(folder("show-1-base"), steps("base"), m_case.memory));
        const auto& p = m_case.params;
        return cascade::keyframes(stage.job(m_text, guidance("base")),
                                  {1, 3, p.at("num_frames").get<int>(), p.at("height").get<int>(), p.at("width").get<int>()}, draw, {}, {});
    }

    Result<Tensor> runInterpolation(const Tensor& keys, const Tensor& noise) {
        S1_TRY(const auto stage, loadStage(folder("show-1-interpolation"), steps("interp"), m_case.memory));
        const auto windows = keys.size(2) - 1;
        const Tensor frames = keys.squeeze(0).transpose(0, 1); // [K, 3, H, W]
        S1_TRY(m_lastWindows, cascade::interpolate(stage.job(m_text, guidance("interp")), frames.narrow(0, 0, windows),
                                                   frames.narrow(0, 1, windows), noise.expand({windows, -1, -1, -1, -1}).contiguous(), {}));
        return cascade::stitchWindows(m_lastWindows);
    }

    Result<Tensor> runFirstFrame(const Tensor& video, const cascade::NoiseDraw& draw) {
        S1_TRY(const auto stage, loadStage(folder("IF-II-L-v1.0"), steps("sr_first"), m_case.memory));
        const auto& size = expected("first_frame");
        return cascade::upscaleFirstFrame(stage.job(m_text, guidance("sr_first"), noiseLevel("sr_first")), *stage.noising,
                                          video.select(2, 0), static_cast<int>(size.size(2)), static_cast<int>(size.size(3)), draw, {});
    }

    Result<void> runSuperres() {
        const Tensor& video = expected("interpolated");
        std::vector<Tensor> pieces;
        for (int k = 0; k < 4; ++k) {
            S1_TRY(const auto stage, loadStage(folder("show-1-sr1"), steps("sr1"), m_case.memory));
            const std::string name = fmt::format("sr1.{}", k);
            const Tensor first = k == 0 ? expected("first_frame").unsqueeze(2)
                                        : expected(fmt::format("sr1.{}", k - 1)).narrow(2, 7, 1);
            S1_TRY(m_result[name], cascade::upscaleWindow(stage.job(m_text, guidance("sr1"), noiseLevel("sr1")), *stage.noising,
                                                          video.narrow(2, 7 * k, 8), first, static_cast<int>(first.size(3)),
                                                          static_cast<int>(first.size(4)), recordedNoise(m_case, "noise.sr1."), {}));
            pieces.push_back(expected(name).narrow(2, 0, k < 3 ? 7 : 8));
        }
        const auto size = m_case.params.at("sr2_size");
        const Clip clip = resizeBicubic(cascade::toClip(at::cat(pieces, 2), 8), size[0].get<int>(), size[1].get<int>());
        m_result["sr1_resized_uint8"] =
            ((cascade::fromClip(clip) + 1) * 127.5).round().to(at::kByte).squeeze(0).permute({1, 2, 3, 0}).contiguous();
        return {};
    }

    Result<void> runTranslation() {
        S1_TRY(const auto stage, loadStage(folder("show-1-sr2"), steps("sr2"), m_case.memory));
        S1_TRY(const auto vae, cascade::loadVae(folder("show-1-sr2") / "vae", m_case.memory));
        S1_TRY(const auto encoder, text::TextEncoder::load(folder("show-1-sr2"), m_case.memory));
        stage.sampler->startAt(cascade::startOf(stage.sampler->timesteps().size(), m_case.params.at("strength").get<double>()));
        const cascade::TextPair text{encoder.encode(m_case.params.at("prompt").get<std::string>()),
                                     encoder.encode(m_case.params.at("negative_prompt").get<std::string>())};
        S1_TRY(m_result["output"], cascade::translate(stage.job(text, guidance("sr2")), *vae, videoFromBytes(expected("sr1_resized_uint8")),
                                                      recordedNoise(m_case, "noise.sr2."), {}));
        return {};
    }

    // From the prompt with our own text encoder and generator; every stage starts from the seed again.
    Result<void> freeRun() {
        S1_TRY(const auto encoder, text::TextEncoder::load(folder("show-1-base"), m_case.memory));
        m_text = {encoder.encode(m_case.params.at("prompt").get<std::string>()), encoder.encode("")};
        const auto seed = m_case.params.at("seed").get<std::uint64_t>();
        S1_TRY(const Tensor keys, runBase(cascade::noiseFrom(seed)));
        const auto& noise = m_case.input("noise.interp");
        S1_TRY(const Tensor video, runInterpolation(keys, cascade::noiseFrom(seed)(noise.sizes())));
        S1_TRY(const Tensor first, runFirstFrame(video, cascade::noiseFrom(seed)));
        for (const auto& [name, tensor] : TensorMap{{"keyframes", keys}, {"interpolated", video}, {"first_frame", first}}) {
            const double difference = (tensor - expected(name)).abs().mean().item<double>();
            // Weights moved at random by half a step of bf16 carry it 0.27 away.
            const double allowed = m_case.memory.storage == at::kBFloat16 ? 0.36 : 10 * m_case.tolerance.value("mean_abs", 0.001);
            if (!(difference <= allowed))
                return Error{ErrorCode::Internal, fmt::format("free run: {} differs by {:.3g} in the mean, {:.3g} is allowed", name, difference, allowed), name};
        }
        return {};
    }

    const Case& m_case;
    cascade::TextPair m_text;
    Tensor m_lastWindows; // [windows, 3, 5, H, W]
    TensorMap m_result;
};

Result<TensorMap> driver(const Case& c) {
    torch::NoGradGuard noGrad;
    return Driver(c).run();
}

} // namespace

std::vector<RunnerEntry> cascadeRunners() { return {{"pipe.cascade", driver}}; }

} // namespace s1::parity
