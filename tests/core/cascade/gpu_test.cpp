// On a machine with a GPU, in the project's folder: ctest -L gpu, or the program itself where nothing else of ours is.
#include "cascade/cascade.h"
#include "nn/device.h"

#include <gtest/gtest.h>

namespace s1::cascade {
namespace {

namespace fs = std::filesystem;

fs::path toyland() {
    const fs::path inProject = "resources/models/toyland";
    return fs::exists(inProject) ? inProject : fs::path(S1_SOURCE_DIR) / inProject;
}

CascadeResult resultOn(const at::Device& device) {
    auto models = ModelSet::open(toyland());
    if (!models)
        throw std::runtime_error(models.error().message);
    models->setMemory({.device = device});
    const CascadeJob job{.prompt = "a red ball bounces over a blue background", .seed = 5, .plan = makePlan(Preset::Draft, ModelKind::Embedded)};
    auto result = runCascade(*models, job, nullptr, {});
    if (!result)
        throw std::runtime_error(result.error().message);
    return *result;
}

double levelsApart(const CascadeResult& a, const CascadeResult& b, const char* stage) {
    return ((a.at(stage) - b.at(stage)).abs().mean() * 127.5).item<double>();
}

TEST(GpuCascade, AgreesWithTheProcessors) {
    const auto device = nn::openDevice("cuda"); // before any tensor
    ASSERT_TRUE(device) << device.error().message;
    nn::computeExactly();
    const CascadeResult here = resultOn(at::kCPU), there = resultOn(*device);
    for (const char* stage : {"keyframes", "interpolation", "superres", "translation"}) {
        EXPECT_TRUE(there.at(stage).is_cpu());
        EXPECT_LT(levelsApart(here, there, stage), 0.5) << stage; // of 255
    }
    const CascadeResult again = resultOn(*device);
    EXPECT_TRUE(at::equal(there.at("translation"), again.at("translation"))) << "the same bits each time";
}

TEST(GpuCascade, WeightsThatDoNotFitComeFromDisk) {
    const auto device = nn::openDevice("cuda");
    ASSERT_TRUE(device) << device.error().message;
    nn::computeExactly();
    const fs::path folder = toyland() / "base" / "unet";
    const auto inMemory = loadUNet(folder, {.device = *device}), onDisk = loadUNet(folder, {.bytes = 1, .device = *device});
    ASSERT_TRUE(inMemory && onDisk);
    c10::InferenceMode inference;
    const Tensor sample = at::randn({1, 3, 8, 40, 64}, *device), text = at::randn({1, 77, (*inMemory)->config().textWidth()}, *device);
    const Tensor t = at::full({1}, 500, at::TensorOptions(*device).dtype(at::kLong));
    EXPECT_TRUE(at::equal((*inMemory)->forward(sample, t, text), (*onDisk)->forward(sample, t, text)));
}

} // namespace
} // namespace s1::cascade
