#include "diffusion/random.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/DistributionsHelper.h>
#include <torch/torch.h>

#include <cmath>
#include <mutex>

namespace s1::diffusion {

NoiseSource::NoiseSource(std::uint64_t seed) : m_generator(at::make_generator<at::CPUGeneratorImpl>(seed)) {}

at::Tensor NoiseSource::draw(at::IntArrayRef shape, at::ScalarType dtype) {
    if (dtype == at::kHalf)
        return drawHalf(shape);
    return at::randn(shape, m_generator, at::TensorOptions().dtype(at::kFloat)).to(dtype);
}

namespace {

// Box-Muller on 16 uniforms of 11 bits, every intermediate rounded to half as torch 2.0 did.
void transformBlock(c10::Half* block) {
    for (int j = 0; j < 8; ++j) {
        const c10::Half u1 = 1 - static_cast<float>(block[j]);
        const float u2 = block[j + 8];
        const c10::Half radius = std::sqrt(-2.0f * std::log(static_cast<float>(u1)));
        const c10::Half theta = static_cast<float>(2.0 * M_PI * u2);
        block[j] = static_cast<float>(radius) * std::cos(static_cast<float>(theta));
        block[j + 8] = static_cast<float>(radius) * std::sin(static_cast<float>(theta));
    }
}

} // namespace

at::Tensor NoiseSource::drawHalf(at::IntArrayRef shape) {
    at::Tensor noise = at::empty(shape, at::TensorOptions().dtype(at::kHalf));
    auto* generator = at::check_generator<at::CPUGeneratorImpl>(m_generator);
    const std::lock_guard lock(generator->mutex_);
    c10::Half* data = noise.data_ptr<c10::Half>();
    const std::int64_t n = noise.numel();
    if (n < 16) {
        at::normal_distribution<double> normal(0, 1);
        for (std::int64_t i = 0; i < n; ++i)
            data[i] = static_cast<c10::Half>(static_cast<float>(normal(generator)));
        return noise;
    }
    const auto uniform = [&] { return static_cast<c10::Half>(static_cast<float>(generator->random() & 2047u) / 2048.0f); };
    for (std::int64_t i = 0; i < n; ++i)
        data[i] = uniform();
    for (std::int64_t i = 0; i + 16 <= n; i += 16)
        transformBlock(data + i);
    if (n % 16 != 0) {
        for (int j = 0; j < 16; ++j)
            data[n - 16 + j] = uniform();
        transformBlock(data + n - 16);
    }
    return noise;
}

} // namespace s1::diffusion
