#include "train/scene_dump.h"

#include "toyland/renderer.h"
#include "weights/tensor_file.h"

#include <ATen/ATen.h>

namespace s1::train {

Result<void> dumpScene(const std::filesystem::path& file, const toyland::Scene& scene, int width, int height, int frames) {
    const at::Tensor video = at::empty({frames, 3, height, width});
    toyland::SceneRenderer(scene, width, height).renderAll(frames, toyland::PixelLayout::PlanarSigned, video.data_ptr<float>());
    return weights::writeSafetensors(file, {{"video", video.transpose(0, 1).unsqueeze(0)}});
}

} // namespace s1::train
