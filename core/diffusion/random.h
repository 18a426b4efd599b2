#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

namespace s1::diffusion {

// Normal noise from one seeded CPU generator, in the reference's stream (show1.md 1.8). Half tensors follow torch 2.0's
// rounding, which newer LibTorch no longer has, so they are drawn by hand. Draws follow one another. One thread.
class NoiseSource {
public:
    explicit NoiseSource(std::uint64_t seed);
    at::Tensor draw(at::IntArrayRef shape, at::ScalarType dtype = at::kFloat);

private:
    at::Tensor drawHalf(at::IntArrayRef shape);
    at::Generator m_generator;
};

} // namespace s1::diffusion
