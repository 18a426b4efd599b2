#pragma once

#include <cstdint>
#include <cstring>
#include <string>

namespace s1::test {

// A safetensors file with that header, whatever it says.
inline std::string safetensorsBytes(const std::string& header, std::size_t dataBytes, char fill = '\1') {
    const std::uint64_t length = header.size();
    std::string bytes(8, '\0');
    std::memcpy(bytes.data(), &length, 8);
    return bytes + header + std::string(dataBytes, fill);
}

} // namespace s1::test
