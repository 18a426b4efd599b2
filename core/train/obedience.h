#pragma once

#include "diffusion/schedule.h"

#include <functional>
#include <string>
#include <vector>

namespace s1::train {

// What a caption's word is worth to a network in training: by what share its loss (for a motion, that of movement) grows
// when the caption names another object, or another motion, than the clip shows. 0 while the word is not obeyed; it rises
// long before samples look right. The same clips, noise and level at every call.
class Obedience {
public:
    enum class Word { Object, Motion };
    explicit Obedience(Word word);

    // The network's answer to [B, 3, F, H, W] at times [B], told one caption each.
    using Predict = std::function<at::Tensor(const at::Tensor& noisy, const at::Tensor& times, const std::vector<std::string>& captions)>;
    double measure(const Predict& predict, const diffusion::NoiseSchedule& schedule, diffusion::Prediction prediction) const;

private:
    Word m_word;
    std::int64_t m_time; // noise level at which only the caption says it
    double m_detail;
    at::Tensor m_video; // [B, 3, F, H, W]
    std::vector<std::string> m_right, m_wrong;
};

} // namespace s1::train
