#include "nn/precision.h"

namespace s1::nn {

namespace {

thread_local bool inBf16 = false;

} // namespace

Bf16Products::Bf16Products(bool on) : m_before(inBf16) { inBf16 = on; }

Bf16Products::~Bf16Products() { inBf16 = m_before; }

bool productsInBf16() { return inBf16; }

} // namespace s1::nn
