#pragma once

#include <cstdint>

namespace s1::toyland {

// What a stream of numbers is for: two purposes of one seed never share numbers, so that a new purpose changes no
// existing scene.
enum class Purpose : std::uint64_t { Scene = 1, Attributes, Motion, Caption, Stars, Noise };

// Counter generator: number n of (seed, purpose) is a hash of the three and needs no history (splitmix64, twice).
class Random {
public:
    Random(std::uint64_t seed, Purpose purpose)
        : m_key(mix(mix(seed) + 0x632be59bd9b4e019ull * static_cast<std::uint64_t>(purpose))) {}

    std::uint64_t next() { return mix(m_key + 0x9e3779b97f4a7c15ull * ++m_counter); }
    double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; } // [0, 1)
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    int below(int count) { return static_cast<int>(uniform() * count); }
    bool chance(double probability) { return uniform() < probability; }

    static constexpr std::uint64_t mix(std::uint64_t z) {
        z += 0x9e3779b97f4a7c15ull;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    }

private:
    std::uint64_t m_key;
    std::uint64_t m_counter = 0;
};

} // namespace s1::toyland
