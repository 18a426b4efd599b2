#include "cascade/pictures.h"

#include <torch/torch.h>

#include <cstring>

namespace s1::cascade {

at::Tensor toBytes(const at::Tensor& video) {
    at::Tensor v = (video * 0.5 + 0.5).clamp(0, 1).permute({2, 3, 0, 4, 1}); // [F, H, B, W, C]
    v = v.reshape({v.size(0), v.size(1), v.size(2) * v.size(3), v.size(4)});
    return (v * 255).to(at::kByte).contiguous(); // rounds in the own dtype, then truncates
}

Clip toClip(const at::Tensor& video, double fps) {
    const at::Tensor bytes = toBytes(video.detach().cpu());
    Clip clip;
    clip.fps = fps;
    for (std::int64_t f = 0; f < bytes.size(0); ++f) {
        Frame frame(static_cast<int>(bytes.size(2)), static_cast<int>(bytes.size(1)));
        std::memcpy(frame.rgb.data(), bytes[f].const_data_ptr<std::uint8_t>(), frame.rgb.size());
        clip.frames.push_back(std::move(frame));
    }
    return clip;
}

at::Tensor fromClip(const Clip& clip) {
    at::Tensor bytes = at::empty({clip.frameCount(), clip.height(), clip.width(), 3}, at::kByte);
    for (int f = 0; f < clip.frameCount(); ++f)
        std::memcpy(bytes[f].data_ptr<std::uint8_t>(), clip.frames[static_cast<std::size_t>(f)].rgb.data(),
                    clip.frames[static_cast<std::size_t>(f)].rgb.size());
    return (bytes.to(at::kFloat) / 255 * 2 - 1).permute({3, 0, 1, 2}).unsqueeze(0).contiguous();
}

} // namespace s1::cascade
