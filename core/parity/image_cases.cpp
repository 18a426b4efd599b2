#include "parity/case.h"

#include "cascade/pictures.h"
#include "media/resize.h"

#include <cstring>

namespace s1::parity {

namespace {

Result<TensorMap> resize(const Case& c) {
    const Tensor image = c.input("image").contiguous();
    Frame frame(static_cast<int>(image.size(1)), static_cast<int>(image.size(0)));
    std::memcpy(frame.rgb.data(), image.const_data_ptr<std::uint8_t>(), frame.rgb.size());
    const Frame resized = resizeBicubic(frame, c.params.at("width").get<int>(), c.params.at("height").get<int>());
    Tensor out = at::empty({resized.height, resized.width, 3}, at::kByte);
    std::memcpy(out.data_ptr<std::uint8_t>(), resized.rgb.data(), resized.rgb.size());
    return TensorMap{{"image", out}};
}

Result<TensorMap> toUint8(const Case& c) { return TensorMap{{"frames", cascade::toBytes(c.input("video"))}}; }

} // namespace

std::vector<RunnerEntry> imageRunners() { return {{"image.resize", resize}, {"image.to_uint8", toUint8}}; }

} // namespace s1::parity
