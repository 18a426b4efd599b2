#pragma once

#include "cascade/cascade.h"

#include <filesystem>

namespace s1 {

// Stage results as safetensors files named by their key. Reading a damaged file counts as not having it; failing to
// write costs a re-run, never the result. One thread.
class StageCache final : public cascade::StageStore {
public:
    explicit StageCache(std::filesystem::path folder, std::uintmax_t maxBytes = std::uintmax_t(4) << 30);
    std::optional<at::Tensor> find(const std::string& key) const override;
    void keep(const std::string& key, const at::Tensor& video) override;
    std::optional<weights::TensorMap> findPart(const std::string& key) const override;
    void keepPart(const std::string& key, const weights::TensorMap& part) override;

private:
    std::filesystem::path partFile(const std::string& key) const { return m_folder / (key + ".part.safetensors"); }
    void trim() const; // oldest first

    std::filesystem::path m_folder;
    std::uintmax_t m_maxBytes;
};

} // namespace s1
