#include "train/block_cache.h"

#include <c10/core/CPUAllocator.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <map>
#include <mutex>
#include <new>
#include <vector>

namespace s1::train {

namespace {

constexpr std::size_t kLine = 64;

// Eight sizes from one power of two to the next, so that nearly equal blocks serve for each other.
std::size_t rounded(std::size_t bytes) {
    const auto bits = std::bit_width(std::max(bytes, kLine) - 1);
    const std::size_t grain = std::max(kLine, std::size_t(1) << (bits - 3));
    return (bytes + grain - 1) / grain * grain;
}

// A block's size stands in the line before it.
std::size_t& sizeOf(void* data) { return *reinterpret_cast<std::size_t*>(static_cast<std::byte*>(data) - kLine); }

class Cache final : public c10::Allocator {
public:
    c10::DataPtr allocate(std::size_t bytes) override {
        void* data = bytes > 0 ? take(rounded(bytes)) : nullptr;
        return {data, data, &release, c10::Device(c10::DeviceType::CPU)};
    }
    c10::DeleterFnPtr raw_deleter() const override { return &release; }
    void copy_data(void* to, const void* from, std::size_t bytes) const override { default_copy_data(to, from, bytes); }

    void keep(bool on) {
        std::map<std::size_t, std::vector<void*>> free;
        {
            const std::lock_guard lock(m_mutex);
            m_keeps = on;
            free.swap(m_free);
        }
        for (const auto& [size, blocks] : free)
            for (void* data : blocks)
                giveBack(data);
    }

private:
    void* take(std::size_t size) {
        {
            const std::lock_guard lock(m_mutex);
            if (const auto found = m_free.find(size); found != m_free.end() && !found->second.empty()) {
                void* data = found->second.back();
                found->second.pop_back();
                return data;
            }
        }
        auto* block = static_cast<std::byte*>(std::aligned_alloc(kLine, size + kLine));
        if (block == nullptr)
            throw std::bad_alloc();
        sizeOf(block + kLine) = size;
        return block + kLine;
    }
    static void release(void* data);
    static void giveBack(void* data) { std::free(static_cast<std::byte*>(data) - kLine); }

    std::mutex m_mutex;
    bool m_keeps = false;
    std::map<std::size_t, std::vector<void*>> m_free; // by size
};

Cache& cache() {
    static Cache& instance = *new Cache; // tensors may outlive everything
    return instance;
}

void Cache::release(void* data) {
    if (data == nullptr)
        return;
    {
        Cache& self = cache();
        const std::lock_guard lock(self.m_mutex);
        if (self.m_keeps) {
            self.m_free[sizeOf(data)].push_back(data);
            return;
        }
    }
    giveBack(data);
}

c10::Allocator* before = nullptr;

} // namespace

BlockCache::BlockCache() {
    before = c10::GetCPUAllocator();
    cache().keep(true);
    c10::SetCPUAllocator(&cache());
}

BlockCache::~BlockCache() {
    c10::SetCPUAllocator(before);
    cache().keep(false);
}

} // namespace s1::train
