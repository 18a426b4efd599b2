#pragma once

#include <cstdint>

// Each loop so marked is compiled for plain x86-64, AVX2 with FMA and AVX-512, and chosen when the program starts.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__) // which is not ready by then
// These are levels of features; "arch=" with a processor's name would fall back to the slow version on another maker's.
#define S1_MULTIVERSION __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define S1_MULTIVERSION
#endif

namespace s1::nn {

// exp to about 1e-7 of its value for -87…88, in a form that vectorises. (std::bit_cast would be a call: it is compiled
// for another machine than the loops.)
[[gnu::always_inline]] inline float expFast(float x) {
    x = x < -87.0f ? -87.0f : (x > 88.0f ? 88.0f : x);
    const float shifted = x * 1.44269504f + 12582912.0f; // round to an integer by the float's own grid
    const float n = shifted - 12582912.0f;
    const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    return p * __builtin_bit_cast(float, (static_cast<std::int32_t>(n) + 127) << 23);
}

} // namespace s1::nn
