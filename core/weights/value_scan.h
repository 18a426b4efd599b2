#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace s1::weights {

struct ValueScan {
    std::int64_t values = 0;
    std::int64_t notFinite = 0; // NaN or infinite
    std::int64_t huge = 0;      // finite and beyond ±10 000, as trained weights are not
    std::int64_t zero = 0;
};

// Counts in one pass at the speed of memory. Integers have nothing to count.
ValueScan scanValues(const at::Tensor& tensor);

} // namespace s1::weights
