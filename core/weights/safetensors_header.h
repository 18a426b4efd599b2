#pragma once

#include "weights/tensor_file.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace s1::weights {

struct SafetensorsHeader {
    struct Entry {
        std::string name;
        TensorInfo info;
        std::uint64_t begin = 0, end = 0; // in the data
    };
    std::vector<Entry> entries; // in the order of the data; together they are all of it
    std::map<std::string, std::string> metadata;
};

// The JSON of a safetensors file, read as a stream: an attack of a hundred megabytes is refused at the first thing
// that is wrong, without a tree of it in memory.
Result<SafetensorsHeader> readSafetensorsHeader(std::string_view text, std::uint64_t dataSize, const std::string& file);

const char* safetensorsDtype(at::ScalarType type); // nullptr where the format has none

inline constexpr std::size_t kMostMetadataBytes = 64 << 10;

} // namespace s1::weights
