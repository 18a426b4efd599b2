#include "weights/value_scan.h"

#include <torch/torch.h>

#include <algorithm>
#include <bit>

namespace s1::weights {

ValueScan scanValues(const at::Tensor& tensor) {
    ValueScan scan{.values = tensor.numel()};
    if (!tensor.is_floating_point())
        return scan;
    const at::Tensor floats = tensor.to(at::kCPU, at::kFloat).contiguous();
    const auto* bits = reinterpret_cast<const std::int32_t*>(floats.const_data_ptr<float>());
    // A float's bits without the sign order as its size does: comparing them as integers is what the compiler can do
    // for many at once.
    constexpr auto kInfinity = std::int32_t(0x7f800000), kHuge = std::bit_cast<std::int32_t>(1e4f);
    constexpr std::int64_t kBlock = 1 << 16; // whose counts fit 32 bits
    for (std::int64_t from = 0; from < scan.values; from += kBlock) {
        const std::int64_t to = std::min(from + kBlock, scan.values);
        std::int32_t notFinite = 0, huge = 0, zero = 0;
        for (std::int64_t i = from; i < to; ++i) {
            const std::int32_t size = bits[i] & 0x7fffffff;
            notFinite += size >= kInfinity;
            huge += size > kHuge;
            zero += size == 0;
        }
        scan.notFinite += notFinite;
        scan.huge += huge - notFinite;
        scan.zero += zero;
    }
    return scan;
}

} // namespace s1::weights
