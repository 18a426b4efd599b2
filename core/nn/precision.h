#pragma once

namespace s1::nn {

// While it lives, linear layers and convolutions that this thread runs forward round what they multiply to bf16, as autocast
// does, and so do their backward passes; sums are f32 inside a product. Norms hand on bf16, for a product follows; a convolution's
// result has its input's type, on a GPU a linear layer's stays bf16, and all else is f32. For training: a CPU with AMX multiplies so four to seven
// times as fast. Where on is false, in f32.
class Bf16Products {
public:
    explicit Bf16Products(bool on);
    ~Bf16Products();
    Bf16Products(const Bf16Products&) = delete;
    Bf16Products& operator=(const Bf16Products&) = delete;

private:
    const bool m_before;
};

bool productsInBf16();

} // namespace s1::nn
