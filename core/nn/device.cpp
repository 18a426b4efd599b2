#include "nn/device.h"

#include "nn/gpu_kernels.h"

#include <ATen/Context.h>
#include <c10/core/CachingDeviceAllocator.h>
#include <torch/nn/module.h>

#include <fmt/format.h>

#include <charconv>
#include <dlfcn.h>

namespace s1::nn {

namespace {

Error notThere(const std::string& name, const std::string& why) {
    return {ErrorCode::Unsupported, fmt::format("device {} is not available here: {}; use cpu", name, why), name};
}

} // namespace

Result<at::Device> openDevice(const std::string& name) {
    if (name == "auto" || name == "cpu")
        return at::Device(at::kCPU);
    constexpr std::string_view kCuda = "cuda";
    const std::string_view rest = std::string_view(name).substr(std::min(name.size(), kCuda.size()));
    int index = 0;
    const auto [end, ec] = std::from_chars(rest.data() + !rest.empty(), rest.data() + rest.size(), index);
    if (!name.starts_with(kCuda) || (!rest.empty() && (rest[0] != ':' || ec != std::errc() || end != rest.data() + rest.size() || index < 0)))
        return Error{ErrorCode::InvalidArgument, fmt::format("device \"{}\" is unknown; known are auto, cpu, cuda and cuda:N", name), name};
    // Its kernels join the library's table when it is loaded. It stays: what it made may outlive whoever asked.
    if (!dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL))
        return notThere(name, dlerror());
    const auto count = at::globalContext().hasCUDA() ? at::detail::getCUDAHooks().getNumGPUs() : 0;
    if (count <= index)
        return notThere(name, count == 0 ? "no GPU answers" : fmt::format("there are {}", count));
    at::globalContext().lazyInitDevice(at::kCUDA);
    at::globalContext().setBenchmarkCuDNN(true); // few shapes, many times
    if (void* const ours = dlopen("libs1_cuda.so", RTLD_NOW))
        if (const auto kernels = reinterpret_cast<const GpuKernels* (*)()>(dlsym(ours, "s1GpuKernels")))
            useGpuKernels(kernels());
    return at::Device(at::kCUDA, static_cast<c10::DeviceIndex>(index));
}

void computeExactly() {
    at::globalContext().setAllowTF32CuDNN(false);
    at::globalContext().setBenchmarkCuDNN(false); // whichever was fastest that day would be chosen
    at::globalContext().setDeterministicCuDNN(true);
}

std::uint64_t freeMemory(const at::Device& gpu) { return at::getDeviceAllocator(gpu.type())->getMemoryInfo(gpu.index()).first; }

at::Device deviceOf(const torch::nn::Module& network) { return network.parameters().front().device(); }

} // namespace s1::nn
