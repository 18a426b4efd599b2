#include "weights/tensor_rules.h"

#include <torch/torch.h>

#include <fmt/format.h>

#include <algorithm>

namespace s1::weights {

namespace {

// Length of the UTF-8 character at the front, 0 where there is none. Overlong forms and surrogates are none.
std::size_t characterAt(std::string_view text) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const unsigned first = byte(0);
    if (first < 0x80)
        return 1;
    const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4)
        return 0;
    for (std::size_t i = 1; i < size; ++i)
        if ((byte(i) & 0xc0) != 0x80)
            return 0;
    const bool wrong = (first == 0xe0 && byte(1) < 0xa0) || (first == 0xed && byte(1) > 0x9f) ||
                       (first == 0xf0 && byte(1) < 0x90) || (first == 0xf4 && byte(1) > 0x8f);
    return wrong ? 0 : size;
}

bool isControl(std::string_view character) {
    const auto first = static_cast<unsigned char>(character[0]);
    return first < 0x20 || first == 0x7f || (first == 0xc2 && static_cast<unsigned char>(character[1]) < 0xa0);
}

} // namespace

std::string whyNotAName(std::string_view name) {
    if (name.empty() || name.size() > kMostNameBytes)
        return fmt::format("has {} bytes, 1 to {} are allowed", name.size(), kMostNameBytes);
    for (std::size_t i = 0; i < name.size();) {
        const std::size_t size = characterAt(name.substr(i));
        if (size == 0)
            return "is not UTF-8";
        if (isControl(name.substr(i, size)))
            return "holds a control character";
        i += size;
    }
    return {};
}

std::string shownName(std::string_view name) {
    std::string shown;
    for (std::size_t i = 0; i < name.size() && i < 100;) {
        const std::size_t size = characterAt(name.substr(i));
        const bool printable = size > 0 && !isControl(name.substr(i, size));
        shown += printable ? std::string(name.substr(i, size)) : "?";
        i += std::max<std::size_t>(size, 1);
    }
    return name.size() > 100 ? shown + "…" : shown;
}

std::optional<std::uint64_t> byteSize(const TensorInfo& info) {
    if (info.shape.size() > kMostRank)
        return {};
    std::int64_t bound = static_cast<std::int64_t>(c10::elementSize(info.dtype)); // empty axes counted as 1: strides
    bool empty = false;
    for (const std::int64_t n : info.shape) {
        if (n < 0 || __builtin_mul_overflow(bound, std::max<std::int64_t>(n, 1), &bound))
            return {};
        empty = empty || n == 0;
    }
    return empty ? 0 : static_cast<std::uint64_t>(bound);
}

Result<at::Tensor> allocate(const std::string& name, const TensorInfo& info) {
    try {
        return at::empty(info.shape, at::TensorOptions().dtype(info.dtype));
    } catch (const c10::Error&) { // the CPU allocator's way of saying it
        return Error{ErrorCode::OutOfMemory,
                     fmt::format("there is no memory for the {} bytes of tensor {}; close other programs",
                                 byteSize(info).value_or(0), name),
                     name};
    }
}

Result<void> checkBooleans(const std::string& name, const at::Tensor& tensor) {
    if (tensor.scalar_type() != at::kBool)
        return {};
    const auto* bytes = static_cast<const unsigned char*>(tensor.const_data_ptr());
    const auto wrong = std::count_if(bytes, bytes + tensor.numel(), [](unsigned char byte) { return byte > 1; });
    if (wrong > 0)
        return Error{
            ErrorCode::Corrupt,
            fmt::format("tensor {} holds {} values that are neither true nor false; get the file again", name, wrong),
            name};
    return {};
}

std::optional<Error> foreignFormat(std::string_view head, const std::string& file) {
    std::string lower(head.substr(0, 64));
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto first = lower.find_first_not_of(" \t\r\n");
    const std::string_view text = first == std::string::npos ? "" : std::string_view(lower).substr(first);
    if (head.starts_with("version https://git-lfs"))
        return Error{
            ErrorCode::Corrupt,
            fmt::format("{} is a Git LFS pointer, not the weights themselves; fetch them with git lfs pull", file),
            file};
    if (text.starts_with("<!doctype") || text.starts_with("<html") || text.starts_with("<?xml"))
        return Error{
            ErrorCode::Corrupt,
            fmt::format("{} is a web page, not weights; log in where it comes from and get the file again", file),
            file};
    const auto unsupported = [&](std::string_view what) {
        return Error{
            ErrorCode::Unsupported,
            fmt::format("{} is {}, which is not supported; convert it to safetensors or use the diffusers folder", file,
                        what),
            file};
    };
    if (head.starts_with("GGUF"))
        return unsupported("a GGUF file");
    if (head.starts_with("\x89HDF"))
        return unsupported("an HDF5 file");
    if (head.starts_with("\x80\x02") || head.starts_with("\x80\x03") || head.starts_with("\x80\x04"))
        return unsupported("a pickle of PyTorch before 1.6");
    if (head.size() >= 262 && head.substr(257, 5) == "ustar")
        return unsupported("a tar archive of an early PyTorch");
    if (head.size() >= 3 && head[0] == '\x08' && head[1] > 0 && head[1] < 32 && head[2] == '\x12')
        return unsupported("an ONNX file");
    return {};
}

} // namespace s1::weights
