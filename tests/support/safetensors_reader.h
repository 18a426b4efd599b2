#pragma once

#include "base/files.h"
#include "base/json.h"
#include "base/result.h"

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace s1::test {

struct StoredTensor {
    std::string dtype; // "I64", "F32", …
    std::vector<std::int64_t> shape;
    std::string bytes;

    template <typename T>
    std::vector<T> values() const {
        std::vector<T> out(bytes.size() / sizeof(T));
        std::memcpy(out.data(), bytes.data(), out.size() * sizeof(T));
        return out;
    }
};

// Reads the small expected.safetensors of a case without LibTorch. For files we trust: it checks little.
inline Result<std::map<std::string, StoredTensor>> readSafetensors(const std::filesystem::path& file) {
    S1_TRY(const std::string data, readFile(file));
    std::uint64_t headerSize = 0;
    if (data.size() < 8)
        return Error{ErrorCode::Corrupt, "too short", file.string()};
    std::memcpy(&headerSize, data.data(), 8);
    S1_TRY(const nlohmann::json header, parseJson(std::string_view(data).substr(8, headerSize), file.string()));
    std::map<std::string, StoredTensor> tensors;
    for (const auto& [name, entry] : header.items()) {
        if (name == "__metadata__")
            continue;
        const auto begin = entry["data_offsets"][0].get<std::size_t>(),
                   end = entry["data_offsets"][1].get<std::size_t>();
        tensors[name] = {entry["dtype"], entry["shape"], data.substr(8 + headerSize + begin, end - begin)};
    }
    return tensors;
}

} // namespace s1::test
