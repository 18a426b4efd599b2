#include "engine/stage_cache.h"

#include "weights/tensor_file.h"

#include <algorithm>
#include <vector>

namespace s1 {

namespace fs = std::filesystem;

StageCache::StageCache(fs::path folder, std::uintmax_t maxBytes) : m_folder(std::move(folder)), m_maxBytes(maxBytes) {}

std::optional<at::Tensor> StageCache::find(const std::string& key) const {
    const fs::path file = m_folder / (key + ".safetensors");
    auto tensors = weights::readSafetensors(file);
    if (!tensors || !tensors->contains("video"))
        return std::nullopt;
    std::error_code ignored;
    fs::last_write_time(file, fs::file_time_type::clock::now(), ignored); // the most recently used go last
    return (*tensors)["video"];
}

void StageCache::keep(const std::string& key, const at::Tensor& video) {
    std::error_code ignored;
    fs::create_directories(m_folder, ignored);
    if (weights::writeSafetensors(m_folder / (key + ".safetensors"), {{"video", video}}))
        trim();
    fs::remove(partFile(key), ignored);
}

std::optional<weights::TensorMap> StageCache::findPart(const std::string& key) const {
    auto tensors = weights::readSafetensors(partFile(key));
    if (!tensors)
        return std::nullopt;
    return std::move(*tensors);
}

void StageCache::keepPart(const std::string& key, const weights::TensorMap& part) {
    std::error_code ignored;
    fs::create_directories(m_folder, ignored);
    (void)weights::writeSafetensors(partFile(key), part);
}

void StageCache::trim() const {
    std::error_code ec;
    struct Entry {
        fs::file_time_type time;
        std::uintmax_t size;
        fs::path path;
    };
    std::vector<Entry> entries;
    std::uintmax_t total = 0;
    for (const auto& entry : fs::directory_iterator(m_folder, ec)) {
        if (!entry.is_regular_file(ec))
            continue;
        entries.push_back({entry.last_write_time(ec), entry.file_size(ec), entry.path()});
        total += entries.back().size;
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.time < b.time; });
    for (const auto& entry : entries) {
        if (total <= m_maxBytes)
            return;
        fs::remove(entry.path, ec);
        total -= entry.size;
    }
}

} // namespace s1
