#pragma once

#include <cstdint>

namespace s1::nn {

inline constexpr std::int64_t kRows = 4;          // queries that share what is loaded; keys lie side by side
inline constexpr std::int64_t kKeysMultiple = 16; // of every count below

// The loops of attention over narrow heads: rows are [kRows][d], columns [d][count], weights and scores [kRows][count].
struct AttentionLoops {
    void (*multiply)(const float* rows, const float* columns, std::int64_t d, std::int64_t count, float* scores);          // rows times columns
    void (*mix)(const float* weights, const float* columns, std::int64_t d, std::int64_t count, float* rows);               // rows = weights times columns transposed
    void (*accumulate)(const float* rows, const float* weights, std::int64_t d, std::int64_t count, float* columns);        // columns += rows transposed times weights
    float (*largest)(const float* x, std::int64_t count);
    void (*exponentials)(float* x, float shift, std::int64_t count);                                                        // x = exp(x - shift)
    float (*total)(const float* x, std::int64_t count);
    void (*softmaxSlopes)(const float* weights, float delta, std::int64_t count, float* slopes);                            // slopes = weights * (slopes - delta)
};

const AttentionLoops& attentionLoops(); // compiled for what this processor can do

} // namespace s1::nn
