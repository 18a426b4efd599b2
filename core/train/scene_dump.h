#pragma once

#include "base/result.h"
#include "toyland/scene.h"

#include <filesystem>

namespace s1::train {

// A drawn clip as the networks see it: safetensors with "video" [1, 3, F, H, W] in -1…1, before any rounding.
Result<void> dumpScene(const std::filesystem::path& file, const toyland::Scene& scene, int width, int height, int frames);

} // namespace s1::train
