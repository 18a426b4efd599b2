#include "weights/safetensors_header.h"

#include <cstdlib>
#include <cstring>

// The first two bytes say how much data there is, the rest is the header.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2)
        return 0;
    std::uint16_t dataSize = 0;
    std::memcpy(&dataSize, data, sizeof dataSize);
    const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
    const auto header = s1::weights::readSafetensorsHeader(text, dataSize, "model.safetensors");
    if (!header) {
        if (header.error().message.find("model.safetensors") == std::string::npos)
            std::abort();
        return 0;
    }
    std::uint64_t at = 0;
    for (const auto& entry : header->entries) {
        if (entry.begin != at || entry.end < entry.begin)
            std::abort(); // every byte belongs to one tensor
        at = entry.end;
    }
    if (at != dataSize)
        std::abort();
    return 0;
}
