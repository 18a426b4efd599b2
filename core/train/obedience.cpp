#include "train/obedience.h"

#include "train/denoising.h"
#include "train/movement.h"
#include "train/toyland_data.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

namespace s1::train {

namespace {

constexpr std::uint64_t kSeed = 0x0bed1e4ceull; // apart from every training seed
constexpr int kPictures = 32, kClips = 24;

} // namespace

Obedience::Obedience(Word word) : m_word(word), m_time(word == Word::Object ? 450 : 900) {
    const bool motion = word == Word::Motion;
    const ClipShape shape = motion ? ClipShape{8, 24, 40} : ClipShape{1, 40, 64, 32};
    m_detail = shape.detail();
    m_video = drawClips(kSeed, 0, motion ? kClips : kPictures, shape, [](std::int64_t, int frame) { return frame / 7.0; }).video;
    for (std::int64_t i = 0; i < m_video.size(0); ++i) {
        toyland::Scene scene = toyland::drawExample(kSeed, static_cast<std::uint64_t>(i), toyland::Split::Train).scene;
        toyland::SceneObject& object = scene.objects.front();
        m_right.push_back(toyland::plainCaption(scene));
        if (!motion)
            object.object = toyland::another(object.object, toyland::kCoreObjects, static_cast<int>(i));
        else if (object.motion != toyland::Motion::FreePath)
            object.motion = toyland::another(object.motion, toyland::kCoreMotions, static_cast<int>(i));
        m_wrong.push_back(toyland::plainCaption(scene));
    }
}

double Obedience::measure(const Predict& predict, const diffusion::NoiseSchedule& schedule, diffusion::Prediction prediction) const {
    torch::NoGradGuard noGrad;
    auto generator = at::make_generator<at::CPUGeneratorImpl>(kSeed);
    const at::Tensor noise = at::randn(m_video.sizes(), generator), times = at::full({m_video.size(0)}, m_time, at::kLong);
    const auto [alpha, sigma] = noiseAt(schedule, times, m_detail);
    const at::Tensor noisy = alpha * m_video + sigma * noise;
    const at::Tensor target = diffusion::predictionTarget(prediction, m_video, noise, alpha, sigma);
    const auto loss = [&](const std::vector<std::string>& captions) {
        const at::Tensor error = predict(noisy, times, captions) - target;
        return (m_word == Word::Motion ? movementOf(error) : error).square().mean().item<double>();
    };
    const double right = loss(m_right), wrong = loss(m_wrong);
    return wrong / right - 1;
}

} // namespace s1::train
