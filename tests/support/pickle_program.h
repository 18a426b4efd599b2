#pragma once

#include <cstdint>
#include <string>
#include <vector>

// The words of a pickle program, put together by hand.
namespace s1::test::pickle {

template <typename T>
std::string raw(T value) {
    return std::string(reinterpret_cast<const char*>(&value), sizeof value);
}
inline const std::string kProto("\x80\x02", 2);
inline std::string text(const std::string& s) {
    return std::string("X") + raw(static_cast<std::uint32_t>(s.size())) + s;
}
inline std::string global(const std::string& module, const std::string& name) {
    return "c" + module + "\n" + name + "\n";
}
inline std::string number(std::int64_t n) {
    return std::string("\x8a\x08") + raw(n);
}
inline std::string numbers(const std::vector<std::int64_t>& values) {
    std::string out = "(";
    for (const auto n : values)
        out += number(n);
    return out + "t";
}

struct Tensor {
    std::string type = "FloatStorage", key = "0";
    std::int64_t elements = 6, offset = 0;
    std::vector<std::int64_t> shape{2, 3}, stride{3, 1};
};

inline std::string storage(const Tensor& t) {
    return std::string("(") + text("storage") + global("torch", t.type) + text(t.key) + text("cpu") + number(t.elements) + "tQ";
}
inline std::string tensor(const Tensor& t) {
    return global("torch._utils", "_rebuild_tensor_v2") + "(" + storage(t) + number(t.offset) + numbers(t.shape) +
           numbers(t.stride) + "\x89" + global("collections", "OrderedDict") + ")R" + "tR";
}
inline std::string stateDict(const std::vector<std::pair<std::string, Tensor>>& items) {
    std::string out = kProto + global("collections", "OrderedDict") + ")Rq" + std::string(1, '\0') + "(";
    for (const auto& [name, t] : items)
        out += text(name) + tensor(t);
    return out + "u.";
}

inline std::string floats(int n) {
    std::string bytes;
    for (int i = 0; i < n; ++i)
        bytes += raw(static_cast<float>(i));
    return bytes;
}

} // namespace s1::test::pickle
